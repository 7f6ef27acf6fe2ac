"""`stack -- CMD`: CMD beside a complete fresh installation that keeps nothing; for journeys, chaos and benchmarks.

CMD finds BASE_URL, SANDBOX_URL, CONTROL_URL, DATABASE_URL, REDIS_URL, CLOCK_FILE and DATA_DIR in its environment;
`$DATA_DIR/logs/worker.pid` (web, beat, sandbox …) holds the number of each process, for tests that kill one.
DEMO=1 loads the demo organisation, TOWN=1 lets the town read and click, PATIENT=1 starts killed programs again
however often they are killed.
"""

import os
import sys
from collections.abc import Sequence

from advocacy.up.beside import start_command, wait_for
from advocacy.up.installation import Wanted
from advocacy.up.ports import any_free
from advocacy.up.run import started
from advocacy.up.servers import throwaway_folder
from advocacy.up.stopping import signals_raise

# What an outer installation may have set, and this one must make for itself.
OWN = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ROLE", "REDIS_URL", "BASE_URL", "SECRET_KEY", "TOKEN_KEYS")


def with_stack(command: Sequence[str]) -> int:
    given = {name: value for name, value in os.environ.items() if name not in OWN}
    with signals_raise(), throwaway_folder() as data:
        wanted = Wanted(
            data=data,
            port=str(any_free(set())),
            demo=given.get("DEMO", "") not in ("", "0"),
            town=given.get("TOWN", "") not in ("", "0"),
            throwaway=True,
            patient=given.get("PATIENT", "") not in ("", "0"),
        )
        with started(wanted, given, tell_error_stream) as (installation, programs):
            process = start_command(command, installation.env)
            return wait_for(process, programs.watch_until)


def tell_error_stream(text: str) -> None:
    """What CMD prints is its result; our progress stays out of it."""
    print(text, file=sys.stderr, flush=True)
