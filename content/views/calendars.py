"""When stories begin and end, by month or by week. Moved by buttons and a form, without a mouse."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.rules import is_curator, require
from content import actions, queries, rules
from content.actions.errors import CannotDo
from content.models import Story
from content.queries.calendar import BEGINS, ENDS
from content.views.acts import safe_next
from content.views.editing import story_or_404
from core import clock, zones
from core.shell.notices import done

MOVES = {"earlier": timedelta(days=-1), "later": timedelta(days=1), "week": timedelta(days=7)}
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


@require(is_curator)
def calendar(request: HttpRequest) -> HttpResponse:
    today = zones.to_local(clock.now(), request.user.time_zone).date()
    shown, by_week = _day(request.GET.get("day", ""), today), request.GET.get("by") == "week"
    span = queries.week_of(shown) if by_week else queries.month_of(shown)
    before = shown - timedelta(days=7) if by_week else shown.replace(day=1) - timedelta(days=1)
    after = shown + timedelta(days=7) if by_week else (shown.replace(day=1) + timedelta(days=31)).replace(day=1)
    how = "week" if by_week else "month"
    context = {
        "days": queries.calendar(span, request.user.time_zone),
        "span": span,
        "shown": shown,
        "today": today,
        "by_week": by_week,
        "before": f"?by={how}&day={before}",
        "after": f"?by={how}&day={after}",
        "here": f"{request.path}?by={how}&day={shown}",
        "tabs": [
            {"url": f"?by=month&day={shown}", "label": _("Month"), "current": not by_week},
            {"url": f"?by=week&day={shown}", "label": _("Week"), "current": by_week},
        ],
    }
    return render(request, "curate/calendar.html", context)


def _day(text: str, otherwise: date) -> date:
    try:
        return min(max(date.fromisoformat(text), EARLIEST), LATEST)
    except ValueError:
        return otherwise


@require(is_curator)
@require_POST
def move(request: HttpRequest) -> HttpResponse:
    """A day earlier or later, a week later, or back again; of a plan or of an end."""
    number, what = request.POST.get("story", ""), request.POST.get("what", "")
    by = MOVES.get(request.POST.get("by", ""))
    if not (number.isdecimal() and len(number) < 18) or by is None or what not in (BEGINS, ENDS):
        raise Http404
    story, member = story_or_404(int(number)), request.user
    back = safe_next(request) or reverse("content:calendar")
    changes = _moved(story, what, by, member.time_zone)
    try:
        if not changes or not rules.can_reschedule(member, story):
            raise CannotDo(_("This story has moved on meanwhile, so nothing was changed. Here it is as it stands now."))
        actions.reschedule_story(actor=member, story=story, at=clock.now(), **changes)
    except CannotDo as error:
        messages.error(request, error.sentence)
    else:
        done(request, _("“%(title)s” is moved.") % {"title": story.title})
    return redirect(back)


def _moved(story: Story, what: str, by: timedelta, zone: str) -> dict[str, Any]:
    """All four times, one of them moved: by days on the wall, so that nine o'clock stays nine o'clock."""
    times = {name: getattr(story, name) for name in ("live_from", "expires_at", "pinned_until", "urgent_until")}
    name = "live_from" if what == BEGINS else "expires_at"
    if times[name] is None:
        return {}
    wanted: datetime = zones.to_local(times[name], zone) + by
    return times | {name: zones.to_utc(wanted, zone).at}
