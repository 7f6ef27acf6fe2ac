"""The components as template tags: {% load components %}. Each draws templates/components/<name>.html.

Extra attributes are written with underscores: {% button _("Undo") hx_post=url data_undo="" %}.
"""

from functools import lru_cache
from typing import Any
from zlib import crc32

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.shell import notices, parts

register = template.Library()

SIZES = {"": "icon", "s": "icon icon-s", "xl": "icon icon-xl"}
TURNING = {"next", "back", "right", "left", "undo", "leave", "send", "open"}
HUES = 6


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, size: str = "") -> SafeString:
    """{% icon "share" %} or {% icon "share" size="s" %}. Always beside a word; the drawing itself is not read out."""
    classes, sprite = SIZES[size] + (" icon-turns" if name in TURNING else ""), static("img/icons.svg")
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>', classes, sprite, name)


def _attributes(extra: dict[str, Any]) -> SafeString:
    pairs = [(key.replace("_", "-"), value) for key, value in extra.items() if value is not None and value is not False]
    return format_html_join("", ' {}="{}"', pairs)


@register.inclusion_tag("components/button.html")
def button(label: str, href: str = "", kind: str = "", icon: str = "", **extra: Any) -> dict[str, Any]:
    """kind: primary, plain, danger, fill, icon-only (any together). With href a link, otherwise a submit button.

    Also: type, name, value, disabled, and attributes with underscores for hyphens.
    """
    alone = "icon-only" in kind
    named = {key: extra.pop(key, default) for key, default in (("name", ""), ("value", ""), ("disabled", False))}
    if alone:
        extra["aria_label"] = label
    return {
        "label": label, "href": href, "kind": kind, "sign": icon, "sign_size": "" if alone else "s",
        "hidden_label": alone, "type": extra.pop("type", "submit"), **named, "attributes": _attributes(extra),
    }  # fmt: skip


@register.inclusion_tag("components/field.html")
def field(field: BoundField, label: str = "", help: str = "", optional: bool = False, **extra: Any) -> dict[str, Any]:
    """{% field form.title %}. Label, help and error come from the form; further attributes go to the widget."""
    widget = field.field.widget
    help = help or str(field.help_text or "")
    ids = [f"{field.auto_id}_help"] * bool(help) + [f"{field.auto_id}_error"] * bool(field.errors)
    attributes = {key.replace("_", "-"): value for key, value in extra.items()}
    if ids:
        attributes["aria-describedby"] = " ".join(ids)
    if field.errors:
        attributes["aria-invalid"] = "true"
    grouped = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    return {
        "field": field, "label": label or field.label, "help": help, "optional": optional, "grouped": grouped,
        "checkbox": isinstance(widget, CheckboxInput), "describedby": " ".join(ids),
        "widget": "" if grouped else field.as_widget(attrs=attributes),
    }  # fmt: skip


def initials(name: str) -> str:
    """Two letters: of the first and the last word, whatever the script."""
    words = [word for word in name.split() if word[:1].isalnum()]
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [name.strip()[:1]]
    return "".join(letters).upper() or "?"


@register.filter
def hue_class(hue: Any) -> str:
    """`hue-1` … `hue-6` for a number, or for a text always the same one."""
    if hue in (None, ""):
        return ""
    number = int(hue) if str(hue).isdecimal() else crc32(str(hue).encode())
    return f"hue-{(number - 1) % HUES + 1}"


@register.inclusion_tag("components/avatar.html")
def avatar(name: str, size: str = "", picture: str = "") -> dict[str, str]:
    """A picture, or initials on one of the hues. size: s, l. Never read out: the name stands beside it."""
    return {"initials": initials(name), "hue": hue_class(name), "size": size, "picture": picture}


@register.inclusion_tag("components/badge.html")
def badge(word: str, tone: str = "", icon: str = "") -> dict[str, str]:
    """tone: good, warn, bad or none; never without the word."""
    return {"word": word, "tone": tone, "sign": icon}


NOTICE_TONES = {"success": ("good", "check"), "warning": ("warn", "warning"), "error": ("bad", "warning")}


@register.inclusion_tag("components/notice.html")
def notice(text: Any, kind: str = "info", **extra: Any) -> dict[str, Any]:
    """kind: info, success, warning, error. Also: detail, undo (address to POST to), action and action_label, closes."""
    tone, sign = NOTICE_TONES.get(kind, ("", "note"))
    return {"text": text, "tone": tone, "sign": sign, **extra}


@register.filter
def undo_address(message: Any) -> str:
    return notices.undo_address(message.extra_tags)


@register.filter
def nav_split(items: list[parts.NavItem]) -> parts.NavSplit:
    return parts.split_nav(items)


MARKS = {"linkedin": "in", "x": "X", "mastodon": "M", "bluesky": "Bs", "threads": "Th", "e-mail": "@"}


@register.simple_tag
def tile(name: str, size: str = "") -> SafeString:
    """A platform as letters on a tile: its name stands beside it, its logo nowhere."""
    letters = MARKS.get(name.lower(), name[:2].capitalize())
    return format_html('<span class="avatar tile{}" aria-hidden="true">{}</span>', f" {size}" if size else "", letters)


NEAR = 20


@register.inclusion_tag("components/length.html")
def length(name: str, used: int, limit: int, key: str = "") -> dict[str, Any]:
    """{% length platform.name used limit key=platform.key %}: how much of a platform's limit the post uses."""
    left = limit - used
    return {
        "name": name, "key": key or name.lower(), "used": used, "limit": limit, "left": left, "over": max(0, -left),
        "tone": "over" if left < 0 else "near" if left <= NEAR else "",
        "share": max(0, min(100, round(100 * used / limit))),
    }  # fmt: skip


@register.inclusion_tag("components/stat.html")
def stat(value: Any, label: str, change: str = "", direction: str = "", unit: str = "") -> dict[str, Any]:
    """One figure inside <dl class="stats">. direction: up or down, beside the words of change."""
    return {"value": value, "label": label, "change": change, "direction": direction, "unit": unit}


@register.inclusion_tag("components/progress.html")
def progress(label: str, done: int, of: int, note: str = "") -> dict[str, Any]:
    """Long work shows itself: what, how much of how much, and a note on what failed and why."""
    return {"label": label, "done": done, "of": of, "note": note}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: template.Context, page: Any, parameter: str = "page", by_time: bool = True) -> dict[str, Any]:
    """Newer and older, or where a list is by name or fit, previous and next; keeping whatever else stands in the
    address. page: a Page of Django's paginator."""

    def address(number: int) -> str:
        query = context["request"].GET.copy()
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "by_time": by_time,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }
