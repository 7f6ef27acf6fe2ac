from celery import shared_task

from core import clock
from guidelines import actions


@shared_task
def settle() -> None:
    """Asks whoever has to be asked, and nobody else."""
    while actions.settle_all(at=clock.now()):
        pass
    while actions.tell_dues(at=clock.now()):
        pass
