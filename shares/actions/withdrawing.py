"""Posts that are out when their story is withdrawn: each member is asked once, or, in a regulated firm, told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts import queries as accounts
from content.models import Story
from core.flow import ForbiddenMove, LostRace
from notifications import actions as notifications
from shares import gates
from shares.actions.deleting import begin_deleting, can_delete
from shares.actions.ending import place_of
from shares.models import Share, Told

BATCH = 500
LOOK_BACK = timedelta(days=30)  # an answer that was lost may show a post that late


def still_up(at: datetime) -> QuerySet[Share]:
    """Posts of stories withdrawn lately, those put there by hand too."""
    withdrawn = Story.objects.filter(state="withdrawn", state_at__gt=at - LOOK_BACK)
    return Share.objects.filter(story__in=withdrawn, state__in=["published", "said_posted"], member__is_active=True)


def speak_of_withdrawn(*, at: datetime) -> int:
    """Ask each member once whether to delete what is out; in a regulated firm delete it at once and say so."""
    unsaid = still_up(at).exclude(Exists(Told.objects.filter(share=OuterRef("pk"), kind=Told.WITHDRAWN)))
    shares = unsaid.select_related("member", "story", "account").order_by("member", "story", "pk")[:BATCH]
    regulated = accounts.organisation().regulated
    return sum(
        _speak(list(same), regulated, at)
        for _key, same in groupby(shares, lambda share: (share.member_id, share.story_id))
    )


def _speak(shares: Sequence[Share], regulated: bool, at: datetime) -> int:
    with transaction.atomic():
        # Two workers: whoever writes the row says it.
        told = [Told(share=share, kind=Told.WITHDRAWN, at=at) for share in shares]
        Told.objects.bulk_create(told, ignore_conflicts=True)
        mine = set(Told.objects.filter(share__in=shares, kind=Told.WITHDRAWN, at=at).values_list("share", flat=True))
        # One of these may have come up meanwhile, and been told by nobody: it is not left out with the others.
        shares = [share for share in shares if share.pk in mine]
        if not shares:
            return 0
        being_deleted = [share for share in shares if regulated and _deletes(share, at)]
        member, story = shares[0].member, shares[0].story
        # What was planned has ended a moment ago and was told then: it is one event, so it becomes one line.
        ended = notifications.settle_notices(member=member, url=place_of(shares[0]), at=at)
        with override(member.language):
            parts = [_why(story), _("What you had planned of it was not posted.") if ended else ""]
            text = " ".join(filter(None, [*parts, _what_now(shares, being_deleted)]))
        notifications.tell(member=member, kind="share.withdrawn", text=text, url=place_of(shares[0]), at=at)
    return len(shares)


def _deletes(share: Share, at: datetime) -> bool:
    if not can_delete(share):
        return False
    try:
        begin_deleting(share, actor=None, at=at)
    except (LostRace, ForbiddenMove):
        return False
    return True


def _why(story: Story) -> str:
    return gates.withdrawn_sentence(story, _("“%(title)s” was withdrawn.") % {"title": story.title})


def _what_now(shares: Sequence[Share], being_deleted: Sequence[Share]) -> str:
    left = len(shares) - len(being_deleted)
    sentences = []
    if being_deleted:
        sentences.append(_("Your post of it is being deleted, as your firm’s rules ask."))
    if left:
        sentences.append(
            ngettext(
                "Your post of it is still up: you can delete it with one tap, if you like.",
                "%(n)s posts of yours are still up: you can delete each with one tap, if you like.",
                left,
            )
            % {"n": left}
            if not being_deleted and all(can_delete(share) for share in shares)
            else _("What we cannot delete for you, you can delete there yourself.")
        )
    return " ".join(sentences)
