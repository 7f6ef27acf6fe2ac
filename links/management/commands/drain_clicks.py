import os
import signal
import time
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from core import clock
from links import actions
from links.redirect import drain
from links.redirect.database import AWAY, mended
from links.redirect.days import Days, shared_memory
from links.redirect.drain import Drainer
from links.redirect.spool import FOLDER

SIGN_EVERY = 1.0
PULSE_EVERY = 5.0


class Command(BaseCommand):
    help = "Write the clicks of this machine's web processes to the database, until stopped. One for each DATA_DIR."

    def handle(self, *args: Any, **options: Any) -> None:
        stopping = []

        def stop(number: int, frame: FrameType | None) -> None:
            stopping.append(number)

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        # Strangers who wait come first; clicks can be written a moment later.
        os.nice(5)
        folder = settings.DATA_DIR / FOLDER
        drainer = Drainer(folder, days=Days(shared_memory()), write=write)
        with drain.alone(folder, stopping) as sign:
            work(drainer, sign, stopping)


def work(drainer: Drainer, sign: int, stopping: list[int]) -> None:
    """Until asked to stop and nothing is left that can be drained now."""
    sign_at = pulse_at = 0.0
    while True:
        seen = drainer.turn()
        now = time.monotonic()
        if now >= sign_at:
            os.utime(sign)
            drainer.forget_old(clock.now())
            sign_at = now + SIGN_EVERY
        if now >= pulse_at:
            show_pulse()
            pulse_at = now + PULSE_EVERY
        if not seen:
            if stopping:
                return
            time.sleep(drain.IDLE)


def write(rows: Any) -> None:
    with mended():
        actions.record_clicks(rows)


def show_pulse() -> None:
    try:
        with mended():
            actions.show_drainer(at=clock.now())
    except AWAY:
        pass  # its age is what tells
