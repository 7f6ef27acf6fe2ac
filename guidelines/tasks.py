from celery import shared_task

from core import clock
from guidelines import actions


@shared_task
def settle() -> None:
    """Asks whoever has to be asked, and nobody else; tells and reminds them; counts the day once."""
    for one_batch in (
        actions.settle_all, actions.tell_dues, actions.remind_dues, actions.tell_managers, actions.note_days,
        actions.open_poll_if_due,
    ):  # fmt: skip
        while one_batch(at=clock.now()):
            pass
