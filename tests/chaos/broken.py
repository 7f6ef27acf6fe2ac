"""A worker that is wrong on purpose, to show that the count of a chaos run bites.

`blind` sends again whatever had no answer, as a new wish; `forget` never looks at what had none.
"""

import os
from datetime import datetime
from secrets import randbits
from uuid import uuid4

from celery.signals import worker_init

from advocacy.celery import app

__all__ = ["app"]


@worker_init.connect
def break_it(**_: object) -> None:
    from connectors.base import record_key
    from core.flow import move
    from shares import actions
    from shares.actions import settling
    from shares.models import Share

    def resend_blindly(share: Share, at: datetime) -> None:
        fresh = {"key": uuid4(), "record_key": record_key(at, randbits(10))}
        share.attempts.update(outcome="Forgotten")
        move(share, "retrying", at=at, due_at=at, rung_until=None, **fresh)

    def forget(*, at: datetime) -> int:
        return 0

    if os.environ["CHAOS_BREAK"] == "blind":
        settling.find_out = resend_blindly
    else:
        actions.end_leases = forget
        actions.ring_settling = forget
