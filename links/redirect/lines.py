"""A click on its way: a line of the spool, then a row of the table.

A line never holds an address. It holds what the drainer judges by, and leaves with it: the visitor's hash, which
means nothing after midnight, and the User-Agent, unless the web process has judged that itself.
"""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
FIRST_SECOND = 1_577_836_800  # 2020: seconds from there have room in 31 bits until 2088
AGENT_LIMIT = 300
OWN_NETWORK, ROBOT, JUDGED = 1, 2, 4  # flags; JUDGED: the rest of the line says all there is to say


class Row(NamedTuple):
    """A click as the table holds it. Without an `id` it gets one as it is written."""

    link_id: int
    at: datetime
    first_today: bool
    robot: bool
    own_network: bool
    id: int = 0


class Line(NamedTuple):
    """A click as it came in."""

    id: int
    link_id: int
    at: datetime
    flags: int
    visitor: str
    group: str
    agent: str


def new_id(at: datetime) -> int:
    """In the order of time to the second, then 32 bits of chance. The key is (id, at), and `at` has microseconds."""
    # Chance enough: nobody gains by guessing it, and a forked process begins its own row of numbers.
    return (int(at.timestamp()) - FIRST_SECOND) << 32 | random.getrandbits(32)


def encode(line: Line) -> bytes:
    agent = line.agent[:AGENT_LIMIT].replace("\n", " ").replace("\r", " ")
    micro = (line.at - EPOCH) // MICROSECOND
    text = f"{line.id}\t{line.link_id}\t{micro}\t{line.flags}\t{line.visitor}\t{line.group}\t{agent}\n"
    return text.encode("utf-8", "replace")


def decode(text: str) -> Line | None:
    """None for what a kill or a full disk cut short: it was never answered."""
    try:
        number, link_id, micro, flags, visitor, group, agent = text.split("\t", 6)
        return Line(int(number), int(link_id), moment(micro), int(flags), visitor, group, agent)
    except (ValueError, OverflowError):
        return None


def moment(micro: str) -> datetime:
    return EPOCH + int(micro) * MICROSECOND


def encode_row(row: Row) -> str:
    """As it waits for the database: what the table will hold, nothing of the visitor any more."""
    micro = (row.at - EPOCH) // MICROSECOND
    return f"{row.id}\t{row.link_id}\t{micro}\t{row.first_today:d}\t{row.robot:d}\t{row.own_network:d}\n"


def decode_row(text: str) -> Row | None:
    try:
        number, link_id, micro, *flags = text.split("\t")
        first, robot, own = (bool(int(flag)) for flag in flags)
        return Row(int(link_id), moment(micro), first, robot, own, int(number))
    except (ValueError, OverflowError):
        return None


def first_moment(path: Path) -> datetime | None:
    """When the first click of a file came, judged or not: the third word of either line is its moment."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return moment(file.readline().split("\t")[2])
    except (OSError, IndexError, ValueError, OverflowError):
        return None
