"""Three stories picked for each member who asked for them, at their own hour. Built in batches: one transaction picks,
writes the mails and says when the next is due, so that a run that dies is simply begun again."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.models import User
from accounts.queries import organisation
from content.models import Story
from core import wake, zones
from core.hours import next_working
from notifications import mjml, stopping
from notifications.actions import one_line
from notifications.kinds import MAIL, PUSH
from notifications.models import Delivery, Mail, PushAddress, Wishes
from notifications.queries import has, next_digest, sent_today_of
from shares import opening, queries
from shares.models import Digest, Share
from shares.queries import FeedCard

BATCH = 400
STORIES = 3
AMONG = 15  # of so many the first that were not told, shown or closed already
LATE = timedelta(hours=4)  # a digest of the morning is none in the afternoon
NOT_AGAIN = timedelta(days=14)
KIND = "digest.stories"


@dataclass(frozen=True)
class Picked:
    """One story as the mail shows it."""

    story: Story
    why: str
    url: str

    @property
    def picture(self) -> str:
        return settings.BASE_URL + self.story.picture.url if self.story.picture and opening.is_open(self.story) else ""


@dataclass(frozen=True)
class Reader:
    """One member who is told now: of which of their days, and by what."""

    member: User
    day: date
    ways: list[str]


def send_digests(*, at: datetime) -> int:
    """One batch of those that are due; how many were looked at, 0 when none is. Two workers share the work."""
    with transaction.atomic():
        due = Wishes.objects.filter(digest_due_at__lte=at).order_by("digest_due_at")
        wishes = list(due.select_for_update(skip_locked=True)[:BATCH])
        members = User.objects.in_bulk([one.pk for one in wishes])
        built = build(readers(wishes, members, at), at)
        Digest.objects.bulk_create([digest for digest, _mails, _rows in built])
        Mail.objects.bulk_create([mail for _digest, mails, _rows in built for mail in mails])
        Delivery.objects.bulk_create([row for _digest, _mails, rows in built for row in rows])
        put_off(wishes, members, at)
    if built:
        wake.ring_after_commit("notifications.tasks.send_mails")
    return len(wishes)


def put_off(wishes: Iterable[Wishes], members: dict[int, User], at: datetime) -> None:
    """Until the next is due of each, most of them at the same time; never, for somebody who has left."""
    due: dict[datetime | None, list[int]] = defaultdict(list)
    for one in wishes:
        due[next_digest(one, members[one.pk], at) if members[one.pk].is_active else None].append(one.pk)
    for when, several in due.items():
        Wishes.objects.filter(pk__in=several).update(digest_due_at=when)


def readers(wishes: Iterable[Wishes], members: dict[int, User], at: datetime) -> list[Reader]:
    """Who of them may be told now, has a way to be told, and was not told on that day already."""
    told = set(Digest.objects.filter(member__in=members, at__gt=at - NOT_AGAIN).values_list("member", "day"))
    pushed = set(PushAddress.objects.filter(member__in=members, state="open").values_list("member", flat=True))
    sent = sent_today_of([members[one.pk] for one in wishes if one.most_a_day is not None], at)
    found = []
    for one in wishes:
        member = members[one.pk]
        assert one.digest_due_at
        day = zones.to_local(one.digest_due_at, member.time_zone).date()
        has_way = {MAIL: bool(member.email), PUSH: member.pk in pushed}
        ways = [way for way, there in has_way.items() if there and has(one, "digest", way)]
        has_enough = one.most_a_day is not None and sent.get(member.pk, 0) >= one.most_a_day
        if ways and may_be_told(one, member, at) and not has_enough and (member.pk, day) not in told:
            found.append(Reader(member, day, ways))
    return found


def may_be_told(wishes: Wishes, member: User, at: datetime) -> bool:
    if not member.is_active or not wishes.digest_due_at or at > wishes.digest_due_at + LATE:
        return False
    if wishes.paused_until and at < wishes.paused_until:
        return False
    return not member.working_hours or next_working(member.working_hours, member.time_zone, at) == at


Built = tuple[Digest, list[Mail], list[Delivery]]


def build(found: list[Reader], at: datetime) -> list[Built]:
    """What each of them gets; nothing where there is nothing new."""
    cards = fresh_cards([one.member for one in found], at)
    built = []
    for reader in found:
        with override(reader.member.language):
            picked = [Picked(one.story, one.why, opening.address(one.story, reader.member, at))
                      for one in cards[reader.member.pk][:STORIES]]  # fmt: skip
            if picked:
                built.append(written(reader, picked, at))
    return built


def fresh_cards(members: list[User], at: datetime) -> dict[int, list[FeedCard]]:
    """What the feed would show each of them first, without what they have told already or were sent in the last
    fortnight."""
    cards = queries.today_of_each(members, at=at, limit=AMONG)
    known: dict[int, set[int]] = {member: set() for member in cards}
    for member, stories in Digest.objects.filter(member__in=cards, at__gt=at - NOT_AGAIN).values_list(
        "member", "stories"
    ):
        known[member].update(stories)
    shown = {card.story.pk for mine in cards.values() for card in mine}
    for member, story in Share.objects.filter(member__in=cards, story__in=shown).values_list("member", "story"):
        known[member].add(story)
    return {
        member: [card for card in mine if card.story.pk not in known[member] and card.story.is_for_sharing]
        for member, mine in cards.items()
    }


def written(reader: Reader, picked: list[Picked], at: datetime) -> Built:
    """A push leads to an open story alone: its title stands on a locked screen."""
    member, opens = reader.member, next((one for one in picked if opening.is_open(one.story)), None)
    said = {"member_id": member.pk, "kind": KIND, "due_at": at, "created_at": at, "state_at": at}
    mails, rows = [], []
    if MAIL in reader.ways:
        mails = [letter(member, picked, at)]
        rows = [Delivery(**said, channel=MAIL, subject=one_line(picked[0].story.title), state="gone")]
    if PUSH in reader.ways and opens:
        url = reverse("shares:compose", args=[opens.story.pk])
        title = one_line(opens.story.title)
        rows.append(Delivery(**said, channel=PUSH, subject=title, url=url, until=at + LATE, state="waiting"))
    digest = Digest(member=member, day=reader.day, stories=[one.story.pk for one in picked], at=at)
    return digest, mails, rows


def letter(member: User, picked: Iterable[Picked], at: datetime) -> Mail:
    picked, stop = list(picked), stopping.address(member, "digest")
    shown: dict[str, Any] = {
        "member": member, "stories": picked, "firm": organisation().name, "stop": stop,
        "choose": settings.BASE_URL + reverse("accounts:messages"),
    }  # fmt: skip
    count = ngettext("%(n)s story picked for you", "%(n)s stories picked for you", len(picked)) % {"n": len(picked)}
    return Mail(
        to=str(member.email), subject=one_line(f"{picked[0].story.title} · {count}"),
        text=render_to_string("emails/digest.txt", shown),
        html=mjml.to_html(render_to_string("emails/digest.mjml", shown), language=member.language),
        headers=stopping.headers(stop), bulk=True, created_at=at, due_at=at, state="queued", state_at=at,
    )  # fmt: skip


def offer_digest(*, member: User, at: datetime) -> bool:
    """Said once in a member's life with us, after a first post: whoever does not answer is not asked again."""
    wishes, _made = Wishes.objects.get_or_create(member_id=member.pk)
    unsaid = Wishes.objects.filter(pk=wishes.pk, digest="", digest_offered_at=None)
    return bool(unsaid.update(digest_offered_at=at))


def offer_words() -> str:
    return _("Would you like a few stories by e-mail, at an hour of your own? Only if you choose so.")
