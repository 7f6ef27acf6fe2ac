"""What makes the page of today differ from person to person: topics they follow, and how each story goes."""

from datetime import datetime, timedelta

from advocacy.demo.chance import dice
from advocacy.demo.people import Person
from content.actions import find_new_words
from content.models import Following, Topic
from shares.actions import count_tallies

EVERY_STORY = 1_000


def make_followings(seed: str, people: list[Person], topics: dict[str, Topic], at: datetime) -> None:
    """Those who share follow what they share about; most others have chosen nothing."""
    rows = []
    for person in people:
        keys = [key for key in person.topics if key in topics]
        if (
            person.user.is_active
            and keys
            and dice(seed, "follows", person.key).random() < (0.7 if person.rate else 0.2)
        ):
            since = person.user.joined_at + timedelta(days=3)
            rows += [Following(member=person.user, topic=topics[key], since=min(since, at)) for key in keys[:2]]
    Following.objects.bulk_create(rows)


def count_stories(at: datetime) -> None:
    """As the tasks do, once stories and clicks are there."""
    count_tallies(at=at, limit=EVERY_STORY)
    find_new_words(limit=EVERY_STORY)
