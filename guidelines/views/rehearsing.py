"""A scripted town to practise in. It keeps nothing: what was said travels in the page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.rules import is_member, require
from guidelines import queries
from guidelines.rehearsing import (
    ASK,
    LEAVE,
    LONGEST,
    SAY,
    SIGNS,
    TAKE_DOWN,
    Scene,
    Talk,
    opened,
    scene_for,
    scenes,
    sealed,
)

CAST = {
    "fan": gettext_lazy("a fan"),
    "troll": gettext_lazy("a troll"),
    "journalist": gettext_lazy("a journalist"),
    "customer": gettext_lazy("a customer"),
    "colleague": gettext_lazy("a colleague"),
}
LISTENS = {
    "where": gettext_lazy("whether you say where you work"),
    "promise": gettext_lazy("words that sound like a promise"),
    "sorry": gettext_lazy("words like sorry and thank you"),
    "insult": gettext_lazy("hard words"),
    "handover": gettext_lazy("whether you name somebody who can help"),
    "person": gettext_lazy("names of people"),
    "figure": gettext_lazy("figures and amounts"),
    "shout": gettext_lazy("capital letters and double exclamation marks"),
}
DONE = {
    LEAVE: gettext_lazy("You left it."),
    TAKE_DOWN: gettext_lazy("You took it down."),
    ASK: gettext_lazy("You asked a human."),
}


@require(is_member)
def rehearsals(request: HttpRequest) -> HttpResponse:
    return render(request, "guidelines/rehearsals.html", {"scenes": [of(request, key) for key in scenes()]})


@require(is_member)
def rehearse(request: HttpRequest, key: str) -> HttpResponse:
    """One turn after another; each answer is the whole page, so that it works without a script."""
    if key not in scenes():
        raise Http404
    scene = of(request, key)
    talk, typed, refused = Talk(scene), "", ""
    if request.method == "POST":
        typed = request.POST.get("text", "")
        try:
            before = opened(scene, request.POST["state"]) if request.POST.get("state") else talk
        except ValueError:
            return _page(
                request, talk, typed, _("This page had lost its thread, so it begins anew. Your words are below.")
            )
        try:
            talk, typed = before.then(request.POST.get("do", SAY), typed), ""
        except ValueError:
            talk, refused = before, _("Please write something, or choose one of the other buttons.")
    return _page(request, talk, typed, refused)


def of(request: HttpRequest, key: str) -> Scene:
    return scene_for(key, request.user.language)


def _page(request: HttpRequest, talk: Talk, typed: str, refused: str) -> HttpResponse:
    places = queries.places_of_sections(request.user)
    context: dict[str, Any] = {
        "scene": talk.scene,
        "talk": talk,
        "said": [(one, CAST.get(one.turn.who) if one.turn else DONE.get(one.step.does)) for one in talk.said],
        "debrief": [(line, places.get(line.section)) for line in talk.debrief] if talk.is_over else [],
        "state": sealed(talk),
        "typed": typed,
        "refused": refused,
        "longest": LONGEST,
        "listens": [LISTENS[sign] for sign in SIGNS],
    }
    return render(request, "guidelines/rehearse.html", context, status=422 if refused else 200)
