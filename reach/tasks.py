import logging

from celery import shared_task

from core import clock
from reach import actions

log = logging.getLogger(__name__)


@shared_task
def ring() -> None:
    """Plan what is new, forget what is gone, and ring for what is due."""
    at = clock.now()
    actions.plan_readings(at=at)
    actions.end_deleted(at=at)
    if rung := actions.ring_due(at=at):
        log.info("rang for %d batches of readings", rung)


@shared_task
def read(share_ids: list[int]) -> None:
    kept = actions.read_posts(share_ids=share_ids, at=clock.now())
    log.info("%d of %d readings kept", kept, len(share_ids))


@shared_task
def roll_up() -> None:
    """By day, and once more before single readings that are old enough are let go; then days that may not be kept."""
    at = clock.now()
    actions.roll_up_new(at=at)
    actions.drop_old_readings(at=at)
    actions.forget_days(at=at)
