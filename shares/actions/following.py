"""The quiet line: once, two hours after a post is up, with its address. Off with a tap."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import queries as accounts
from notifications import actions as notifications
from notifications.queries import not_at_all
from shares.actions.digests import offer_digest, offer_words
from shares.models import Share, Told

AFTER = timedelta(hours=2)
AT_ALL = timedelta(days=1)  # whoever is back later has seen it
BATCH = 500


def tell_what_is_up(*, at: datetime) -> int:
    """Only of posts that are still up as far as we know, and only to who wants to hear it."""
    told = Told.objects.filter(share=OuterRef("pk"), kind=Told.UP)
    ripe = Share.objects.filter(state="published", published_at__lte=at - AFTER, published_at__gt=at - AFTER - AT_ALL)
    wanted = ripe.exclude(post_url="").exclude(not_at_all("up")).exclude(story__state="withdrawn")
    shares = wanted.filter(member__is_active=True).exclude(Exists(told)).select_related("member", "story")
    return sum(_tell(share, at) for share in shares.order_by("-published_at")[:BATCH])


def _tell(share: Share, at: datetime) -> bool:
    member = share.member
    with transaction.atomic(), override(member.language):
        _row, first = Told.objects.get_or_create(share=share, kind=Told.UP, defaults={"at": at})
        if not first:
            return False
        platform = accounts.connectors()[share.connector].name
        text = _("Your post on %(platform)s is up: see who answered.") % {"platform": platform}
        more = f"“{share.story.title}”\n{share.post_url}"
        notifications.tell(member=member, kind="share.up", text=text, url=f"/shares/{share.pk}/", at=at, more=more)
        if offer_digest(member=member, at=at):
            url = reverse("accounts:messages") + "#digest"
            notifications.tell(member=member, kind="other.digest", text=offer_words(), url=url, at=at)
    return True
