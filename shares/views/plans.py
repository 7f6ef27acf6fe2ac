from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.rules import is_member, require
from content import queries as content
from content.models import Attachment, Story
from core import clock, zones
from links import queries as links
from shares import actions, drafts, queries
from shares.forms import VISIBLE_TO, TimeForm, WordsForm
from shares.models import APPROVAL, Share

POSTS = 20


@require(is_member)
def plans(request: HttpRequest) -> HttpResponse:
    """What is under way, then what went out, newest first."""
    at = clock.now()
    under_way = [row(share, at) for share in queries.under_way(request.user)]
    # What goes out between the two questions stands where it was found first.
    finished = queries.own_shares(request.user).exclude(state__in=queries.UNDER_WAY)
    finished = finished.exclude(pk__in=[entry["share"].pk for entry in under_way])
    page = Paginator(finished, POSTS).get_page(request.GET.get("page"))
    context = {"under_way": under_way, "page": page, "rows": [row(share, at) for share in page], "at": at}
    return render(request, "shares/plans.html", context | {"take_back": _take_back(under_way, at)})


def _take_back(rows: list[dict[str, Any]], at: Any) -> dict[str, Any] | None:
    """The newest plan that goes out within seconds, for the bar that counts down."""
    soon = [entry for entry in rows if entry["seconds"]]
    return soon[-1] if soon else None


def row(share: Share, at: Any) -> dict[str, Any]:
    left = int((share.due_at - at).total_seconds())
    return {
        "share": share,
        "platform": queries.platform_of(share),
        "lively": queries.is_lively(share, at),
        "withdrawn": share.state in ("published", "said_posted") and share.story.state == "withdrawn",
        "can_delete": actions.can_delete(share),
        "is_ahead": share.wanted_at > at,
        "seconds": left if share.state == "scheduled" and 0 < left <= actions.TAKE_BACK.seconds else 0,
    }


@require(is_member)
def share(request: HttpRequest, share_id: int) -> HttpResponse:
    return _page(request, own_share(request, share_id))


@require(is_member)
def state(request: HttpRequest, share_id: int) -> HttpResponse:
    """One row, or how the post of a page stands, asked for again while it is about to change."""
    found = row(own_share(request, share_id), clock.now())
    if request.GET.get("of") == "page":
        return render(request, "shares/_status.html", {"row": found, "visits": _visits(found["share"])})
    answer = render(request, "shares/_row.html", {"row": found})
    if found["share"].state not in queries.UNDER_WAY:
        answer["HX-Trigger"] = "share-rests"  # the page of all posts moves it to where it belongs now
    return answer


def own_share(request: HttpRequest, share_id: int) -> Share:
    """The member's own share; somebody else's is not there."""
    return get_object_or_404(queries.own_shares(request.user), pk=share_id)


