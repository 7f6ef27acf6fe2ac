import logging

from celery import shared_task

from core import clock
from shares import actions

log = logging.getLogger(__name__)
RING_EVERY = 16


@shared_task
def ring() -> None:
    rung = actions.ring_due(at=clock.now())
    if rung:
        log.info("rang for %d shares", rung)


@shared_task
def send(share_id: int) -> None:
    share = actions.send_share(share_id=share_id, at=clock.now())
    if share:
        log.info("share %d is %s", share.pk, share.state)
    # Finished shares make room: every so many ring for more without waiting for the beat. Which ones does not matter.
    if share_id % RING_EVERY == 0:
        actions.ring_due(at=clock.now())


@shared_task
def settle() -> None:
    """What nobody rings for: leases that ran out, gates that opened, plans that lost their ground."""
    at = clock.now()
    actions.end_leases(at=at)
    actions.release_held(at=at)
    actions.cancel_orphans(at=at)
    actions.ring_settling(at=at)


@shared_task
def settle_one(share_id: int) -> None:
    actions.settle_share(share_id=share_id, at=clock.now())
