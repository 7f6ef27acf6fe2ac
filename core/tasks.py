from celery import shared_task

from core import audit, buckets, clock, partitions
from core.models import Pulse


@shared_task
def seal_audit() -> None:
    audit.seal()


@shared_task
def beat_pulse() -> None:
    """Reaches a worker only when beat, broker and worker all work; /readyz reports its age."""
    Pulse.objects.update_or_create(name="beat", defaults={"at": clock.now()})


@shared_task
def make_months() -> None:
    partitions.make_months(at=clock.now())
    buckets.forget_old(at=clock.now())
