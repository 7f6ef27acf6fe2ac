"""What time alone does to stories."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from content import queries
from content.actions.makers import tell_makers
from content.models import Story
from core import audit
from core.flow import claim
from links import actions as links

AT_ONCE = 200


def turn_stories(*, at: datetime) -> tuple[int, int]:
    """Approved stories whose time has come go live; live ones whose time is over expire. How many of each."""
    begins = Story.objects.filter(Q(live_from=None) | Q(live_from__lte=at), state="approved").order_by("live_from")
    ends = Story.objects.filter(state="live", expires_at__lte=at).order_by("expires_at")
    with transaction.atomic():
        begun = claim(begins, "live", at=at, limit=AT_ONCE, live_at=at)
        # In one transaction: a story whose whole time has passed while nobody turned is never seen live.
        ended = claim(ends, "expired", at=at, limit=AT_ONCE)
        for story in begun:
            tell_makers(story, at=at)
        for kind, stories in (("story_live", begun), ("story_expired", ended)):
            for story in stories:
                links.end_links(groups=queries.link_groups(story.pk), ends_at=story.expires_at)
                audit.record(actor=None, kind=kind, about=f"story:{story.pk}", at=at)
    return len(begun), len(ended)
