"""`make chaos`: 500 due shares, killed workers and lost answers; then a count in the platforms' own ledger.

Runs inside `advocacy.up stack`, whose worker it kills and whose stand-in platforms it makes lose answers.
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

SHARES = 500
ENOUGH = 30  # of each fault, or the run proves too little
SECONDS = 240


def main() -> int:
    broken = os.environ.get("CHAOS_BREAK", "")
    began = time.monotonic()
    staging.plan(SHARES)
    trouble.lose_answers(every=10)
    staging.make_due()
    killed = trouble.kill_workers(at_least=ENOUGH, until=began + SECONDS / 2)
    trouble.let_time_pass(until=began + (90 if broken else SECONDS))
    found = counting.count(killed=killed)
    print(found.line)
    for doubt in found.doubts:
        print(f"chaos: {doubt}", file=sys.stderr)
    return 0 if found.is_as_expected(broken, ENOUGH) else 1


if __name__ == "__main__":
    sys.exit(main())
