"""Faults on order: which call of which platform goes wrong, and how."""

import hashlib
import itertools
from dataclasses import dataclass
from typing import Any

KINDS = frozenset(["drop_before", "drop_after", "500_before", "500_after", "html", "429", "401", "403", "slow", "drip"])
FIELDS = frozenset(["platform", "op", "kind", "every", "times", "skip_resends", "seconds", "status"])


@dataclass
class Fault:
    id: int
    kind: str
    platform: str = "*"
    op: str = "*"
    every: int | None = None
    times: int | None = None
    skip_resends: bool = False
    seconds: float | None = None
    status: int = 200
    seen: int = 0

    def concerns(self, platform: str, op: str) -> bool:
        return self.platform in ("*", platform) and self.op in ("*", op)

    def strikes(self) -> bool:
        # Counted even when it does not strike: "each tenth" is about calls, not about faults.
        self.seen += 1
        if self.every:
            return self.seen % self.every == 0
        return self.times is None or self.seen <= self.times


class Faults:
    def __init__(self) -> None:
        self.rules: list[Fault] = []
        self.committed: set[bytes] = set()
        self.numbers = itertools.count(1)

    def add(self, order: dict[str, Any]) -> Fault:
        unknown = set(order) - FIELDS
        if unknown or order.get("kind") not in KINDS:
            raise ValueError(f"unknown fault: {sorted(unknown) or order.get('kind')}")
        fault = Fault(id=next(self.numbers), **order)
        self.rules.append(fault)
        return fault

    def pick(self, platform: str, op: str, print_of_call: bytes) -> Fault | None:
        resend = print_of_call in self.committed
        for rule in self.rules:
            if rule.concerns(platform, op) and not (resend and rule.skip_resends) and rule.strikes():
                return rule
        return None


def fingerprint(platform: str, account: str, key: str, body: bytes) -> bytes:
    """What makes a second call the same call: its key where it has one, otherwise its content."""
    return hashlib.blake2b(
        key.encode() or body,
        digest_size=12,
        person=platform.encode()[:16],
        salt=hashlib.blake2b(account.encode(), digest_size=8).digest(),
    ).digest()
