import logging

from celery import shared_task

from core import clock
from recognition import actions

log = logging.getLogger(__name__)


@shared_task
def derive_points() -> None:
    if added := actions.derive_points(at=clock.now()):
        log.info("points derived: %s rows", added)
