"""Three stories picked for each member who asked for them, at their own hour. Built in batches: one transaction picks,
writes the mails and says when the next is due, so that a run that dies is simply begun again."""

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
from notifications.queries import has, next_digest, sent_today
from shares import opening, queries
from shares.models import Digest, Share

BATCH = 200
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


def send_digests(*, at: datetime) -> int:
    """One batch of those that are due; how many were looked at, 0 when none is. Two workers share the work."""
    with transaction.atomic():
        due = Wishes.objects.filter(digest_due_at__lte=at).order_by("digest_due_at")
        wishes = list(due.select_for_update(skip_locked=True)[:BATCH])
        members = User.objects.in_bulk([one.pk for one in wishes])
        built = [made for one in wishes if (made := build(one, members[one.pk], at))]
        Digest.objects.bulk_create([digest for digest, _mails, _rows in built])
        Mail.objects.bulk_create([mail for _digest, mails, _rows in built for mail in mails])
        Delivery.objects.bulk_create([row for _digest, _mails, rows in built for row in rows])
        for one in wishes:
            one.digest_due_at = later(one, members[one.pk], at)
        Wishes.objects.bulk_update(wishes, ["digest_due_at"])
    if built:
        wake.ring_after_commit("notifications.tasks.send_mails")
    return len(wishes)


def later(wishes: Wishes, member: User, at: datetime) -> datetime | None:
    """When the next is due; None for somebody who has left."""
    return next_digest(wishes, member, at) if member.is_active else None


def build(wishes: Wishes, member: User, at: datetime) -> tuple[Digest, list[Mail], list[Delivery]] | None:
    """What one member gets now, or None."""
    due_at = wishes.digest_due_at
    assert due_at
    day = zones.to_local(due_at, member.time_zone).date()
    if not may_be_told(wishes, member, due_at, at) or Digest.objects.filter(member=member, day=day).exists():
        return None
    with override(member.language):
        return written(wishes, member, day, at)


def may_be_told(wishes: Wishes, member: User, due_at: datetime, at: datetime) -> bool:
    if not member.is_active or at > due_at + LATE or (wishes.paused_until and at < wishes.paused_until):
        return False
    if member.working_hours and next_working(member.working_hours, member.time_zone, at) != at:
        return False
    return wishes.most_a_day is None or sent_today(member, at) < wishes.most_a_day


def written(wishes: Wishes, member: User, day: date, at: datetime) -> tuple[Digest, list[Mail], list[Delivery]] | None:
    by_mail = bool(member.email) and has(wishes, "digest", MAIL)
    by_push = has(wishes, "digest", PUSH) and PushAddress.objects.filter(member=member, state="open").exists()
    picked = pick(member, at) if by_mail or by_push else []
    if not picked:
        return None
    digest = Digest(member=member, day=day, stories=[one.story.pk for one in picked], at=at)
    said = {"member_id": member.pk, "kind": KIND, "subject": one_line(picked[0].story.title), "created_at": at}
    mails = [letter(member, picked, at)] if by_mail else []
    rows = [Delivery(**said, channel=MAIL, due_at=at, state="gone", state_at=at)] if by_mail else []
    if by_push and any(opening.is_open(one.story) for one in picked):
        first = next(one for one in picked if opening.is_open(one.story))
        url = reverse("shares:compose", args=[first.story.pk])
        said["subject"] = one_line(first.story.title)
        rows.append(Delivery(**said, channel=PUSH, url=url, due_at=at, until=at + LATE, state="waiting", state_at=at))
    return digest, mails, rows


def pick(member: User, at: datetime) -> list[Picked]:
    """What the feed would show first, without what the member has told already or was sent in the last fortnight."""
    cards = queries.today(member, at=at, limit=AMONG)
    sent = Digest.objects.filter(member=member, at__gt=at - NOT_AGAIN).values_list("stories", flat=True)
    told = Share.objects.filter(member=member, story__in=[card.story.pk for card in cards])
    known = {story for stories in sent for story in stories} | set(told.values_list("story", flat=True))
    fresh = [card for card in cards if card.story.pk not in known and card.share_url]
    return [Picked(card.story, card.why, opening.address(card.story, member, at)) for card in fresh[:STORIES]]


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
