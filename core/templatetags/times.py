"""Moments as people say them, in the active time zone, with the zone beside a clock time."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from core import clock

register = template.Library()

AGO = mark_safe(" data-ago")


# Translators may reorder: the letters are Django's date format letters.
PATTERNS = {
    "full": pgettext_lazy("date format", "l j F Y, H:i"),
    "short": pgettext_lazy("date format", "D j M, H:i"),
    "day": pgettext_lazy("date format", "D j M"),
    "time": pgettext_lazy("date format", "H:i"),
    "month": pgettext_lazy("date format", "F Y"),
    "date": pgettext_lazy("date format", "j F Y"),
    "long day": pgettext_lazy("date format", "j F"),
    "short day": pgettext_lazy("date format", "j M"),
}


def zone_word(moment: datetime) -> str:
    """GMT, CET … or UTC+5:30 where a zone has no letters of its own."""
    name = moment.tzname() or ""
    if name and not name.startswith(("+", "-")):
        return {"CET": pgettext("time zone", "CET"), "CEST": pgettext("time zone", "CEST")}.get(name, name)
    minutes = int((moment.utcoffset() or timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def say_moment(moment: datetime, style: str = "short") -> str:
    local = timezone.localtime(moment)
    words = date_format(local, str(PATTERNS[style]))
    return f"{words} {zone_word(local)}" if style in ("full", "short", "time") else words


def say_day(day: date, style: str = "date") -> str:
    """date, long day (without the year), short day; in the order of the language."""
    return date_format(day, str(PATTERNS[style]))


def say_distance(moment: datetime, now: datetime) -> str:
    """`2 hours ago`, `yesterday`, `in 5 minutes`, and from a week on the date."""
    seconds = (now - moment).total_seconds()
    local, today = timezone.localtime(moment), timezone.localtime(now)
    days = (today.date() - local.date()).days
    if abs(seconds) < 45:
        return _("just now") if seconds >= 0 else _("in a moment")
    minutes = max(1, round(abs(seconds) / 60))
    if minutes < 60:
        return _minutes(minutes, past=seconds > 0)
    if days == 0 or (abs(seconds) < 6 * 3600):
        return _hours(round(minutes / 60), past=seconds > 0)
    return _days(local, days, today)


def _minutes(count: int, *, past: bool) -> str:
    if past:
        return ngettext("%(n)s minute ago", "%(n)s minutes ago", count) % {"n": count}
    return ngettext("in %(n)s minute", "in %(n)s minutes", count) % {"n": count}


def _hours(count: int, *, past: bool) -> str:
    if past:
        return ngettext("%(n)s hour ago", "%(n)s hours ago", count) % {"n": count}
    return ngettext("in %(n)s hour", "in %(n)s hours", count) % {"n": count}


def _days(local: datetime, days: int, today: datetime) -> str:
    if days == 1:
        return _("yesterday")
    if days == -1:
        return _("tomorrow, %(time)s") % {"time": say_moment(local, "time")}
    if 1 < days < 7:
        return date_format(local, "l")
    return say_day(local, "long day" if local.year == today.year else "date")


def _time_tag(moment: datetime, words: str, extra: SafeString | str = "") -> SafeString:
    stamp, title = _stamp_and_title(moment, timezone.get_current_timezone(), get_language())
    return format_html('<time datetime="{}" title="{}"{}>{}</time>', stamp, title, extra, words)


@lru_cache(maxsize=4096)  # a list of stories shows everybody the same moments, and writing one out takes a while
def _stamp_and_title(moment: datetime, zone: tzinfo, language: str | None) -> tuple[str, str]:
    """Of a moment for the machine, and in full for a person of this zone and language, which are the active ones."""
    return moment.astimezone(UTC).isoformat(timespec="seconds"), say_moment(moment, "full")


def forget_written() -> None:
    """A language has come or changed: what was written out may stand in other words now."""
    _stamp_and_title.cache_clear()


@register.filter
def moment(moment: datetime, style: str = "short") -> str:
    """The words alone, for a sentence that is translated as a whole."""
    return say_moment(moment, style)


@register.filter
def day(day: date | None, style: str = "date") -> str:
    """A day without a time, within a sentence."""
    return say_day(day, style) if day else ""


@register.simple_tag
def when(moment: datetime | None, style: str = "short") -> SafeString | str:
    """{% when share.due_at %} or {% when share.due_at "full" %}: full, short, day, time, month."""
    return _time_tag(moment, say_moment(moment, style)) if moment else ""


@register.simple_tag(takes_context=True)
def ago(context: template.Context, moment: datetime | None) -> SafeString | str:
    """{% ago story.live_at %}: how long ago, kept true by js/ago.js while the page is open."""
    if moment is None:
        return ""
    return _time_tag(moment, say_distance(moment, context.get("now") or clock.now()), AGO)
