"""`make test` and `make test-browser`: which tests, and what an empty selection means."""

import os
import shlex
import subprocess
import sys
from collections.abc import Sequence

NO_TESTS_COLLECTED = 5


def run_pytest(selection: str) -> int:
    """With two processes at least: half of the time goes into waiting for the database."""
    more = shlex.split(os.environ.get("ARGS", ""))
    return subprocess.run([sys.executable, "-m", "pytest", "-q", "-n", "auto", "-m", selection, *more]).returncode


def main(arguments: Sequence[str]) -> int:
    if list(arguments) == ["browser"]:
        code = run_pytest("browser and not real")
        if code == NO_TESTS_COLLECTED:
            print("There are no browser tests yet.")
            return 0
        return code
    code = run_pytest("not browser and not real")
    if code == 0:
        print("Everything that needs no browser has passed. The rest: make test-browser")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
