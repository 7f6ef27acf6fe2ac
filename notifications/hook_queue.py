"""What channels are told, when it is due. One call tells a channel everything that waits for it; after a handful in a
day the rest waits for the next morning, and then goes out as one message."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from core import zones
from core.flow import LostRace, claim, move, move_all
from notifications import hooks
from notifications.models import Hook, HookMessage
from notifications.payloads import Words

MOST_A_DAY = 5
MORNING = time(8, 30)
AT_ONCE = 200
# Longer than one call may take.
LEASE = timedelta(minutes=5)
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720)]


def queue_messages(hook: Hook, abouts: Iterable[str], *, at: datetime) -> None:
    """Each is told once, however often it is asked for."""
    due_at = max(at, hook.quiet_until or at)
    fields = {"hook": hook, "state": "waiting", "state_at": at, "created_at": at, "due_at": due_at}
    HookMessage.objects.bulk_create((HookMessage(about=about, **fields) for about in abouts), ignore_conflicts=True)


def claim_messages(*, zone: str, at: datetime) -> tuple[Hook, list[HookMessage]] | None:
    """Everything that waits for one hook; None when nothing is due. Send it, or drop it, within the lease."""
    of_hook = HookMessage.objects.filter(hook=OuterRef("pk"))
    ready = Hook.objects.filter(Q(quiet_until=None) | Q(quiet_until__lte=at), state="open").filter(
        Exists(of_hook.filter(state="waiting", due_at__lte=at)), ~Exists(of_hook.filter(state="going"))
    )
    with transaction.atomic():
        hook = ready.order_by("pk").select_for_update(skip_locked=True).first()
        if hook is None:
            return None
        if told_today(hook, zone, at) >= MOST_A_DAY:
            keep_quiet(hook, next_morning(zone, at))
            return hook, []
        due = HookMessage.objects.filter(hook=hook, due_at__lte=at).order_by("due_at", "pk")
        return hook, claim(due, "going", at=at, limit=AT_ONCE, due_at=at + LEASE)


def told_today(hook: Hook, zone: str, at: datetime) -> int:
    """How many messages; several stories in one of them moved at the same moment."""
    midnight = zones.to_utc(datetime.combine(zones.to_local(at, zone).date(), time()), zone).at
    sent = hook.messages.filter(state__in=["gone", "unsure"], state_at__gte=midnight)
    return sent.order_by().values("state_at").distinct().count()


def next_morning(zone: str, at: datetime) -> datetime:
    tomorrow = zones.to_local(at, zone).date() + timedelta(days=1)
    return zones.to_utc(datetime.combine(tomorrow, MORNING), zone).at


def send_messages(hook: Hook, rows: Sequence[HookMessage], words: Words, *, at: datetime) -> None:
    """One call for all of these, and what came of it. Outside of every transaction."""
    with suppress(LostRace):  # the channel was removed meanwhile, and its messages with it
        try:
            hooks.call(hook, words, at=at)
        except hooks.NotNow as later:
            put_off(hook, rows, later, at)
        except hooks.Unsure as error:
            settle(hook, rows, "unsure", error.reason, at)
        except hooks.HookError as error:
            settle(hook, rows, "dropped", error.reason, at)
            if error.breaks:
                break_hook(hook, error.reason, at=at)
        else:
            settle(hook, rows, "gone", "", at)


def may_still_go(hook: Hook, rows: Sequence[HookMessage], *, at: datetime) -> bool:
    """For whoever holds rows beside those that were just sent: what that answer says of them too. When it asked to wait
    they wait, and when it was the last one they are dropped."""
    now = Hook.objects.filter(pk=hook.pk).first()
    with suppress(LostRace):
        if now is None or now.state != "open":
            move_all(rows, "dropped", at=at, reason=now.reason if now else "")
            return False
        if now.quiet_until and now.quiet_until > at:
            move_all(rows, "waiting", at=at, due_at=now.quiet_until, reason=now.reason)
            return False
        return True
    return False


def settle(hook: Hook, rows: Sequence[HookMessage], to: str, reason: str, at: datetime) -> None:
    with transaction.atomic():
        move_all(rows, to, at=at, reason=reason)
        Hook.objects.filter(pk=hook.pk).update(failures=0, quiet_until=None, reason=reason)


def put_off(hook: Hook, rows: Sequence[HookMessage], later: hooks.NotNow, at: datetime) -> None:
    if hook.failures >= len(WAITS):
        settle(hook, rows, "dropped", later.reason, at)
        return
    due_at = max(later.until or at, at + WAITS[hook.failures])
    with transaction.atomic():
        move_all(rows, "waiting", at=at, due_at=due_at, reason=later.reason)
        keep_quiet(hook, due_at, failures=hook.failures + 1, reason=later.reason)


def keep_quiet(hook: Hook, until: datetime, **changes: Any) -> None:
    """What waits for it is not late, but due when it may be called again."""
    Hook.objects.filter(pk=hook.pk).update(quiet_until=until, **changes)
    hook.messages.filter(state="waiting", due_at__lt=until).update(due_at=until)


def break_hook(hook: Hook, reason: str, *, at: datetime) -> None:
    """Nothing goes there until a person has given a new address; what waited for it is not news by then."""
    if not Hook.objects.filter(pk=hook.pk, sealed=hook.sealed).exists():
        return  # it has another address by now
    with suppress(LostRace), transaction.atomic():
        move(hook, "broken", at=at, reason=reason)
        move_all(list(hook.messages.filter(state="waiting")), "dropped", at=at, reason=reason)


def drop_messages(rows: Sequence[HookMessage], *, at: datetime, reason: str) -> None:
    with suppress(LostRace):
        move_all(rows, "dropped", at=at, reason=reason)


def end_abandoned(*, at: datetime) -> None:
    """A worker died with these in hand. They may have arrived, so they are not sent again."""
    for row in HookMessage.objects.filter(state="going", due_at__lte=at)[:AT_ONCE]:
        with suppress(LostRace):
            move(row, "unsure", at=at, reason="unsure")
