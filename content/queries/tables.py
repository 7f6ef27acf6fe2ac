"""Stories as a table, to take along."""

from collections.abc import Iterator

from accounts.models import User
from content.models import Story
from core import zones

HEAD = (
    "title", "kind", "address", "summary", "language", "topic", "goes live", "ends", "words 1", "words 2", "words 3",
    "words 4", "words 5", "state", "live since",
)  # fmt: skip
SUGGESTIONS = 5


def story_rows(member: User) -> Iterator[list[object]]:
    """Every story, newest first, times in the zone of whoever takes them along. No figures of any platform."""
    yield list(HEAD)
    stories = Story.objects.select_related("topic").prefetch_related("captions").order_by("-pk")
    for story in stories.iterator(chunk_size=500):
        texts = [caption.text for caption in story.captions.all()][:SUGGESTIONS]
        times = (story.live_from, story.expires_at, story.live_at)
        begins, ends, live = (f"{zones.to_local(at, member.time_zone):%Y-%m-%d %H:%M}" if at else "" for at in times)
        topic = story.topic.name if story.topic else ""
        yield [
            story.title, story.kind, story.url, story.summary, story.language, topic, begins, ends,
            *texts, *[""] * (SUGGESTIONS - len(texts)), story.state, live,
        ]  # fmt: skip
