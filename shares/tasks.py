from celery import shared_task
from celery.worker import state

from core import clock
from shares import actions


@shared_task
def send() -> None:
    """Send what is due; rung every second, and by whoever made something due this moment."""
    actions.send_due(stopping=lambda: state.should_stop is not None or state.should_terminate is not None)


@shared_task
def settle() -> None:
    """What nobody rings for: leases that ran out, gates that opened, plans that lost their ground."""
    at = clock.now()
    actions.end_leases(at=at)
    actions.hold_for_quiet(at=at)
    actions.hand_to_owners(at=at)
    actions.release_held(at=at)
    actions.sweep_words(at=at)
    actions.cancel_orphans(at=at)
    actions.end_late(at=at)
    actions.speak_of_withdrawn(at=at)
    actions.ring_settling(at=at)


@shared_task
def tell_what_is_up() -> None:
    actions.tell_what_is_up(at=clock.now())


@shared_task
def send_digests() -> None:
    """Whatever is due, batch by batch; the beat comes again, so a worker that ends loses nothing."""
    while actions.send_digests(at=clock.now()):
        if state.should_stop is not None or state.should_terminate is not None:
            return


@shared_task
def settle_one(share_id: int) -> None:
    actions.settle_share(share_id=share_id, at=clock.now())


@shared_task
def forget_words() -> None:
    actions.forget_words(at=clock.now())


@shared_task
def tally() -> None:
    """What the feed orders stories by; a round that was missed is made up for by the next."""
    at = clock.now()
    actions.count_tallies(at=at)
    actions.drop_old_marks(at=at)
