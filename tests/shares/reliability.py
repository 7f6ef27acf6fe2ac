"""docs/reliability.md: what was seen, cell by cell. WRITE=1 writes it anew; otherwise a cell that differs fails."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from connectors import registry
from tests.shares.faults import FAULTS

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
WRITING = bool(os.environ.get("WRITE"))
HEAD = """# Never twice, never silently lost

What goes wrong with one share on its way, on each platform, and how it ended. Every cell was seen by
`tests/shares/test_reliability.py`, which counts posts in the platform's own ledger, and which fails when a cell of this
page is no longer what it sees. `make reliability` writes the page anew.

A cell says how often its fault fired, how many posts the platform holds in the end, and how the share ended:
*posted*, *asked* (the platform lets nobody find out, so the member looks and tells us), *held* (it waits for the member
to connect the account again, and says so) or *failed* (the platform takes nothing more before it would be too late; the
member reads why at once and can send it again).

All of this was shown on the stand-ins of `sandbox/`, which play the platforms on their documented wire formats. On a
real Bluesky server `make test-real` shows that the same record sent again makes no second post, that a look-up finds
it, and, with a member who connected in a real browser, that a right taken back and a renewal used twice hold the share
until the account is connected again, and that it goes out then.
"""
ENDS = {"published": "posted", "asked": "asked", "held": "held", "failed": "failed", "cancelled": "cancelled"}


def cell(fired: int, posts: int, state: str) -> str:
    return f"{fired}× · {posts} {'post' if posts == 1 else 'posts'} · {ENDS[state]}"


@dataclass
class Page:
    cells: dict[tuple[str, str], str] = field(default_factory=dict)

    def says(self, fault: str, platform: str, seen: str) -> None:
        """Keep the cell for writing, or hold it against the page that is there."""
        self.cells[fault, platform] = seen
        if not WRITING:
            assert written().get((fault, platform)) == seen, "docs/reliability.md says otherwise: make reliability"

    def write(self) -> None:
        PAGE.write_text(HEAD + "\n" + "\n".join(table(self.cells)) + "\n")


def table(cells: dict[tuple[str, str], str]) -> list[str]:
    names = list(registry.KEYS)
    lines = ["| What goes wrong | At which step | " + " | ".join(names) + " | Shown on |"]
    lines.append("| --- | --- |" + " --- |" * (len(names) + 1))
    for fault in FAULTS:
        found = [cells.get((fault.key, name), "not run") for name in names]
        lines.append(f"| {fault.what} | {fault.step} | " + " | ".join(found) + " | stand-in |")
    return lines


def written() -> dict[tuple[str, str], str]:
    """The cells of the page as it stands."""
    rows = [line for line in PAGE.read_text().splitlines() if line.startswith("| ")] if PAGE.exists() else []
    names = [name.strip() for name in rows[0].strip("|").split("|")[2:-1]] if rows else []
    found = {}
    for fault, line in zip(FAULTS, rows[2:], strict=False):
        for name, seen in zip(names, line.strip("|").split("|")[2:-1], strict=True):
            found[fault.key, name] = seen.strip()
    return found
