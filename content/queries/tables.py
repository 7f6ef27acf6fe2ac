"""Stories as a table, to take along, and what its columns are called when it is brought back."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from audiences import queries as audiences
from audiences.sentences import sentence
from audiences.terms import cleaned
from content.models import Caption, Story
from content.queries.lengths import platform_names
from core import zones

OF_STORY = (
    "title", "kind", "address", "summary", "language", "topic", "campaign", "campaign word", "audience", "rewarded",
    "goes live", "ends", "stands first until", "urgent until", "picture rights", "picture licence",
)  # fmt: skip
# After the words of each suggestion: "words 1", "words 1 language" and so on.
OF_WORDS = ("", "language", "platform", "locked", "for makers", "comment")
LEFT_OUT = "words left out"
AFTERWARDS = ("state", "live since")  # what nobody can bring in
# Columns for at least so many suggestions, and for at most so many: a program shows no more in one line.
USUAL, MOST = 5, 12
EVERYBODY, YES = "everybody", "yes"


def words_column(number: int, part: str = "") -> str:
    return f"words {number} {part}".strip()


def words_columns(most: int) -> list[str]:
    return [words_column(number, part) for number in range(1, most + 1) for part in OF_WORDS]


def story_rows(member: User) -> Iterator[list[object]]:
    """Every story, newest first, times in the zone of whoever takes them along. No figures of any platform."""
    counts = Story.objects.annotate(count=Count("captions")).aggregate(most=Max("count"))
    shown = min(MOST, max(USUAL, counts["most"] or 0))
    yield [*OF_STORY, *words_columns(shown), LEFT_OUT, *AFTERWARDS]
    names, platforms = lru_cache(maxsize=1)(audiences.names), platform_names()
    in_order = Prefetch("captions", queryset=Caption.objects.order_by("pk"))
    stories = Story.objects.select_related("topic", "campaign", "audience").prefetch_related(in_order).order_by("-pk")
    for story in stories.iterator(chunk_size=500):
        captions = list(story.captions.all())
        said = [cell for one in captions[:shown] for cell in _of_words(one, platforms)]
        empty = [""] * (len(OF_WORDS) * shown - len(said))
        more = len(captions) - shown
        left_out = ngettext("%(n)s more suggestion", "%(n)s more suggestions", more) % {"n": more} if more > 0 else ""
        ends = [story.state, _moment(story.live_at, member)]
        yield [*_of_story(story, member, names), *said, *empty, left_out, *ends]


def _of_story(story: Story, member: User, names: Callable[[], Any]) -> list[object]:
    times = (story.live_from, story.expires_at, story.pinned_until, story.urgent_until)
    return [
        story.title, story.kind, story.url, story.summary, story.language, story.topic or "", story.campaign or "",
        story.utm_campaign, _whom(story, names), YES if story.partnership else "",
        *(_moment(at, member) for at in times), story.picture_rights, story.picture_note,
    ]  # fmt: skip


def _whom(story: Story, names: Callable[[], Any]) -> str:
    """By its name; in words and in brackets where it has none, which nobody can bring in."""
    if story.audience is None:
        return EVERYBODY
    whom = sentence(cleaned(story.audience.terms), names()) if not story.audience.name else ""
    return story.audience.name or "(" + _("chosen for this story alone: %(whom)s") % {"whom": whom} + ")"


def _of_words(caption: Caption, platforms: dict[str, str]) -> list[str]:
    return [
        caption.text, caption.language, platforms.get(caption.connector, caption.connector),
        YES if caption.locked else "", YES if caption.for_makers else "", caption.first_comment,
    ]  # fmt: skip


def _moment(at: datetime | None, member: User) -> str:
    return f"{zones.to_local(at, member.time_zone):%Y-%m-%d %H:%M}" if at else ""