def _page(
    request: HttpRequest,
    share: Share,
    *,
    words: WordsForm | None = None,
    time: TimeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    local = zones.to_local(_time_to_offer(share, clock.now()), request.user.time_zone)
    context = {
        "share": share,
        "row": row(share, clock.now()),
        "visits": _visits(share),
        "card": queries.FeedCard(share.story, ""),
        "wording": drafts.wording(share),
        "attachments": queries.attachments_of(share.story, drafts.carries(share)),
        "chosen": _chosen(share),
        "words_form": words or WordsForm(initial={"words": share.words}),
        "time_form": time or TimeForm(member=request.user, initial={"due_at": local.strftime("%Y-%m-%dT%H:%M")}),
        "came_back": queries.came_back(share) and share.story.state == "live",
        "can_lend": queries.can_lend(share),
        "first_comment": content.first_comment(share.story, share.words) if share.state in POSTED else "",
        "handover": _handover(share) if share.state == "handed_over" else None,
    }
    return render(request, "shares/share.html", context, status=status)


# Up, or about to be: before that there is nothing to put a comment below.
POSTED = ("published", "said_posted", "handed_over")


def _chosen(share: Share) -> list[str]:
    """What its owner chose besides words and time."""
    visibility, warning = share.options.get("visibility", ""), share.options.get("warning", "")
    seen_by = [str(VISIBLE_TO[visibility])] if visibility in VISIBLE_TO else []
    return seen_by + ([_("Content warning: %(words)s") % {"words": warning}] if warning else [])


def _time_to_offer(share: Share, at: datetime) -> datetime:
    """The time its owner chose; once that has passed, the same time of the next day to come."""
    days = (at - share.wanted_at) // timedelta(days=1) + 1
    return share.wanted_at + timedelta(days=max(0, days))


def _visits(share: Share) -> int | None:
    """None where the member has switched counting off, and where there is no link to count."""
    link = share.link
    return links.visits([link.pk]).get(link.pk, 0) if link and link.counts else None


def _handover(share: Share) -> dict[str, Any]:
    draft = drafts.thaw(drafts.freeze(share, at=share.planned_at), picture=None)
    target = queries.targets()[share.connector]
    return {
        "target": target,
        "url": target.assisted_url(draft),
        "text": draft.text,
        "link": draft.marker.short_url,
        "pictures": " ".join(_pictures(share.story)),
        "picture": next(iter(_pictures(share.story)), ""),
    }


def _pictures(story: Story) -> list[str]:
    """What a phone's share sheet may hand to an app: what the story posts itself, else its one picture."""
    attached = [one for one in story.attachments.all() if one.kind == Attachment.PICTURE]
    posted = [one.file.url for one in attached if drafts.may_be_sent(story, one)]
    return posted or ([story.picture.url] if story.sends_picture else [])


@require(is_member)
@require_POST
def edit(request: HttpRequest, share_id: int) -> HttpResponse:
    share = own_share(request, share_id)
    form = WordsForm(request.POST)
    if form.is_valid():
        try:
            actions.edit_share(actor=request.user, share=share, words=form.cleaned_data["words"], at=clock.now())
        except actions.CannotPlan as refusal:
            form.add_error("words", " ".join(refusal.sentences))
    if form.errors:
        return _page(request, share, words=form, status=422)
    waits = share.reason if share.held_for == APPROVAL and share.state == "held" else ""
    messages.success(request, " ".join(filter(None, [_("Your words are changed."), waits])))
    return redirect("shares:share", share_id=share.pk)


@require(is_member)
@require_POST
def move(request: HttpRequest, share_id: int) -> HttpResponse:
    share = own_share(request, share_id)
    kept = share.state == "held" and "keep" in request.POST
    form = TimeForm(request.POST, member=request.user)
    if form.is_valid():
        local = form.cleaned_data["due_at"]
        try:
            actions.move_share(actor=request.user, share=share, due_at=local.at, at=clock.now())
        except actions.CannotPlan as refusal:
            form.add_error("due_at", " ".join(refusal.sentences))
    if form.errors:
        return _page(request, share, time=form, status=422)
    # What waited through a pause may be up already, and then a question is open.
    done = _("It stays in your plan, at its time.") if kept else local.note or _("Your post has a new time.")
    messages.success(request, share.reason if share.state == "asked" else done)
    return redirect("shares:share", share_id=share.pk)


def _act(request: HttpRequest, share_id: int, verb: Callable[..., Share], done: str, **how: Any) -> HttpResponse:
    """One verb on one own share, then its page with one sentence."""
    share = own_share(request, share_id)
    try:
        verb(actor=request.user, share=share, at=clock.now(), **how)
    except actions.CannotPlan as refusal:
        messages.error(request, " ".join(refusal.sentences))
    else:
        # What is taken back may be up already, and then a question is open.
        messages.success(request, share.reason if share.state in ("asked", "held") else done)
    return redirect("shares:share", share_id=share_id)


@require(is_member)
@require_POST
def cancel(request: HttpRequest, share_id: int) -> HttpResponse:
    return _act(request, share_id, actions.cancel_share, _("Taken back. Nothing was posted."))


@require(is_member)
@require_POST
def send_now(request: HttpRequest, share_id: int) -> HttpResponse:
    return _act(request, share_id, actions.send_held, _("On its way in a moment. You can still take it back."))


@require(is_member)
@require_POST
def hand_over(request: HttpRequest, share_id: int) -> HttpResponse:
    """One tap from a post that waits for money to the words and the link in hand."""
    try:
        handed = actions.hand_over(actor=request.user, share=own_share(request, share_id), at=clock.now())
    except actions.CannotPlan as refusal:
        messages.error(request, " ".join(refusal.sentences))
        return redirect("shares:share", share_id=share_id)
    return redirect("shares:share", share_id=handed.pk)


@require(is_member)
@require_POST
def retry(request: HttpRequest, share_id: int) -> HttpResponse:
    return _act(request, share_id, actions.retry_share, _("On its way once more."))


@require(is_member)
@require_POST
def delete(request: HttpRequest, share_id: int) -> HttpResponse:
    return _act(request, share_id, actions.delete_post, _("We are asking the platform to delete your post."))


@require(is_member)
@require_POST
def answer(request: HttpRequest, share_id: int) -> HttpResponse:
    is_there = request.POST.get("there") == "yes"
    return _act(request, share_id, actions.answer_asked, _("Thank you for looking."), is_there=is_there)


@require(is_member)
@require_POST
def handed_back(request: HttpRequest, share_id: int) -> HttpResponse:
    posted = request.POST.get("posted") == "yes"
    verb, done = (
        (actions.say_posted, _("Noted, thank you."))
        if posted
        else (actions.drop_assisted, _("Left out. That is fine."))
    )
    return _act(request, share_id, verb, done)


@require(is_member)
@require_POST
def disclosed(request: HttpRequest, share_id: int) -> HttpResponse:
    """What its member answers to whether the post made by hand says who is speaking."""
    says = request.POST.get("says", "")
    return _act(request, share_id, actions.say_disclosed, _("Thank you. Only you see this."), says=says)
