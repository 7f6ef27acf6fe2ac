"""HR follows: who has signed by group, who owes it, a trend, the yearly poll; and what leaves as a file."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.rules import is_member, require
from core import clock
from core.csvfiles import write_csv
from guidelines import actions, queries, rules
from guidelines.forms import PollForm
from guidelines.models import Guideline, Poll

PER_PAGE = 50
BY_WORDS = {
    "team": gettext_lazy("By team"),
    "country": gettext_lazy("By country"),
    "profession": gettext_lazy("By profession"),
    "manager": gettext_lazy("By manager"),
}
NONE_WORDS = {
    "team": gettext_lazy("No team"),
    "country": gettext_lazy("No country told"),
    "profession": gettext_lazy("No profession told"),
    "manager": gettext_lazy("No manager told"),
}
WHICH_WORDS = {
    "overdue": gettext_lazy("Overdue"),
    "due": gettext_lazy("Due"),
    "away": gettext_lazy("Away"),
    "declined": gettext_lazy("Cannot agree yet"),
}


def _guideline(guideline_id: int) -> Guideline:
    """One that is out."""
    rows = Guideline.objects.select_related("audience", "helper").filter(versions__state="published")
    return get_object_or_404(rows, pk=guideline_id)


@require(rules.can_write)
def coverage(request: HttpRequest, guideline_id: int) -> HttpResponse:
    guideline, at = _guideline(guideline_id), clock.now()
    by = request.GET.get("by", "")
    by = by if by in queries.BY else "team"
    covered, published = queries.coverage(guideline, at=at), queries.current(guideline)
    address = request.path
    context = {
        "guideline": guideline,
        "covered": covered,
        # While a version comes out nobody knows yet who of a group owes it.
        "groups": None if covered.asking else queries.groups(guideline, by, at=at),
        "by": by,
        "none_word": NONE_WORDS[by],
        "tabs": [{"url": f"{address}?by={key}", "label": word, "current": key == by} for key, word in BY_WORDS.items()],
        "trend": queries.trend(guideline, covered, at=at),
        "asked_about": queries.asked_about(published) if published else [],
        "hesitations": queries.hesitations(published, request.user.language) if published else [],
        "language": guideline.language,
        "now": at,
    }
    return render(request, "guidelines/coverage.html", context)


@require(rules.can_write)
def owing(request: HttpRequest, guideline_id: int) -> HttpResponse:
    """By name, since a duty to sign is one of persons; HR alone sees it."""
    guideline, at = _guideline(guideline_id), clock.now()
    covered = queries.coverage(guideline, at=at)
    which, search = request.GET.get("which", ""), request.GET.get("q", "").strip()[:100]
    if which not in WHICH_WORDS:  # the first list that has somebody in it
        which = next((key for key in WHICH_WORDS if getattr(covered, key)), "overdue")
    rows = queries.named_owing(at, guideline, which, search)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    reasons = queries.reasons(page)
    context = {
        "guideline": guideline,
        "page": page,
        "rows": [(due, reasons.get((due.member_id, due.publication_id), "")) for due in page],
        "which": which,
        "search": search,
        "tabs": [
            {
                "url": f"{request.path}?{urlencode({'which': key, **({'q': search} if search else {})})}",
                "label": word, "current": key == which, "count": getattr(covered, key),
            }
            for key, word in WHICH_WORDS.items()
        ],
        "now": at,
        "today": at.date(),
    }  # fmt: skip
    return render(request, "guidelines/owing.html", context)


@require(rules.can_write)
def export(request: HttpRequest, guideline_id: int, what: str) -> HttpResponse:
    guideline = _guideline(guideline_id)
    rows = _coverage_lines(guideline) if what == "coverage" else _owing_lines(guideline)
    answer = HttpResponse(write_csv(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{what}-{guideline.pk}.csv"'
    return answer


def _coverage_lines(guideline: Guideline) -> Iterator[list[Any]]:
    at = clock.now()
    whole = queries.coverage(guideline, at=at)
    yield [_("Guideline"), _("By"), _("Group"), _("People"), _("Signed"), _("Overdue"), _("Counted at")]
    stamp = at.isoformat(timespec="seconds")
    yield [guideline.name, "", _("Everybody it is for"), whole.people, whole.signed, whole.overdue, stamp]
    for by, word in BY_WORDS.items() if not whole.asking else ():
        for one in queries.groups(guideline, by, at=at).shown:
            name = _("smaller groups together") if one.name is None else one.name or NONE_WORDS[by]
            yield [guideline.name, str(word), name, one.people, one.signed, one.overdue, stamp]


def _owing_lines(guideline: Guideline) -> Iterator[list[Any]]:
    yield [_("Guideline"), _("Version"), _("Name"), _("Team"), _("Due"), _("Away until"), _("Cannot agree yet")]
    for due in queries.owing(guideline).iterator(chunk_size=2000):
        member = due.member
        yield [
            guideline.name, due.publication.number, member.name, member.team.name if member.team else "",
            due.due_at.date().isoformat(), member.away_until or "", _("yes") if due.state == "declined" else "",
        ]  # fmt: skip


@require(rules.can_write)
def polls(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    if request.method == "POST":
        try:
            actions.open_poll(actor=request.user, at=at)
            messages.success(request, _("The three questions are asked for three weeks from now on."))
        except actions.CannotDo as error:
            messages.error(request, error.sentence)
        return redirect("guidelines:polls")
    results = queries.poll_results(at)
    is_open = next((one.poll for one in results if one.poll.closes_at > at), None)
    context = {
        "results": results,
        "open": is_open,
        "can_open": not is_open and not any(one.poll.year == at.year for one in results),
        "questions": queries.QUESTIONS.values(),
        "late": queries.late_questions(at),
    }
    return render(request, "guidelines/polls.html", context)


@require(is_member)
@require_POST
def answer_poll(request: HttpRequest, poll_id: int) -> HttpResponse:
    poll, at = get_object_or_404(Poll, pk=poll_id), clock.now()
    try:
        if "skip" in request.POST:
            actions.skip_poll(actor=request.user, poll=poll, at=at)
            return redirect("guidelines:mine")
        form = PollForm(request.POST)
        if not form.is_valid():
            return render(request, "guidelines/poll.html", {"form": form, "poll": poll}, status=422)
        actions.answer_poll(actor=request.user, poll=poll, answers=form.cleaned_data, at=at)
        messages.success(request, _("Thank you. Your answers are counted; no page, file or table says what you chose."))
    except actions.CannotDo as error:
        messages.error(request, error.sentence)
    return redirect("guidelines:mine")
