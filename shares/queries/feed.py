"""The feed's cards: what is live for a member, in which order, and why it is shown."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from content import queries as content
from content.models import Story
from shares.models import Share


@dataclass(frozen=True)
class FeedCard:
    """One story as the feed shows it."""

    story: Story
    why: str

    def __getattr__(self, name: str) -> Any:
        return getattr(self.story, name)

    @property
    def picture(self) -> str:
        return self.story.picture.url if self.story.picture else ""

    @property
    def url(self) -> str:
        return reverse("shares:story", args=[self.story.pk])

    @property
    def share_url(self) -> str:
        return reverse("shares:compose", args=[self.story.pk]) if self.story.is_for_sharing else ""

    @property
    def sent_picture(self) -> str:
        """What a post shows of it: not a picture we may only link to."""
        return self.picture if self.story.sends_picture else ""

    @property
    def at(self) -> datetime | None:
        return self.story.live_at


def feed(member: User) -> QuerySet[Story]:
    """Live stories this member may see, those they have not shared yet first, then the newest."""
    # Asked of the member's own shares: counting beside each story reads everybody's, and the page slows as they share.
    mine = Share.objects.filter(member=member, state__in=["published", "said_posted"]).values("story")
    shared = Case(When(pk__in=mine, then=1), default=0, output_field=IntegerField())
    return content.live_stories(member).annotate(shared=shared).order_by("shared", "-live_at")


def cards(stories: list[Story], member: User) -> list[FeedCard]:
    """Cards with a reason each; one query for all of them."""
    published = Share.objects.filter(story__in=stories, state="published", member__team=member.team_id)
    counts = Counter(published.values_list("story", flat=True)) if member.team_id else Counter()
    return [FeedCard(story, _why(story, counts[story.pk])) for story in stories]


def _why(story: Any, teammates: int) -> str:
    if getattr(story, "shared", 0):
        return _("You have shared this")
    if teammates:
        return ngettext("Shared once in your team", "Shared %(n)s times in your team", teammates) % {"n": teammates}
    return ""
