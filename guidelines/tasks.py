from time import monotonic

from celery import shared_task

from core import clock, wake
from guidelines import actions

LONGEST = 10.0  # seconds of one task that makes packs; then it rings for the next


@shared_task
def settle() -> None:
    """Asks whoever has to be asked, and nobody else."""
    if actions.settle_all(at=clock.now()):
        wake.ring("guidelines.tasks.tell")


@shared_task
def tell() -> None:
    while actions.tell_dues(at=clock.now()):
        pass


@shared_task
def remind() -> None:
    for one_batch in (actions.remind_dues, actions.tell_managers):
        while one_batch(at=clock.now()):
            pass


@shared_task
def count() -> None:
    """The figures of the day, once; and the yearly poll on its day."""
    actions.note_days(at=clock.now())
    actions.open_poll_if_due(at=clock.now())


@shared_task
def make_packs() -> None:
    """Piece by piece, packs in turn. A worker that ends is not waited for long."""
    actions.take_back_lost(at=clock.now())
    began = monotonic()
    while monotonic() - began < LONGEST:
        if not actions.make_piece(at=clock.now()):
            return
    wake.ring("guidelines.tasks.make_packs")


@shared_task
def tidy_packs() -> None:
    actions.tidy_packs(at=clock.now())
