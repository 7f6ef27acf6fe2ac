"""Local times that people type, as moments. Hours that a change of the clocks skips or repeats get a sentence."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class LocalTime:
    at: datetime  # aware, UTC
    note: str = ""  # why it is not quite what was typed, or ""


def zone_of(name: str) -> ZoneInfo:
    """The zone of this name. A name nobody knows (any more) counts as UTC, so that no page is lost to it."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def to_utc(typed: datetime, zone: str) -> LocalTime:
    """A naive local time in a zone such as "Europe/London". A missing hour moves on, a doubled one is its first."""
    there = zone_of(zone)
    first, second = (typed.replace(tzinfo=there, fold=fold).astimezone(UTC) for fold in (0, 1))
    back = first.astimezone(there).replace(tzinfo=None)
    if back != typed:
        note = _("The clocks go forward that night and skip this time, so we take %(time)s.")
        return LocalTime(first, note % {"time": back.strftime("%H:%M")})
    if first != second:
        return LocalTime(first, _("The clocks go back that night and this time comes twice; we take the first."))
    return LocalTime(first)


def to_local(at: datetime, zone: str) -> datetime:
    """The naive local time of a moment, for a form field."""
    return at.astimezone(zone_of(zone)).replace(tzinfo=None, second=0, microsecond=0)
