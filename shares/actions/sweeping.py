"""What nobody sends and somebody has to look at again: lost answers, ended leases, gates that open or close."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import wake
from core.flow import LostRace, move
from shares import gates
from shares.actions.ending import end_unsent
from shares.models import Share

HANDED_OUT = 32  # about twice the threads of one worker
RING_LEASE = timedelta(seconds=30)
BATCH = 500


def ring_settling(*, at: datetime) -> int:
    """Ring for what is uncertain or being deleted and due to be looked at again."""
    rows = Share.objects.filter(state__in=["uncertain", "deleting"], due_at__lte=at)
    rows = rows.filter(Q(rung_until=None) | Q(rung_until__lte=at)).order_by("due_at")
    ids = list(rows.values_list("pk", flat=True)[:HANDED_OUT])
    Share.objects.filter(pk__in=ids).update(rung_until=at + RING_LEASE)
    for share_id in ids:
        wake.ring("shares.tasks.settle_one", share_id)
    return len(ids)


def end_leases(*, at: datetime) -> int:
    """A share stuck in sending beyond its attempt's lease becomes uncertain, never scheduled."""
    stuck = Share.objects.filter(state="sending", due_at__lte=at)
    return sum(_try_move(share, "uncertain", at, due_at=at, rung_until=None) for share in stuck[:BATCH])


def release_held(*, at: datetime) -> int:
    """What waited goes on when its gate opens, or ends with its reason when its time is over. What waits for its owner
    only ends: nothing goes out by itself after a pause."""
    moved = 0
    for share in Share.objects.filter(state="held", due_at__lte=at).select_related("member", "story", "account")[
        :BATCH
    ]:
        if share.held_for:
            moved += _try_end(share, at, _over(share))
            continue
        # The wait was ours to impose, so the time it took does not count as lateness.
        share.cut_off_at = max(share.cut_off_at, at)
        answer = gates.ask(share, at)
        if answer.verdict is gates.Verdict.YES:
            moved += _try_move(
                share, "scheduled", at, reason="", due_at=at, rung_until=None, cut_off_at=at + RING_LEASE * 10
            )
        elif answer.verdict is gates.Verdict.NO or (share.held_until and share.held_until <= at):
            moved += _try_end(share, at, answer.sentence)
        else:
            Share.objects.filter(pk=share.pk, state="held").update(due_at=at + RING_LEASE)
    return moved


def _over(share: Share) -> str:
    with override(share.member.language):
        return _("It waited a week after the pause and was then let go. You can share the story again.")


def cancel_orphans(*, at: datetime) -> int:
    """End what is planned for a story that was withdrawn, an account unlinked or a member who left."""
    orphans = Share.objects.filter(state__in=["scheduled", "retrying", "held"]).filter(
        Q(story__state__in=["withdrawn", "expired"]) | Q(account__state="unlinked") | Q(member__is_active=False)
    )
    moved = 0
    for share in orphans.select_related("member", "story", "account")[:BATCH]:
        moved += _try_end(share, at, gates.ask(share, at).sentence)
    return moved


def _try_end(share: Share, at: datetime, sentence: str) -> bool:
    try:
        end_unsent(share, at=at, sentence=sentence)
    except LostRace:
        return False
    return True


def _try_move(share: Share, to: str, at: datetime, **changes: object) -> bool:
    try:
        move(share, to, at=at, **changes)
    except LostRace:
        return False
    return True
