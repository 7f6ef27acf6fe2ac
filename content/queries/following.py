"""Topics, and who follows them: each member is told of their own alone."""

from django.db.models import QuerySet

from accounts.models import User
from content.models import Following, Topic


def followed_topics(member: User) -> set[int]:
    return set(Following.objects.filter(member=member).values_list("topic", flat=True))


def topics() -> QuerySet[Topic]:
    return Topic.objects.order_by("name")
