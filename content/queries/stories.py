"""What members are offered."""

import hashlib
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from audiences import queries as audiences
from content.models import Caption, Story
from content.queries.captions import as_one_line, open_captions

OFFERED = 4


def live_stories(member: User) -> QuerySet[Story]:
    """What this member may share now, the newest first, ready for cards: stories for everybody, and those whose
    audience they belong to now. Whom a story is for is asked inside the same query."""
    for_them = Q(audience=None) | Q(audience__in=audiences.reaching(member))
    return Story.objects.filter(for_them, state="live").select_related("topic").order_by("-live_at", "-pk")


def offered_captions(story: Story, *, member: User, limit: int = OFFERED) -> list[Caption]:
    """A few for a member to pick from, whatever the platform: a maker's own first, then their language, each starting
    from another."""
    found = open_captions(story, member=member)
    turn = lot(member, story) % len(found) if found else 0
    turned = found[turn:] + found[:turn]
    return sorted(turned, key=lambda one: (not one.for_makers, by_language(one, member.language)))[:limit]


def is_caption(story: Story, words: str) -> bool:
    return any(as_one_line(one.text) == as_one_line(words) for one in story.captions.all())


def first_comment(story: Story, words: str) -> str:
    """What may be put below a post of these words: the comment of the suggestion they are; else of the best suggestion
    for everybody that has one, which for the words of a suggestion is one in its language. Often there is none."""
    found = list(story.captions.all())
    same = next((one for one in found if as_one_line(one.text) == as_one_line(words)), None)
    if same and same.first_comment:
        return same.first_comment
    wanted = same.language if same else story.language
    others = [one for one in found if one.first_comment and not one.for_makers]
    return min(others, key=lambda one: (*fit(one, "", wanted), one.pk)).first_comment if others else ""


def lot(member: User, story: Story) -> int:
    return int.from_bytes(hashlib.sha256(f"{member.pk}:{story.pk}".encode()).digest()[:8], "big")


def by_language(caption: Caption, language: str) -> int:
    if caption.language == language:
        return 0
    return 1 if caption.language.partition("-")[0] == language.partition("-")[0] else 2


def fit(caption: Caption, connector: str, language: str) -> tuple[int, int]:
    """Smaller fits better. `de` fits somebody who reads `de-AT`, after a caption in just that."""
    return by_language(caption, language), 0 if caption.connector == connector else 1


def story_or_none(pk: Any) -> Story | None:
    people = ("topic", "campaign", "audience", "feed", "created_by", "submitted_by", "approved_by", "edited_by")
    rows = Story.objects.select_related(*people).prefetch_related("captions__given_by", "attachments")
    return rows.filter(pk=pk).first()
