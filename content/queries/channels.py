"""The channels in Slack and Microsoft Teams, and what each of them has still to hear of."""

from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet

from content.models import Channel, Story

# What went live longer ago is no news, whatever held it up.
NEWS_FOR = timedelta(days=2)


def channels() -> QuerySet[Channel]:
    """For the page: with how many stories wait, and when the last one was told."""
    return (
        Channel.objects.select_related("hook", "team", "topic")
        .annotate(
            waiting=Count("hook__messages", filter=Q(hook__messages__state__in=["waiting", "going"])),
            told=Count("hook__messages", filter=Q(hook__messages__state="gone")),
            told_at=Max("hook__messages__state_at", filter=Q(hook__messages__state="gone")),
        )
        .order_by("hook__made_at", "pk")
    )


def is_for_channels(story: Story) -> bool:
    """A closed story is for people we know by name, and a channel may be read by anybody."""
    return story.state == "live" and story.audience_id is None


def stories_to_tell(channel: Channel, at: datetime) -> list[int]:
    """Stories that went live since the channel is here, and that it does not know of."""
    since = max(channel.hook.since, at - NEWS_FOR)
    stories = Story.objects.filter(state="live", audience=None, live_at__gt=since, live_at__lte=at)
    if channel.topic_id:
        stories = stories.filter(topic=channel.topic_id)
    found = list(stories.order_by("live_at", "pk").values_list("pk", flat=True))
    abouts = [about_of(pk) for pk in found]
    known = set(channel.hook.messages.filter(about__in=abouts).values_list("about", flat=True)) if found else set()
    return [pk for pk in found if about_of(pk) not in known]


def about_of(story_id: int) -> str:
    return f"story:{story_id}"


def story_of(about: str) -> int:
    return int(about.removeprefix("story:"))
