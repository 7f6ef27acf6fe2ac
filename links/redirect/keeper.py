"""What a web process does beside its answers: a thread that keeps everything at hand, so that no visitor waits."""

import logging
import threading
from collections.abc import Callable, Sequence

log = logging.getLogger(__name__)

EVERY = 1.0


class Keeper:
    def __init__(self, chores: Sequence[Callable[[], object]]) -> None:
        self._chores = chores

    def start(self) -> None:
        threading.Thread(target=self._run, name="short links", daemon=True).start()

    def _run(self) -> None:
        pause = threading.Event()
        while not pause.wait(EVERY):
            self.turn()

    def turn(self) -> None:
        for chore in self._chores:
            try:
                chore()
            except Exception as error:  # the thread must outlive whatever one second brings
                log.warning("%s: %s", getattr(chore, "__qualname__", "chore"), type(error).__name__)
