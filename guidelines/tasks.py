from time import monotonic

from celery import shared_task

from core import clock, wake
from guidelines import actions

LONGEST = 10.0  # seconds of one task that makes packs; then it rings for the next


@shared_task
def settle() -> None:
    """Asks whoever has to be asked, and nobody else; tells and reminds them; counts the day once."""
    for one_batch in (
        actions.settle_all, actions.tell_dues, actions.remind_dues, actions.tell_managers, actions.note_days,
        actions.open_poll_if_due,
    ):  # fmt: skip
        while one_batch(at=clock.now()):
            pass


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
