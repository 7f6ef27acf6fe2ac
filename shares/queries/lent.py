"""What colleagues lend each other: a maker's own post."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from content import queries as content
from content.models import Story
from shares.models import Share


def people_of(story: Story, member: User) -> dict[str, Any]:
    """Who made what the story tells, whether one is asked oneself, and whose own posts of it one may pass on."""
    return {
        "makers": list(content.named_makers(story)),
        "mine": content.maker_of(member, story),
        "lent_posts": [post for post in lent_posts(story) if post.member_id != member.pk],
    }


def lent_posts(story: Story) -> QuerySet[Share]:
    """Makers' own posts that are out, with an address, and lent by a yes that still stands; one of each platform."""
    lending = content.lending_makers(story).values("member")
    posts = Share.objects.filter(story=story, member__in=lending, state="published").exclude(post_url="")
    return posts.select_related("member").order_by("member__name", "connector", "pk")
