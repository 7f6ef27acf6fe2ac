"""What a member has seen and put aside in their feed. It orders their own feed and serves nothing else."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import F

from accounts.models import User
from content.models import Story
from core import zones
from shares.models import Mark

AT_ONCE = 60  # more than one page shows


def see_stories(*, actor: User, stories: Collection[int], at: datetime) -> None:
    """They were in front of the member; counted once a day, by the member's own clock."""
    today = zones.to_local(at, actor.time_zone).replace(hour=0, minute=0, second=0, microsecond=0)
    morning = zones.to_utc(today, actor.time_zone).at
    ids = sorted(stories)[:AT_ONCE]
    seen = Mark.objects.filter(member=actor, story__in=ids)
    seen.exclude(seen_at__gte=morning).update(days_seen=F("days_seen") + 1, seen_at=at)
    fresh = set(ids) - set(seen.values_list("story", flat=True))
    Mark.objects.bulk_create(
        [Mark(member=actor, story_id=story, days_seen=1, seen_at=at) for story in sorted(fresh)], ignore_conflicts=True
    )


def skip_story(*, actor: User, story: Story, at: datetime) -> None:
    """Not now: it comes back by itself after some days."""
    _mark(actor, story, skipped_at=at)


def put_away(*, actor: User, story: Story, at: datetime) -> None:
    """Not for me: it is offered no more, though it can still be found and opened."""
    _mark(actor, story, not_for_me_at=at)


def bring_back(*, actor: User, story: Story) -> None:
    _mark(actor, story, skipped_at=None, not_for_me_at=None)


def forget_marks(*, actor: User) -> None:
    """Everything the feed remembers of this member: what was seen, skipped and put away."""
    Mark.objects.filter(member=actor).delete()


def _mark(actor: User, story: Story, **changes: Any) -> None:
    Mark.objects.update_or_create(member=actor, story=story, defaults=changes)
