from celery import shared_task

from advocacy.operations.watch import watch as look
from core import clock


@shared_task
def watch() -> None:
    look(at=clock.now())
