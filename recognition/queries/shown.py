"""Boards in words: how a page names a period, a group and a distance. All arithmetic is done before."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.charts import strip
from core.charts.drawing import Drawing
from core.templatetags.times import say_day
from recognition.queries.groups import Group
from recognition.queries.periods import Period
from recognition.queries.teams import TeamBoard, TeamRow

AXIS = 50  # per cent on either side of one's usual, at least


@dataclass(frozen=True)
class ShownRow:
    row: TeamRow
    name: str
    place: str
    joined: str
    change: str
    strip: Drawing | None


def shown_rows(board: TeamBoard) -> list[ShownRow]:
    # Every row has the same axis, wide enough for the furthest.
    reach = max([AXIS, *(abs(row.change) for row in board.rows if row.change is not None)])
    return [
        ShownRow(
            row=row,
            name=group_name(row.group),
            place=place_words(row.place, row.tied),
            joined=joined_words(row.group),
            change=percent(row.change),
            strip=strip(row.change, reach) if row.change is not None else None,
        )
        for row in board.rows
    ]


def group_name(group: Group) -> str:
    if group.everybody:
        return _("Everybody together")
    names = ", ".join(group.names)
    return _("%(teams)s, colleagues without a team") % {"teams": names} if None in group.teams else names


def joined_words(group: Group) -> str:
    if group.joined < 2 or group.everybody:
        return ""
    return ngettext("%(n)s team as one", "%(n)s teams as one", group.joined) % {"n": group.joined}


def place_words(place: int, tied: bool) -> str:
    return f"{place}=" if tied else str(place or "–")


def percent(change: int | None) -> str:
    """`+18 %`, `±0 %`, `−4 %`; a dash where there is no usual yet."""
    if change is None:
        return "–"
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    return f"{sign}{number_format(abs(change))} %"


def period_name(period: Period) -> str:
    """November; November 2025 for another year's; the third quarter."""
    if period.months == 3:
        names = (_("the first quarter"), _("the second quarter"), _("the third quarter"), _("the fourth quarter"))
        return names[(period.first.month - 1) // 3]
    return date_format(period.first, "F")


def progress_words(period: Period, at: datetime) -> str:
    if period.is_over(at):
        return _("Closed on %(day)s") % {"day": say_day(period.after, "long day")}
    return _("Day %(day)s of %(days)s") % {"day": period.day(at), "days": period.days}


def ordinal(place: int) -> str:
    words = (
        _("first"), _("second"), _("third"), _("fourth"), _("fifth"), _("sixth"), _("seventh"), _("eighth"),
        _("ninth"), _("tenth"),
    )  # fmt: skip
    return words[place - 1] if 0 < place <= len(words) else f"{place}."


@dataclass(frozen=True)
class Finding:
    """The sentence above the board: who, and in strong letters how it stands."""

    start: str
    strong: str = ""
    end: str = ""


def finding(board: TeamBoard, order: str) -> Finding:
    row = board.mine
    if row is None:
        return Finding(_("Nothing is compared yet."))
    if not row.place:
        return Finding(_("%(team)s has no usual yet; it begins with this period.") % {"team": group_name(row.group)})
    start = _("%(team)s is %(place)s, ") if not row.tied else _("%(team)s shares the %(place)s place, ")
    start %= {"team": group_name(row.group), "place": ordinal(row.place)}
    if order == "average":
        return Finding(start, _("%(n)s points") % {"n": number_format(row.points_each, 1)}, _(" for each colleague."))
    if not row.change:
        return Finding(start, _("level with"), _(" its own usual."))
    size = number_format(abs(row.change))
    strong = _("%(n)s %% above") if row.change > 0 else _("%(n)s %% below")
    return Finding(start, strong % {"n": size}, _(" its own usual."))
