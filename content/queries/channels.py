"""The channels in Slack and Microsoft Teams, and what each of them has still to hear of."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from audiences.terms import cleaned, only_team
from content.models import Channel, Story
from notifications.models import Hook, HookMessage

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


def is_for_channel(story: Story, channel: Channel) -> bool:
    """A closed story is for people we know by name, and a channel may be read by anybody: only that of the very team
    it is for, and of nobody else, hears of it."""
    return story.state == "live" and _is_meant(story.audience.terms if story.audience else None, channel)


def _is_meant(terms: Any, channel: Channel) -> bool:
    return terms is None or (channel.team_id is not None and only_team(cleaned(terms)) == channel.team_id)


def stories_to_tell(at: datetime) -> list[tuple[Hook, list[int]]]:
    """For each open channel the stories that went live since it is here and that it does not know of; two questions
    while nothing is new, three else, whatever the number of channels."""
    recent = Story.objects.filter(state="live", live_at__gt=at - NEWS_FOR, live_at__lte=at)
    news = list(recent.order_by("live_at", "pk").values_list("pk", "topic", "live_at", "audience__terms"))
    channels = list(Channel.objects.filter(hook__state="open").select_related("hook")) if news else []
    if not channels:
        return []
    abouts = [about_of(pk) for pk, *_rest in news]
    known = set(HookMessage.objects.filter(about__in=abouts).values_list("hook", "about"))
    return [
        (
            channel.hook,
            [
                pk
                for pk, topic, live_at, terms in news
                if live_at
                and live_at > channel.hook.since
                and channel.topic_id in (None, topic)
                and _is_meant(terms, channel)
                and (channel.hook.pk, about_of(pk)) not in known
            ],
        )
        for channel in channels
    ]


def about_of(story_id: int) -> str:
    return f"story:{story_id}"


def story_of(about: str) -> int:
    return int(about.removeprefix("story:"))
