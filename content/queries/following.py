"""Topics, and who follows them: each member is told of their own alone."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from accounts.models import User
from content.models import Following, Topic


def followed_topics(member: User) -> set[int]:
    return followed_by([member.pk])[member.pk]


def followed_by(members: Iterable[int]) -> dict[int, set[int]]:
    """The topics each of these members follows, by their numbers, in one query."""
    found: dict[int, set[int]] = defaultdict(set)
    for member, topic in Following.objects.filter(member__in=members).values_list("member", "topic"):
        found[member].add(topic)
    return found


def topics() -> QuerySet[Topic]:
    return Topic.objects.order_by("name")
