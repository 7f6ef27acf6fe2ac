"""`make cluster`: the same code on several hosts; one is cut off, the broker is cut off, one dies; then the count.

BROKER=rabbitmq takes RabbitMQ as broker; SHARES=500 is a shorter run.
"""

import os
import sys
import time

from advocacy.up.errors import CannotStart
from advocacy.up.servers import throwaway_folder
from advocacy.up.stopping import AskedToStop, no_more_signals, signals_raise
from tests.cluster import network
from tests.cluster.hosts import Cluster

SHARES = int(os.environ.get("SHARES") or 2000)
SECONDS = 420


def main() -> int:
    network.step_aside()
    with signals_raise(), throwaway_folder() as folder:
        cluster = Cluster(folder, os.environ.get("BROKER") or "redis")
        try:
            print("cluster: starting six hosts …", file=sys.stderr, flush=True)
            cluster.start()
            os.environ |= cluster.env
            return run(cluster)
        finally:
            no_more_signals()
            cluster.stop()


def run(cluster: Cluster) -> int:
    # Only now is there a database to connect to.
    import django

    django.setup()
    from tests import staging
    from tests.chaos import counting, trouble
    from tests.cluster.troubles import Troubles

    began = time.monotonic()
    staging.plan(SHARES)
    trouble.lose_answers(every=10)
    troubles = Troubles(cluster, SHARES)
    staging.make_due()
    due = time.monotonic()
    cut_off = troubles.come()
    trouble.let_time_pass(until=began + SECONDS, look=cluster.look)
    seconds = time.monotonic() - due
    found = counting.count(run="cluster", cut_off=cut_off, killed=troubles.met, seconds=seconds)
    print(found.line)
    for doubt in [*found.doubts, *troubles.doubts()]:
        print(f"cluster: {doubt}", file=sys.stderr)
    settled = found.duplicates == found.lost == 0 and found.published == found.shares
    return 0 if settled and not troubles.doubts() else 1


if __name__ == "__main__":
    try:
        code = main()
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        code = 1
    except AskedToStop as asked:
        code = 128 + asked.number
    sys.exit(code)
