"""Boards, and one's own points."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.queries import organisation
from accounts.rules import is_member, require
from core import clock
from core.zones import zone_of
from recognition import actions, queries
from recognition.queries import shown

TABS = ("usual", "average", "people")
ON_A_PAGE = 40


@require_safe
@require(is_member)
def teams(request: HttpRequest) -> HttpResponse:
    """The boards: teams against their own usual, teams by average, people by their own choice."""
    firm, at = organisation(), clock.now()
    if not firm.boards_on:
        return render(request, "recognition/off.html")
    period = queries.period(request.GET.get("period", ""), at=at, zone=zone_of(firm.time_zone))
    tab = request.GET.get("tab", "") if request.GET.get("tab") in TABS else TABS[0]
    context = {
        "period": period, "period_name": shown.period_name(period), "progress": shown.progress_words(period, at),
        "at": at, "tab": tab, "tabs": tabs(tab, period.key), "periods": periods(tab, period.key),
    }  # fmt: skip
    if tab == "people":
        board = queries.personal_board(period=period, member=request.user)
        return render(request, "recognition/people.html", context | {"board": board})
    board = queries.team_board(period=period, order=tab, member=request.user, at=at)
    rows = shown.shown_rows(board)
    return render(request, "recognition/teams.html", context | {"rows": rows, "finding": shown.finding(board, tab)})


def tabs(tab: str, period: str) -> list[dict[str, Any]]:
    labels = (_("Against own usual"), _("Average"), _("By choice"))
    return [
        {"url": address(key, period), "label": label, "current": key == tab}
        for key, label in zip(TABS, labels, strict=True)
    ]


def periods(tab: str, period: str) -> list[dict[str, Any]]:
    labels = (("month", _("This month")), ("last", _("Last month")), ("quarter", _("This quarter")))
    return [{"url": address(tab, key), "label": label, "current": key == period} for key, label in labels]


def address(tab: str, period: str) -> str:
    return f"{reverse('recognition:teams')}?tab={tab}&period={period}"


@require_POST
@require(is_member)
def choose(request: HttpRequest, choice: str) -> HttpResponse:
    """Join or leave the personal board, hide or show oneself. No reason is asked for."""
    act, said = {
        "join": (actions.join_board, _("You are on the personal board. You can leave at any time.")),
        "leave": (actions.leave_board, _("You are off the personal board. Your points stay yours.")),
        "hide": (actions.hide_me, _("You are hidden. No board names you.")),
        "show": (actions.show_me, _("You are no longer hidden.")),
    }[choice]
    act(actor=request.user)
    messages.success(request, said)
    return redirect(address("people", request.POST.get("period", "month")))


@require_safe
@require(is_member)
def my_points(request: HttpRequest) -> HttpResponse:
    """Where my points come from, row by row. Nobody else can open this."""
    firm, at = organisation(), clock.now()
    period = queries.period("month", at=at, zone=zone_of(firm.time_zone))
    page = Paginator(queries.points_history(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [queries.explained(row) for row in page],
        "points": queries.points_between(request.user, period.since, period.until),
        "period_name": shown.period_name(period),
        "choice": queries.choice_of(request.user),
        "boards_on": firm.boards_on,
    }
    return render(request, "recognition/my_points.html", context)
