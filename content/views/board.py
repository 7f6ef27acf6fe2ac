from dataclasses import dataclass, replace
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
class BulkAct:
    """What can be done to many stories at once; `hint` says before the tap what no tap brings back."""

    name: str
    label: Any
    hint: Any = ""


@dataclass(frozen=True)
class LaneWords:
    """What a lane is called, what an empty one teaches, and what can be done to many of its stories at once."""

    name: Any
    empty: Any
    acts: tuple[BulkAct, ...] = ()


SUGGESTED = "suggested"
AT_ONCE = _("It goes live at once. That cannot be undone; it can be withdrawn.")
LAST_YES = _("With the last yes, what has no date goes live at once. That cannot be undone; it can be withdrawn.")
NO_DATE = _("What has no date goes live at once. That cannot be undone; it can be withdrawn.")
LANES = {
    "draft": LaneWords(
        _("Drafts"),
        _("What you write and what feeds bring begins here."),
        (BulkAct("withdraw", _("Discard")), BulkAct("submit", _("Send to review"))),
    ),
    "in_review": LaneWords(
        _("In review"),
        _("A story waits here until a second person has read it."),
        (BulkAct("approve", _("Approve"), LAST_YES),),
    ),
    "approved": LaneWords(
        _("Approved"),
        _("Stories with a date wait here until it comes."),
        (BulkAct("go-live", _("Put live now"), AT_ONCE),),
    ),
    "live": LaneWords(_("Live"), _("What colleagues can share now.")),
    "past": LaneWords(
        _("Past stories"), _("Stories that have ended or were withdrawn."), (BulkAct("reopen", _("Draft again")),)
    ),
}


def words_of(state: str) -> LaneWords:
    """Where nobody else is asked, sending a draft on lets it go live."""
    words = LANES[state]
    if state != "draft" or queries.approvers_needed():
        return words
    return replace(words, acts=tuple(replace(act, hint=NO_DATE if act.name == "submit" else "") for act in words.acts))


@require(is_curator)
def board(request: HttpRequest) -> HttpResponse:
    """What staff will see next: drafts, in review, approved, live."""
    lanes, suggested = queries.lanes(), queries.suggested_lane()
    queries.with_words_left(lanes[-1].stories, at=clock.now())
    usual = next((lane.state for lane in lanes if lane.count), SUGGESTED if suggested.count else "draft")
    chosen = request.GET.get("lane") or usual
    context = {
        "lanes": [(lane, words_of(lane.state)) for lane in lanes],
        "chosen": chosen if chosen in (SUGGESTED, *queries.LANES) else "draft",
        "supply": queries.supply(),
        "past": queries.past_count(),
        "suggested": suggested,
        "is_empty": not suggested.count and not any(lane.count for lane in lanes),
    }
    context["tabs"] = _tabs(suggested, lanes, context["chosen"])
    return render(request, "curate/board.html", context)


def _tabs(suggested: queries.SuggestedLane, lanes: list[queries.Lane], chosen: str) -> list[dict[str, Any]]:
    address = reverse("content:board")
    rows = [(SUGGESTED, _("Suggested"), suggested.count)]
    rows += [(lane.state, LANES[lane.state].name, lane.count) for lane in lanes]
    return [
        {"url": f"{address}?lane={state}", "label": name, "count": count, "current": state == chosen}
        for state, name, count in rows
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
    context = {"words": words_of(state), "page": page}
    context |= {"previous": f"?page={page.number - 1}", "next": f"?page={page.number + 1}"}
    return render(request, "curate/lane.html", context)
