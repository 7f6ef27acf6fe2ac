"""What stories are found by. Kept when a story goes live; what came live another way is found by the task."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models import F, Q, Value

from content.models import Findable, Story, Topic

AT_ONCE = 200
MOST = 50_000  # characters of one story; PostgreSQL keeps at most a megabyte
# Languages whose endings PostgreSQL knows; words of others are found as they are written.
CONFIGS = {
    "ar": "arabic", "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french",
    "hu": "hungarian", "it": "italian", "nb": "norwegian", "nl": "dutch", "nn": "norwegian", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip


def config_of(language: str) -> str:
    return CONFIGS.get(language.partition("-")[0].lower(), "simple")


def make_findable(stories: Iterable[Story]) -> None:
    """Keep the words of these: a title weighs most, then topic and summary, then suggested words."""
    rows = [
        Findable(story=story, config=config_of(story.language), words=_words(story), edition=story.edition)
        for story in stories
    ]
    Findable.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["story"], update_fields=["config", "words", "edition"]
    )


def _words(story: Story) -> Any:
    config = config_of(story.language)
    topic = story.topic.name if story.topic else ""
    captions = "\n".join(caption.text for caption in story.captions.all())
    parts = {"A": story.title, "B": f"{topic}\n{story.summary}", "C": captions}
    vectors = [SearchVector(Value(text[:MOST]), config=config, weight=weight) for weight, text in parts.items()]
    return vectors[0] + vectors[1] + vectors[2]


def find_new_words(limit: int = AT_ONCE) -> int:
    """Live stories whose words were never kept, or were changed since. How many there were."""
    stale = Q(findable__isnull=True) | ~Q(findable__edition=F("edition"))
    stories = list(
        Story.objects.filter(stale, state="live").select_related("topic").prefetch_related("captions")[:limit]
    )
    if stories:
        make_findable(stories)
    return len(stories)


def forget_words_of(topic: Topic) -> None:
    """A topic has another name: its stories are read anew."""
    Findable.objects.filter(story__topic=topic).delete()
