"""Telling everybody of a campaign: who that is and what they will read, one button, and how far it is."""

import json
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.queries import SMALLEST_GROUP, quiet_time
from accounts.rules import is_curator, require
from audiences import queries as audiences
from audiences.sentences import sentence
from audiences.terms import everybody
from content import actions, queries
from content.actions.errors import CannotDo
from content.forms.languages import language_choices
from content.models import Campaign, Launch
from core import clock
from notifications import letters, pushing
from notifications.actions import Said
from notifications.forecast import Way, forecast
from notifications.models import Delivery
from notifications.payloads import Words
from notifications.views import as_shown

PAGE = "analytics:campaign"  # with its totals, which stand above us
ACTS = {"stop": actions.stop_launch, "go-on": actions.resume_launch}
# In the words after a number of colleagues.
WHY = {
    "now": gettext_lazy("within their working hours now"),
    "later": gettext_lazy("with their next working hour"),
    "limit": gettext_lazy("have had as many as they want today"),
    "most": gettext_lazy("have had as many as they want that day"),
    "paused": gettext_lazy("have paused their messages"),
    "no_hours": gettext_lazy("have chosen no working hours"),
    "hours": gettext_lazy("have chosen no working hours"),
    "chosen": gettext_lazy("do not want this kind"),
    "no_way": gettext_lazy("cannot be reached by this way"),
    "left": gettext_lazy("are no longer among those it is for"),
    "gone": gettext_lazy("have left"),
    "late": gettext_lazy("would have had it too late"),
    "stopped": gettext_lazy("were not told, since it was stopped"),
    "no browser": gettext_lazy("have no device that takes it any more"),
}
WAYS = {"mail": gettext_lazy("By e-mail"), "push": gettext_lazy("On their phone")}
# Said whatever the number: it holds of the launch, and tells of nobody.
OF_ALL = ("stopped",)
REFUSED = ("limit", "paused", "no_hours", "chosen", "no_way")


@require(is_curator)
def new_launch(request: HttpRequest, campaign_id: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign, pk=campaign_id)
    if launch := queries.launch_of(campaign):
        return redirect("content:launch", launch.pk)
    problem = ""
    if request.method == "POST":
        shown = request.POST.get("shown", "")
        try:
            launch = actions.begin_launch(
                actor=request.user, campaign=campaign, at=clock.now(),
                shown=int(shown) if shown.isdecimal() and len(shown) < 10 else 0,
            )  # fmt: skip
        except CannotDo as error:
            problem = error.sentence
        else:
            return redirect("content:launch", launch.pk)
    context = {"campaign": campaign, "problem": problem} | _preparation(request, queries.not_launched_yet(campaign))
    return render(request, "curate/new_launch.html", context, status=422 if problem else 200)


def _preparation(request: HttpRequest, launch: Launch) -> dict[str, Any]:
    """How many, by which way, and each message as it will look."""
    names = audiences.names()
    reach = forecast(queries.people_of(launch), queries.topic_of(launch), at=clock.now())
    person = _somebody(request, launch)
    said = queries.said_in(launch, person.language)
    return {
        "reach": reach,
        "is_small": reach.people < SMALLEST_GROUP,
        "nothing": reach.nothing if _tells_of_nobody(reach.nothing, reach.people) else 0,
        "ways": [_way(way, reach.people) for way in (reach.mail, reach.push)],
        "whom": [sentence(terms, names) for terms in queries.terms_of(launch)],
        "stories": queries.stories_of(launch),
        "languages": language_choices(),
        "person": person,
        "said": said,
        "letter": letters.letter(
            person, text=said.whole, url=queries.address_of(launch), topic=queries.topic_of(launch).key
        )[0],
        "push": _pushed(launch, person, said),
        "told_in_channels": _told_in_channels(launch, person.language),
        "quiet": quiet_time(clock.now()),
    }


