"""What colleagues lend each other: a maker's own post, a sentence, a suggestion."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from content import queries as content
from content.models import Story, Suggestion
from shares.models import Share


def people_of(story: Story, member: User) -> dict[str, Any]:
    """Who made what the story tells, whether one is asked oneself, and whose own posts of it one may pass on."""
    return {
        "makers": list(content.named_makers(story)),
        "mine": content.maker_of(member, story),
        "suggested_by": content.suggested_by(story),
        "lent_posts": [post for post in lent_posts(story) if post.member_id != member.pk],
    }


def lent_posts(story: Story) -> QuerySet[Share]:
    """Makers' own posts that are out, with an address, and lent by a yes that still stands; one of each platform."""
    lending = content.lending_makers(story).values("member")
    posts = Share.objects.filter(story=story, member__in=lending, state="published").exclude(post_url="")
    return posts.select_related("member").order_by("member__name", "connector", "pk")


def passed_on(rows: Iterable[Suggestion]) -> dict[int, int]:
    """By suggestion, how many colleagues besides its giver have passed on what it became; one query for all."""
    stories = {row.pk: row.about_id or row.story_id for row in rows}
    posts = Share.objects.filter(story__in=set(stories.values()), state__in=["published", "said_posted"])
    sharers: dict[int, set[tuple[int, str]]] = defaultdict(set)
    for story, member, words in posts.values_list("story", "member", "words").distinct():
        sharers[story].add((member, words))
    return {row.pk: len(_others(row, sharers[stories[row.pk] or 0])) for row in rows}


def _others(row: Suggestion, sharers: set[tuple[int, str]]) -> set[int]:
    lent = row.words if row.about_id else None
    return {member for member, words in sharers if member != row.giver_id and lent in (None, words)}


def can_lend(share: Share) -> bool:
    """Own words about a story that is live, out, and not lent or suggested yet. Ask of one's own share only."""
    if share.state not in ("published", "said_posted") or share.story.state != "live":
        return False
    already = Suggestion.objects.filter(giver=share.member_id, about=share.story_id, words=share.words)
    return not content.is_caption(share.story, share.words) and not already.exists()
