"""The people who worked on what a story tells: asked, named while they are willing, and told first."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from content import rules
from content.actions.errors import MovedOn, NotAllowed, NotReady
from content.actions.suggestions import GIVEN, what_of
from content.models import Maker, Story
from core import audit
from core.flow import ForbiddenMove, LostRace, move
from notifications.actions import settle_notices, tell


def ask_maker(*, actor: User, story: Story, member: User, at: datetime) -> Maker:
    """Ask whether the story may name them; asked twice, it is asked once. Who said no is not asked again. Raises
    NotAllowed, MovedOn, and NotReady for whom the story is not for: they would read its title."""
    if not rules.can_curate(actor):
        raise NotAllowed(_("Only curators name the people behind a story."))
    if not rules.can_name_makers(actor, story) or not member.is_active:
        raise MovedOn(_("This story is over, or this colleague has left, so nobody was asked."))
    if not rules.is_for(member, story):
        raise NotReady(_("%(name)s is not among those this story is for.") % {"name": member.name})
    with transaction.atomic():
        maker, fresh = Maker.objects.get_or_create(
            story=story, member=member, defaults={"state": "asked", "state_at": at, "asked_by": actor}
        )
        if fresh:
            audit.record(actor=actor, kind="maker_asked", about=f"story:{story.pk}", at=at)
            with override(member.language):
                text = _("You worked on what “%(title)s” tells. May the story name you?") % {"title": story.title}
            tell(member=member, kind="maker_asked", text=text, url=page_of(maker), at=at)
            if story.state == "live":
                tell_makers(story, at=at, only=maker)
    return maker


def answer_as_maker(*, actor: User, maker: Maker, willing: bool, lends_post: bool = False, at: datetime) -> Maker:
    """Their answer, as often as they change their mind. It holds at once. Raises NotAllowed."""
    if not rules.is_asked(actor, maker):
        raise NotAllowed(_("Only they themselves can answer that."))
    to = "willing" if willing else "rather_not"
    lends = willing and lends_post
    with transaction.atomic():
        settle_notices(member=actor, url=page_of(maker), at=at)
        if maker.state == to:
            Maker.objects.filter(pk=maker.pk, state=to).update(lends_post=lends)
        else:
            try:
                move(maker, to, at=at, lends_post=lends)
            except (LostRace, ForbiddenMove):
                raise MovedOn(_("You have answered in another window. Here it is as it stands now.")) from None
            # A no is between them and the story: the trail keeps that it changed, not for whom.
            audit.record(actor=None, kind="maker_answered", about=f"story:{maker.story_id}", at=at)
    maker.refresh_from_db(fields=["state", "lends_post"])
    return maker


def drop_maker(*, actor: User, maker: Maker, at: datetime) -> None:
    """A curator named the wrong person. A no stays, so that it is not asked for once more."""
    if not rules.can_curate(actor):
        raise NotAllowed(_("Only curators name the people behind a story."))
    with transaction.atomic():
        if Maker.objects.filter(pk=maker.pk).exclude(state="rather_not").delete()[0]:
            settle_notices(member=maker.member, url=page_of(maker), at=at)
            audit.record(actor=actor, kind="maker_dropped", about=f"story:{maker.story_id}", at=at)


def tell_makers(story: Story, *, at: datetime, only: Maker | None = None) -> None:
    """The story is live: who made what it tells hears of it first. Inside the transaction that puts it live."""
    rows = story.makers.filter(member__is_active=True).exclude(state="rather_not").select_related("member")
    chosen = rows.filter(pk=only.pk) if only else rows
    for maker in (one for one in chosen if rules.is_for(one.member, story)):
        with override(maker.member.language):
            text = _("“%(title)s” is live. You made it, so nobody can tell it better: in your words, if you like.")
            told = text % {"title": story.title}
        tell(member=maker.member, kind="maker_first", text=told, url=f"/stories/{story.pk}/share/", at=at)

    if only is None:
        _tell_givers(story, at)


def _tell_givers(story: Story, at: datetime) -> None:
    """Where what they suggested went to, in their own words: the story itself may be for others."""
    rows = story.suggestions.filter(state="used", giver__is_active=True).select_related("giver").order_by("-pk")
    for giver, given in {one.giver: one for one in rows if one.giver}.items():
        with override(giver.language):
            text = _("What you suggested is live: “%(title)s”.") % {"title": what_of(given)}
        url = f"/stories/{story.pk}/" if rules.is_for(giver, story) else GIVEN
        tell(member=giver, kind="suggestion_live", text=text, url=url, at=at)


def page_of(maker: Maker) -> str:
    return reverse("content:maker", args=[maker.pk])
