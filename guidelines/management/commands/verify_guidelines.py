from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import audit
from guidelines import evidence


class Command(BaseCommand):
    help = (
        "Whether the evidence on guidelines is as it was written: each row against its digest in the audit trail, each "
        "text against its fingerprint, the trail against its chain. Names what is not, and then ends with 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head", nargs=2, metavar=("SEAL", "DIGEST"),
            help="besides, whether the chain still holds this seal, as an earlier pack has written it down",
        )  # fmt: skip

    def handle(self, *args: Any, head: list[str] | None = None, **options: Any) -> None:
        found = 0
        for fault in evidence.faults():
            found += 1
            self.stdout.write(fault)
        if head and not audit.holds_seal(head[0], head[1]):
            found += 1
            self.stdout.write(f"seal:{head[0]} is not the one of the pack")
        if found:
            raise CommandError(f"Faults: {found}.", returncode=1)
        self.stdout.write(f"All evidence holds: {evidence.count()} rows, and the chain they stand in.")
