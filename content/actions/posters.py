"""A story's link for paper: posters, slides, the screen in the hall."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from content import queries, rules
from content.actions.errors import MovedOn, NotAllowed
from content.models import Story
from core import audit
from links.actions import make_link
from links.models import ShortLink


def make_poster_link(*, actor: User, story: Story, at: datetime) -> ShortLink:
    """The one link of the story that is nobody's; asked for twice it is the same. Raises NotAllowed, MovedOn."""
    if not rules.can_curate(actor):
        raise NotAllowed(_("Only curators may do this."))
    with transaction.atomic():
        locked = Story.objects.select_for_update().get(pk=story.pk)
        if known := queries.poster_link(locked):
            return known
        if locked.state not in ("approved", "live"):
            raise MovedOn(_("Only a story that is approved or live gets a code for posters."))
        if not locked.url:
            raise MovedOn(_("This story leads nowhere, so that there is no address to make a code of."))
        target = queries.link_target(locked, queries.POSTER)
        group = queries.link_groups(locked.pk)[1]
        audit.record(actor=actor, kind="poster_made", about=f"story:{locked.pk}", at=at)
        return make_link(target=target, group=group, owner=None, at=at, ends_at=locked.expires_at)
