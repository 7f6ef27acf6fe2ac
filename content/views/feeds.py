from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.rules import is_curator, require
from content import actions, queries
from content.actions.errors import CannotDo
from content.forms import FeedForm
from content.models import Feed
from core import clock

LONGEST_SHOWN = 60
ACTS: dict[str, tuple[Callable[..., Any], Any]] = {
    "fetch": (actions.fetch_feed_now, gettext_lazy("It is being fetched now.")),
    "stop": (actions.stop_feed, gettext_lazy("This feed is no longer read. Its stories stay.")),
    "remove": (actions.remove_feed, gettext_lazy("The feed is removed. Its stories stay.")),
    "start": (actions.start_feed, gettext_lazy("This feed is read again.")),
}


@require(is_curator)
def feeds(request: HttpRequest) -> HttpResponse:
    form = FeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_feed(actor=request.user, url=form.cleaned_data["url"], rules=form.rules(), at=clock.now())
        except CannotDo as error:
            form.add_error("url", error.sentence)
        else:
            messages.info(request, _("The feed is in the list and is being tried. Its row says what comes of it."))
            return redirect("content:feeds")
    at = clock.now()
    rows = [(feed, shortened(feed.url), queries.is_being_fetched(feed, at)) for feed in queries.feeds()]
    context = {"form": form, "rows": rows, "busy": any(busy for _feed, _address, busy in rows)}
    return render(request, "curate/feeds.html", context, status=422 if form.errors else 200)


def shortened(address: str) -> str:
    """Without its scheme, and when it is long without its middle: beginning and end tell feeds apart."""
    plain = address.removeprefix("https://").removeprefix("http://")
    return plain if len(plain) <= LONGEST_SHOWN else f"{plain[:34]}…{plain[-25:]}"


@require(is_curator)
def feed(request: HttpRequest, feed_id: int) -> HttpResponse:
    feed = get_object_or_404(Feed, pk=feed_id)
    rules = {"topic": feed.topic_id, "audience": feed.audience_id, "most_a_day": feed.most_a_day}
    kept = {"url": feed.url, "language": feed.language, **rules}
    form = FeedForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_feed(
                actor=request.user, feed=feed, url=form.cleaned_data["url"], rules=form.rules(), at=clock.now()
            )
        except CannotDo as error:
            form.add_error("url", error.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect("content:feeds")
    context = {"feed": feed, "address": shortened(feed.url), "form": form, "stories": feed.stories.count()}
    return render(request, "curate/feed.html", context, status=422 if form.errors else 200)


@require(is_curator)
@require_POST
def act(request: HttpRequest, feed_id: int, name: str) -> HttpResponse:
    if name not in ACTS:
        raise Http404
    feed, (verb, done) = get_object_or_404(Feed, pk=feed_id), ACTS[name]
    try:
        verb(actor=request.user, feed=feed, at=clock.now())
    except CannotDo as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, str(done))
    return redirect("content:feeds")
