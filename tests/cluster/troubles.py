"""What happens to the hosts, one after the other, while shares go out; and whether those that were left went on."""

import sys
import time
from collections import Counter
from collections.abc import Callable

from shares.models import Share
from tests.chaos.trouble import calls_in_flight, patiently, unanswered
from tests.cluster.hosts import BROKER, WEBS, Cluster

CUT_SECONDS = 20.0  # longer than a call or a statement waits for an answer
PATIENCE = 90.0
NAMES = ("worker_cut", "broker_cut", "host_killed")
IN_FLIGHT = 20  # more than one of the two hosts makes at once
LONGEST_CALL = 2.0


class Troubles:
    def __init__(self, cluster: Cluster, shares: int) -> None:
        self.cluster, self.shares = cluster, shares
        self.met: Counter[str] = Counter()
        self.went_on: dict[str, int] = {}
        self.webs: list[int] = []

    def come(self) -> int:
        """All of them. Returns how many calls were under way on the host that died."""
        worker, data = self.cluster.hosts["worker2"], self.cluster.hosts["data"]
        self.wait_for_share(0.05)
        self.during("worker_cut", worker.cut, worker.heal)
        self.wait_for_share(0.3)
        self.during("broker_cut", lambda: data.take(BROKER), lambda: data.give(BROKER))
        cut_off = self.kill_a_host()
        self.cluster.wait_until(self.cluster.is_ready, PATIENCE, "the host that died is not back")
        return cut_off

    def during(self, name: str, begin: Callable[[], None], end: Callable[[], None]) -> None:
        tell(name)
        before = self.published()
        begin()
        until = time.monotonic() + CUT_SECONDS
        while time.monotonic() < until:
            self.webs.append(self.cluster.webs_ready())
            self.cluster.look()
            time.sleep(0.5)
        self.went_on[name] = self.published() - before
        end()
        self.met[name] += 1

    def kill_a_host(self) -> int:
        tell("host_killed")
        self.await_calls()
        under_way = set(patiently(lambda: unanswered(0)))
        self.cluster.kill_host("worker1")
        time.sleep(LONGEST_CALL)
        cut_off = len(under_way & set(patiently(lambda: unanswered(0))))
        self.met["host_killed"] += 1
        self.cluster.start_host("worker1")
        return cut_off

    def await_calls(self) -> None:
        end = time.monotonic() + PATIENCE
        while patiently(lambda: calls_in_flight(0)) < IN_FLIGHT and time.monotonic() < end:
            time.sleep(0.05)

    def wait_for_share(self, part: float) -> None:
        self.cluster.wait_until(
            lambda: self.published() >= part * self.shares, PATIENCE, f"not even {part:.0%} is published"
        )

    def published(self) -> int:
        return patiently(lambda: Share.objects.filter(state="published").count())

    def doubts(self) -> list[str]:
        """What shows that the run proved less than it says."""
        found = [f"nothing went out during {name}" for name, number in self.went_on.items() if not number]
        found += [f"{name} did not happen" for name in NAMES if not self.met[name]]
        if min(self.webs, default=0) < len(WEBS):
            found.append("a web host was not ready while others were in trouble")
        return found


def tell(text: str) -> None:
    print(f"cluster: {text} …", file=sys.stderr, flush=True)
