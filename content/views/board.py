from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.rules import is_curator, require
from content import queries
from core import clock

ON_A_PAGE = 50


@dataclass(frozen=True)
class LaneWords:
    """What a lane is called, what an empty one teaches, and what can be done to many of its stories at once."""

    name: Any
    empty: Any
    acts: tuple[tuple[str, Any], ...] = ()


DISCARD = ("withdraw", _("Discard"))
LANES = {
    "draft": LaneWords(
        _("Drafts"),
        _("What you write and what feeds bring begins here."),
        (DISCARD, ("submit", _("Send to review"))),
    ),
    "in_review": LaneWords(
        _("In review"),
        _("A story waits here until a second person has read it."),
        (("approve", _("Approve")),),
    ),
    "approved": LaneWords(
        _("Approved"), _("Stories with a date wait here until it comes."), (("go-live", _("Put live now")),)
    ),
    "live": LaneWords(_("Live"), _("What colleagues can share now.")),
    "past": LaneWords(
        _("Past stories"), _("Stories that have ended or were withdrawn."), (("reopen", _("Draft again")),)
    ),
}


@require(is_curator)
def board(request: HttpRequest) -> HttpResponse:
    """What staff will see next: drafts, in review, approved, live."""
    lanes = queries.lanes()
    queries.with_words_left(lanes[-1].stories, at=clock.now())
    chosen = request.GET.get("lane") or next((lane.state for lane in lanes if lane.count), "draft")
    context = {
        "lanes": [(lane, LANES[lane.state]) for lane in lanes],
        "chosen": chosen if chosen in queries.LANES else "draft",
        "tabs": _tabs(lanes, chosen),
        "supply": queries.supply(),
        "past": queries.past_count(),
        "suggested": queries.open_count(),
        "is_empty": not any(lane.count for lane in lanes),
    }
    return render(request, "curate/board.html", context)


def _tabs(lanes: list[queries.Lane], chosen: str) -> list[dict[str, Any]]:
    address = reverse("content:board")
    return [
        {
            "url": f"{address}?lane={lane.state}",
            "label": LANES[lane.state].name,
            "count": lane.count,
            "current": lane.state == chosen,
        }
        for lane in lanes
    ]


@require(is_curator)
def lane(request: HttpRequest, state: str) -> HttpResponse:
    """One lane with everything in it."""
    if state not in LANES:
        raise Http404
    stories = queries.lane(*(queries.PAST if state == "past" else (state,)))
    page = Paginator(stories, ON_A_PAGE).get_page(request.GET.get("page"))
    if state == "live":
        queries.with_words_left(list(page.object_list), at=clock.now())
    context = {"words": LANES[state], "page": page}
    context |= {"previous": f"?page={page.number - 1}", "next": f"?page={page.number + 1}"}
    return render(request, "curate/lane.html", context)
