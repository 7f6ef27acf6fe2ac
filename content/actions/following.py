"""Which topics somebody likes to hear of: one at a time from a card, or all of them on one page."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from content.models import Following, Topic


def follow_topic(*, actor: User, topic: Topic, at: datetime) -> None:
    """Twice is once."""
    Following.objects.get_or_create(member=actor, topic=topic, defaults={"since": at})


def unfollow_topic(*, actor: User, topic: Topic) -> None:
    Following.objects.filter(member=actor, topic=topic).delete()


def choose_topics(*, actor: User, topics: Iterable[Topic], at: datetime) -> None:
    """These and no others; those followed before keep their day."""
    wanted = list(topics)
    with transaction.atomic():
        Following.objects.filter(member=actor).exclude(topic__in=wanted).delete()
        rows = [Following(member=actor, topic=topic, since=at) for topic in wanted]
        Following.objects.bulk_create(rows, ignore_conflicts=True)
