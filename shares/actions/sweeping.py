"""What nobody sends and somebody has to look at again: lost answers, ended leases, gates that open or close."""

from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import wake
from core.flow import LostRace, move
from shares import gates
from shares.actions.ending import end_and_tell
from shares.actions.holding import go_on, hold_share
from shares.models import APPROVAL, MONEY, OWNER, PAUSE, Share

HANDED_OUT = 32  # about twice the threads of one worker
RING_LEASE = timedelta(seconds=30)
MONEY_LEASE = timedelta(minutes=5)  # thousands may wait for the same month's end
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
    only ends: nothing goes out by itself after a pause. What waits for an approval is looked after by `sweep_words`."""
    waiting = Share.objects.filter(state="held").exclude(held_for=APPROVAL)
    waiting = waiting.select_related("member", "story", "account")
    due = list(waiting.filter(due_at__lte=at)[:BATCH])
    # Somebody has just connected the account again: not in half a minute, but now.
    due += waiting.filter(held_for="", due_at__gt=at, account__linked_at__gt=F("state_at"))[:BATCH]
    moved = 0
    for share in due:
        if share.held_for in (PAUSE, OWNER):
            moved += _try_end(share, at, _over(share))
        else:
            moved += _ask_again(share, at)
    if moved:
        wake.ring_after_commit("shares.tasks.send")
    return moved


def _ask_again(share: Share, at: datetime) -> bool:
    # The wait was ours to impose, so the time it took is not what ends it.
    cut_off, share.cut_off_at = share.cut_off_at, max(share.cut_off_at, at)
    answer = gates.ask(share, at)
    share.cut_off_at = cut_off
    if answer.verdict is gates.Verdict.YES:
        return go_on(share, at)
    if answer.held_for == APPROVAL:
        return _try_hold(share, answer, at)
    if answer.verdict is gates.Verdict.NO or (share.held_until and share.held_until <= at):
        return _try_end(share, at, answer.sentence)
    Share.objects.filter(pk=share.pk, state="held").update(
        due_at=at + (MONEY_LEASE if share.held_for == MONEY else RING_LEASE)
    )
    return False


def _try_hold(share: Share, answer: gates.Answer, at: datetime) -> bool:
    try:
        hold_share(share, answer, at)
    except LostRace:
        return False
    return True


def _over(share: Share) -> str:
    with override(share.member.language):
        return _("It waited a week for you to decide and was then let go. You can share the story again.")


def end_late(*, at: datetime) -> int:
    """What could not go out before its cut-off, because a platform or an account pauses, say, ends with its reason
    then, and not when the pause is over."""
    late = Share.objects.filter(state__in=["scheduled", "retrying"], due_at__lte=at, cut_off_at__lt=at)
    return sum(
        _try_end(share, at, gates.ask(share, at).sentence)
        for share in late.select_related("member", "story", "account")[:BATCH]
        if gates.ask(share, at).verdict is gates.Verdict.NO
    )


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
        end_and_tell(share, at=at, sentence=sentence)
    except LostRace:
        return False
    return True


def _try_move(share: Share, to: str, at: datetime, **changes: object) -> bool:
    try:
        move(share, to, at=at, **changes)
    except LostRace:
        return False
    return True
