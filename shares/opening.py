"""Links of mails that open a composer and never sign anybody in: whose words to offer is signed into the address."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from accounts.models import User
from content.models import Caption, Story
from shares.queries.offers import offer_of

SALT = "shares.opening"
LASTS = timedelta(days=21)


class NotOpen(Exception):
    """The address is forged, cut off or too old, or its story is no longer there to be shared."""


@dataclass(frozen=True)
class Opened:
    story: Story
    member: User

    def caption(self, at: datetime) -> Caption | None:
        """What their composer would open with. Nothing is kept for them yet: looking changes nothing."""
        linked = self.member.linked_accounts.filter(state="healthy").values_list("connector", flat=True)
        offer = offer_of(self.member, self.story, linked, at=at)
        return next(iter(offer.opens_with), None)


def is_open(story: Story) -> bool:
    """For everybody here, so that its title and words may be read by whoever holds the mail."""
    return story.audience_id is None


def address(story: Story, member: User, at: datetime) -> str:
    """Of a closed story nothing is shown without a session: its link leads to the sign-in."""
    if not is_open(story):
        return settings.BASE_URL + reverse("shares:compose", args=[story.pk])
    token = Signer(salt=SALT).sign(f"{story.pk}.{member.pk}.{int(at.timestamp())}").replace(":", "~")
    return settings.BASE_URL + reverse("shares:opened", args=[token])


def read(token: str, at: datetime) -> Opened:
    """NotOpen unless it is ours, in time, and the story is live and open."""
    try:
        story_id, member_id, seconds = map(int, Signer(salt=SALT).unsign(token.replace("~", ":")).split("."))
    except (BadSignature, ValueError):
        raise NotOpen from None
    if datetime.fromtimestamp(seconds, UTC) + LASTS <= at:
        raise NotOpen
    story = Story.objects.select_related("topic").prefetch_related("captions").filter(pk=story_id, state="live").first()
    member = User.objects.filter(pk=member_id, is_active=True).first()
    if story is None or member is None or not is_open(story):
        raise NotOpen
    return Opened(story, member)
