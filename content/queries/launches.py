"""Whom a launch is for, what they are told, and how far it is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from audiences import queries as audiences
from audiences.terms import Terms, cleaned, everybody, is_everybody
from content.models import Campaign, Launch, Story
from notifications.actions import Said
from notifications.kinds import BY_KEY, MAIL, Topic
from notifications.models import Delivery, HookMessage, Mail
from notifications.payloads import Item, Words

UNDER_WAY = ("waiting", "going")


def stories_of(launch: Launch) -> QuerySet[Story]:
    """What it tells of, as far as that is live now."""
    live = Story.objects.filter(state="live").select_related("audience")
    if launch.story_id:
        return live.filter(pk=launch.story_id)
    return live.filter(campaign=launch.campaign_id).order_by("-live_at")


def terms_of(launch: Launch) -> list[Terms]:
    """Whoever meets one of these is told: somebody for whom one of its stories is. Empty where none is live."""
    found = [cleaned(story.audience.terms) if story.audience else everybody() for story in stories_of(launch)]
    open_to_all = [terms for terms in found if is_everybody(terms)]
    return open_to_all[:1] or [terms for place, terms in enumerate(found) if terms not in found[:place]]


def people_of(launch: Launch) -> QuerySet[User]:
    parts = [audiences.members_of(terms) for terms in terms_of(launch)]
    return reduce(or_, parts) if parts else User.objects.none()


def unmeant_deliveries(rows: Sequence[Delivery], at: datetime) -> dict[int, str]:
    """Of messages of launches: whose member has left those it is for since it was written, or
    what is over."""
    launches = Launch.objects.select_related("campaign", "story")
    numbers = {number_of(row.about) for row in rows if row.about.startswith("launch:")}
    known = {launch.about: launch for launch in launches.filter(pk__in=numbers)}
    found: dict[int, str] = {}
    for about, launch in known.items():
        of_it = [row for row in rows if row.about == about]
        if is_over(launch, at):
            found |= dict.fromkeys([row.pk for row in of_it], "stopped")
            continue
        members = people_of(launch).filter(pk__in=[row.member_id for row in of_it])
        still = set(members.values_list("pk", flat=True))
        found |= {row.pk: "left" for row in of_it if row.member_id not in still}
    return found


def number_of(about: str) -> int:
    return int(about.removeprefix("launch:"))


def is_over(launch: Launch, at: datetime) -> bool:
    """Whether there is nothing to tell any more."""
    if launch.campaign and launch.campaign.state != "open":
        return True
    if launch.story and (launch.story.urgent_until is None or launch.story.urgent_until <= at):
        return True
    return not stories_of(launch).exists()


def launches_that_are_over(at: datetime) -> QuerySet[Launch]:
    """Those whose campaign or story has ended, as far as they have not ended with it."""
    live = Story.objects.filter(state="live")
    of_campaign = Q(campaign__state="open") & Exists(live.filter(campaign=OuterRef("campaign")))
    of_story = Q(story__state="live", story__urgent_until__gt=at)
    rows = Launch.objects.exclude(state="stopped", reason="over").exclude(of_campaign | of_story)
    return rows.select_related("campaign", "story").order_by("pk")


def kind_of(launch: Launch) -> str:
    return "launch.story" if launch.story_id else "launch.campaign"


def topic_of(launch: Launch) -> Topic:
    return BY_KEY["urgent" if launch.story_id else "launch"]


def address_of(launch: Launch) -> str:
    if launch.campaign_id:
        return reverse("shares:campaign", args=[launch.campaign_id])
    assert launch.story
    return reverse("shares:compose" if launch.story.is_for_sharing else "shares:story", args=[launch.story_id])


def said_in(launch: Launch, language: str) -> Said:
    """The same to everybody, whatever they have shared or not."""
    with override(language):
        voluntary = _("Taking part is voluntary.")
        if launch.campaign:
            text = _("“%(name)s” begins: stories to pass on, if you like.") % {"name": launch.campaign.name}
            return Said(text, "\n\n".join(filter(None, [launch.campaign.goal, voluntary])))
        assert launch.story
        text = _("Wanted soon: “%(title)s”") % {"title": launch.story.title}
        return Said(text, "\n\n".join(filter(None, [launch.story.summary, voluntary])))


def tells_channels(launch: Launch) -> bool:
    """Channels hear of a campaign that has a story for everybody; of an urgent story they hear as of every other."""
    return launch.campaign_id is not None and any(map(is_everybody, terms_of(launch)))


def launch_words(launch: Launch, language: str) -> Words:
    """For channels in Slack and Microsoft Teams."""
    assert launch.campaign
    with override(language):
        item = Item(
            launch.campaign.name, launch.campaign.goal, settings.BASE_URL + address_of(launch), _("Look at the stories")
        )
        return Words(_("A campaign begins"), (item,), _("Taking part is voluntary."), language)


@dataclass(frozen=True)
class Sent:
    """One way besides the page, in messages."""

    channel: str
    gone: int
    waiting: int
    dropped: list[tuple[str, int]]  # why, and how many

    @property
    def all(self) -> int:
        return self.gone + self.waiting + sum(number for _reason, number in self.dropped)


@dataclass(frozen=True)
class LaunchProgress:
    """In people, but for `sent`."""

    told: int
    left: int
    skipped: list[tuple[str, int]]
    sent: list[Sent]

    @property
    def done(self) -> int:
        return self.told + sum(number for _reason, number in self.skipped)

    @property
    def all(self) -> int:
        return self.done + self.left


def launch_progress(launch: Launch) -> LaunchProgress:
    """Three questions, whatever the number of people."""
    rows = launch.told.order_by().values_list("state", "reason").annotate(number=Count("pk"))
    states: Counter[str] = Counter()
    skipped: Counter[str] = Counter()
    for state, reason, number in rows:
        states[state] += number
        skipped[reason] += number if state == "skipped" else 0
    return LaunchProgress(states["told"], states["waiting"], _most_first(skipped), _sent(launch))


def _sent(launch: Launch) -> list[Sent]:
    """A delivery is gone when its mail is written; that mail may still wait for the mail server, or come to nothing."""
    mails = Mail.objects.filter(about=launch.about, state__in=["queued", "sending", "failed"]).order_by()
    unsent = dict(mails.values_list("state").annotate(number=Count("pk")))
    failed = unsent.pop("failed", 0)
    rows = Delivery.objects.filter(about=launch.about).order_by()
    counted: dict[str, list[tuple[str, str, int]]] = {}
    for channel, state, reason, number in rows.values_list("channel", "state", "reason").annotate(number=Count("pk")):
        counted.setdefault(channel, []).append((state, reason, number))
    found = []
    for channel, several in sorted(counted.items()):
        gone = sum(number for state, _reason, number in several if state == "gone")
        waiting = sum(number for state, _reason, number in several if state in UNDER_WAY)
        dropped = Counter({reason: number for state, reason, number in several if state == "dropped"})
        if channel == MAIL:
            on_their_way = sum(unsent.values())
            gone, waiting = gone - on_their_way - failed, waiting + on_their_way
            dropped["failed"] += failed
        found.append(Sent(channel, gone, waiting, _most_first(dropped)))
    return found


def is_taken_back(launch: Launch) -> bool:
    """Whether a message of it was taken back, which can go after all."""
    return any(
        model.objects.filter(about=launch.about, state="dropped", reason="stopped").exists()
        for model in (Delivery, HookMessage)
    )


def _most_first(counted: Counter[str]) -> list[tuple[str, int]]:
    return [(reason, number) for reason, number in counted.most_common() if number]


def not_launched_yet(campaign: Campaign) -> Launch:
    """What a launch of it would be; no row."""
    return Launch(campaign=campaign)


def launch_of(one: Any) -> Launch | None:
    """Of a campaign or a story."""
    return Launch.objects.filter(**{one._meta.model_name: one}).first()
