from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.rules import is_member, require
from accounts.views.linking import safe_next
from content import queries as content
from content import rules as content_rules
from content.models import Campaign, Story
from core import clock
from core.shell.notices import done
from shares import actions, queries

CARDS = 30


@require(is_member)
def today(request: HttpRequest) -> HttpResponse:
    """What is worth sharing today; with `?all` everything that is live."""
    if "all" in request.GET:
        return everything(request)
    if request.user.welcomed_at is None:
        return redirect("accounts:welcome")
    cards = queries.today(request.user, at=clock.now(), limit=queries.TODAY + 1)
    return render(request, "shares/today.html", {"cards": cards[: queries.TODAY], "more": len(cards) > queries.TODAY})


@require(is_member)
def begin(request: HttpRequest) -> HttpResponse:
    """The composer, on the first of today's stories: for links that know no story of their own."""
    stories = (card.story for card in queries.today(request.user, at=clock.now(), limit=queries.TODAY))
    first = next((one for one in stories if content_rules.may_share(request.user, one)), None)
    if first is None:
        messages.info(request, _("There is no story to share just now. When there is one, it stands here."))
        return redirect("/")
    return redirect("shares:compose", story_id=first.pk)


def everything(request: HttpRequest) -> HttpResponse:
    # All their numbers at once: counting them first would put the same question twice.
    numbers = list(queries.feed(request.user).values_list("pk", flat=True))
    page = Paginator(numbers, CARDS).get_page(request.GET.get("page"))
    cards = queries.cards(list(page.object_list), request.user, at=clock.now())
    return render(request, "shares/today.html", {"page": page, "cards": cards, "everything": True})


@require(is_member)
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The stories of a campaign that are for this member. Where none is, the campaign is not there for them."""
    found = get_object_or_404(Campaign, pk=campaign_id)
    numbers = content.live_stories(request.user).filter(campaign=found).values_list("pk", flat=True)[:CARDS]
    cards = queries.cards(list(numbers), request.user, at=clock.now())
    if not cards:
        raise Http404
    return render(request, "shares/campaign.html", {"campaign": found, "cards": cards})


@require(is_member)
def story(request: HttpRequest, story_id: int) -> HttpResponse:
    """One story. Opening it counts as having seen it, for this member's own feed."""
    story = visible_story(request, story_id)
    if story.state == "live":
        actions.see_stories(actor=request.user, stories=[story.pk], at=clock.now())
    card = queries.FeedCard(
        story,
        "",
        follows=story.topic_id in content.followed_topics(request.user),
        is_aside=queries.is_put_away(request.user, story),
    )
    context = {"story": story, "card": card, **queries.people_of(story, request.user)}
    context["is_for_me"] = content_rules.is_for(request.user, story)
    context["is_for"] = content.kind_words(story) if context["is_for_me"] else ""
    return render(request, "shares/story.html", context)


@require(is_member)
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """The page says which stories were in front of the member."""
    ids = [int(number) for number in request.POST.getlist("story")[:CARDS] if number.isdecimal() and len(number) < 18]
    visible = content.live_stories(request.user).filter(pk__in=ids).values_list("pk", flat=True)
    actions.see_stories(actor=request.user, stories=list(visible), at=clock.now())
    return HttpResponse(status=204)


@require(is_member)
@require_POST
def aside(request: HttpRequest, story_id: int, how: str) -> HttpResponse:
    """Not now, not for me, or back again."""
    story, member, at = visible_story(request, story_id), request.user, clock.now()
    undo = f"/stories/{story.pk}/aside/back/"
    if how == "later":
        actions.skip_story(actor=member, story=story, at=at)
        done(request, _("“%(title)s” waits for a week.") % {"title": story.title}, undo=undo)
    elif how == "never":
        actions.put_away(actor=member, story=story, at=at)
        done(
            request,
            _("“%(title)s” is not offered to you any more. Nobody is told.") % {"title": story.title},
            undo=undo,
        )
    elif how == "back":
        actions.bring_back(actor=member, story=story)
        done(request, _("“%(title)s” is offered to you again.") % {"title": story.title})
    else:
        raise Http404
    return redirect(safe_next(request) or "/")


def visible_story(request: HttpRequest, story_id: int) -> Story:
    """The story, or a plain 404 for one that is not there or not for this member."""
    story = get_object_or_404(
        Story.objects.select_related("topic", "campaign", "audience").prefetch_related("attachments"), pk=story_id
    )
    if not content_rules.can_see(request.user, story):
        raise Http404
    return story


def shareable_story(request: HttpRequest, story_id: int) -> Story:
    """The same for who is about to share it: a curator reads closed stories without belonging to their audience."""
    story = visible_story(request, story_id)
    if not content_rules.may_share(request.user, story):
        raise Http404
    return story