def _way(way: Way, people: int) -> tuple[Any, int, int, list[tuple[int, Any]]]:
    later = way.counts["later"] if _tells_of_nobody(way.counts["later"], people) else 0
    return WAYS[way.key], way.reached, later, _why([(reason, way.counts[reason]) for reason in REFUSED], people)


def _tells_of_nobody(number: int, people: int) -> bool:
    """Neither of few, nor of all but a few."""
    return SMALLEST_GROUP <= number <= people - SMALLEST_GROUP


def _somebody(request: HttpRequest, launch: Launch) -> User:
    """A made-up person of its audience, in the language that was asked for."""
    terms = next(iter(queries.terms_of(launch)), everybody())
    usual = audiences.likely(terms)
    asked = request.GET.get("language", "")
    known = [code for code, _name in language_choices()]
    language = asked if asked in known else usual["language"]
    with override(language):
        return audiences.made_up(usual | {"language": language})


def _pushed(launch: Launch, person: User, said: Said) -> dict[str, str]:
    row = Delivery(
        member=person, kind=queries.kind_of(launch), subject=said.text, url=queries.address_of(launch)
    )  # fmt: skip
    return dict(json.loads(pushing.payload(row)))


def _told_in_channels(launch: Launch, language: str) -> Words | None:
    return queries.launch_words(launch, language) if queries.tells_channels(launch) else None


@require_safe
@require(is_curator)
@xframe_options_sameorigin
def launch_mail(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The mail as a mail program shows it, to nobody."""
    launch = queries.not_launched_yet(get_object_or_404(Campaign, pk=campaign_id))
    person = _somebody(request, launch)
    text, url = queries.said_in(launch, person.language).whole, queries.address_of(launch)
    return as_shown(letters.letter(person, text=text, url=url, topic=queries.topic_of(launch).key)[1])


@require_safe
@require(is_curator)
def launch(request: HttpRequest, launch_id: int) -> HttpResponse:
    """How far it is. Reads the rows themselves, so that it can be left and found again."""
    found = get_object_or_404(Launch.objects.select_related("campaign", "story", "by"), pk=launch_id)
    progress = queries.launch_progress(found)
    is_small = found.people < SMALLEST_GROUP
    waits = any(one.waiting for one in progress.sent)
    context = {
        "launch": found,
        "progress": progress,
        "is_small": is_small,
        "skipped": [] if is_small else _why(progress.skipped, progress.all),
        "sent": [] if is_small else [(WAYS[one.channel], one, _why(one.dropped, one.all)) for one in progress.sent],
        "under_way": found.state == "telling" or waits,
        "may_stop": found.state == "telling" or (found.state == "done" and waits),
        "may_go_on": found.state == "stopped"
        and not queries.is_over(found, clock.now())
        and (progress.left > 0 or queries.is_taken_back(found)),
        "quiet": quiet_time(clock.now()),
    }
    return render(request, "curate/launch.html", context)


def _why(counted: Iterable[tuple[str, int]], people: int) -> list[tuple[int, Any]]:
    """A reason is said where it holds for ten at least, and not for all but a few; the rest together, without one."""
    said, others = [], 0
    for reason, number in counted:
        no_way_at_all = reason == "no_way" and number == people
        if number and (reason in OF_ALL or no_way_at_all or _tells_of_nobody(number, people)):
            said.append((number, WHY.get(reason) or _("could not be reached")))
        else:
            others += number
    return [*said, (others, _("for reasons that are not shown here"))] if others else said


@require(is_curator)
@require_POST
def act(request: HttpRequest, launch_id: int, name: str) -> HttpResponse:
    if name not in ACTS:
        raise Http404
    found = get_object_or_404(Launch.objects.select_related("campaign", "story"), pk=launch_id)
    try:
        ACTS[name](actor=request.user, launch=found, at=clock.now())
    except CannotDo as error:
        messages.error(request, error.sentence)
    return redirect("content:launch", launch_id)
