"""Reads other apps rely on: live stories, the captions offered to a member, the disclosure of a country."""

from dataclasses import dataclass
from zlib import crc32

from django.db.models import QuerySet

from accounts import queries as accounts
from accounts.models import User
from content.models import Caption, Disclosure, Story

OFFERED = 4


@dataclass(frozen=True)
class DisclosureLine:
    text: str
    before: bool


def live_stories(member: User) -> QuerySet[Story]:
    return Story.objects.filter(state="live").select_related("topic").order_by("-live_at")


def offered_captions(story: Story, *, member: User) -> list[Caption]:
    """A few captions, the member's language first, each member starting from a different one."""
    captions = list(story.captions.order_by("pk"))
    turn = crc32(f"{story.pk}:{member.pk}".encode()) % len(captions) if captions else 0
    turned = captions[turn:] + captions[:turn]
    return sorted(turned, key=lambda caption: caption.language != member.language)[:OFFERED]


def is_caption(story: Story, words: str) -> bool:
    return any(caption.text.strip() == words.strip() for caption in story.captions.all())


def disclosure(country: str) -> DisclosureLine:
    row = Disclosure.objects.filter(country=country).first()
    name = accounts.organisation().name
    if row:
        return DisclosureLine(row.text, row.before)
    if country in ("DE", "AT"):
        return DisclosureLine(f"Anzeige · Ich arbeite bei {name}.", True)
    return DisclosureLine(f"I work at {name}.", True)
