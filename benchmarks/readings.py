"""A hundred thousand posts over five platforms, read for some days of a moved clock: calls against the fewest that the
platforms' largest batches allow, and against their limits.

In servers of its own, because the worker of the stack would read the posts too. POSTS and HOURS make it smaller.
"""

import json
import os
import subprocess
import sys

from benchmarks.figures import Figure

# What the surrounding installation has set and this one makes for itself, or does without.
FOREIGN = (
    "DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ROLE", "REDIS_URL", "BASE_URL", "SECRET_KEY", "TOKEN_KEYS",
    "SANDBOX", "SANDBOX_URL", "CONTROL_URL", "CLOCK_FILE", "DEMO", "DEBUG", "EMBEDDED", "PART",
)  # fmt: skip


def main() -> list[Figure]:
    env = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    env |= {"LINKEDIN_PRODUCT": "community", "WAKE_SILENT": "1"}
    command = [sys.executable, "-m", "advocacy.up", "with", "--", sys.executable, "-m", "benchmarks.reading_run"]
    run = subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True)
    return [Figure(**json.loads(line)) for line in run.stdout.decode().splitlines() if line.startswith("{")]
