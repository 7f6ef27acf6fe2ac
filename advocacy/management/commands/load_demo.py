import os
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from advocacy.demo.loading import SEED, NotEmpty, load
from core import clock


class Command(BaseCommand):
    help = "Loads the demo organisation into an empty embedded database."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--seed", default=SEED, help="another seed makes another four months")

    def handle(self, *args: Any, **options: Any) -> None:
        if os.environ.get("EMBEDDED") != "1":
            raise CommandError(
                "The demo organisation goes only into the embedded database that `make run` starts, never into one "
                "of your own. Unset DATABASE_URL and start `make run`."
            )
        started = time.monotonic()
        try:
            counts, can_post = load(at=clock.now(), seed=options["seed"])
        except NotEmpty:
            raise CommandError(
                "There are people or stories in this database already, so the demo was not loaded. To begin anew, "
                "stop Advocacy and move the folder .data away."
            ) from None
        figures = ", ".join(f"{number:,} {what}" for what, number in counts.items())
        self.stdout.write(f"Brackenby Cycle Works: {figures} ({time.monotonic() - started:.1f} s).")
        if not can_post:
            self.stdout.write(
                "The stand-in platforms did not answer, so connected accounts cannot post until relinked."
            )
