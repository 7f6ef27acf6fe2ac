"""Behind a pooler in transaction mode the next statement may come from another connection: nothing of ours may rely on
what a connection keeps between two transactions."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = (
    "accounts",
    "advocacy",
    "analytics",
    "content",
    "core",
    "links",
    "notifications",
    "reach",
    "recognition",
    "shares",
)
KEPT_BETWEEN = re.compile(
    r"pg_(try_)?advisory_(lock|unlock)|\bLISTEN \w|\bTEMP(ORARY)? TABLE|\bSET (SESSION|ROLE)\b|WITH HOLD|\bPREPARE \w"
)


def test_nothing_relies_on_what_a_connection_keeps() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for app in OURS
        for path in (ROOT / app).rglob("*.py")
        for match in KEPT_BETWEEN.finditer(path.read_text())
    ]
    assert not found


@pytest.mark.parametrize("statement", ["SELECT pg_advisory_lock(1)", "LISTEN bell", "CREATE TEMP TABLE x ()"])
def test_what_would_break_is_noticed(statement: str) -> None:
    assert KEPT_BETWEEN.search(statement)


def test_a_transaction_lock_is_fine() -> None:
    assert not KEPT_BETWEEN.search("SELECT pg_advisory_xact_lock(1)")
