"""`make chaos`: due shares, killed programs and lost answers; then a count in the platforms' own ledger.

Runs inside `advocacy.up stack`, whose programs it kills and whose stand-in platforms it makes lose answers.
CHAOS_BREAK=blind or forget breaks the product on purpose (see broken.py): then the count must show it.
"""

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
django.setup()

from tests import staging  # noqa: E402 - Django has to be set up first
from tests.chaos import counting, trouble  # noqa: E402

SHARES = 2000
ENOUGH = 30  # of each fault, or the run proves too little
KILLS = 16
SECONDS = 400


def main() -> int:
    broken = os.environ.get("CHAOS_BREAK", "")
    began = time.monotonic()
    staging.plan(SHARES)
    trouble.lose_answers(every=10)
    staging.make_due()
    due = time.monotonic()
    cut_off, killed = trouble.kill_programs(at_least=ENOUGH, kills=KILLS, until=began + SECONDS / 2)
    trouble.let_time_pass(until=began + (SECONDS / 2 if broken else SECONDS))
    found = counting.count(run="chaos", cut_off=cut_off, killed=killed, seconds=time.monotonic() - due)
    print(found.line)
    for doubt in found.doubts:
        print(f"chaos: {doubt}", file=sys.stderr)
    return 0 if found.is_as_expected(broken, ENOUGH) else 1


if __name__ == "__main__":
    sys.exit(main())
