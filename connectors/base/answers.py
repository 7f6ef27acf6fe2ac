"""Reading answers: by status first, then by the platform's own code; never by looking for words in the body."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from connectors.base.errors import ConnectorError, NeedsRelink, OutcomeUnknown, RateLimited, Rejected, Unavailable
from connectors.text import one_line, printable
from core import clock
from core.http import Answer

SHORTEST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(days=2)
# Their clock and ours may differ; looking too far back for a post costs a page at most.
CLOCK_SLACK = timedelta(hours=1)
# Long enough for people to recognise the reason, short enough for a line on a phone.
REASON_LENGTH = 200
# What there is room for where a post is kept, and an account.
LONGEST_ID, LONGEST_ADDRESS = 300, 600
LONGEST_ACCOUNT_ID, LONGEST_PROFILE, LONGEST_ORIGIN = 200, 500, 200
LARGEST_NUMBER = 2**31 - 1


def json_object(answer: Answer) -> dict[str, Any]:
    """The body if it is a JSON object, otherwise an empty one."""
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def inside(found: Any, *names: str) -> Any:
    """What lies that deep in objects of objects; None where one of them is not there, or is something else."""
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def usual_error(answer: Answer, name: str, *, creating: bool, reason: str = "", code: str = "") -> ConnectorError:
    """What a status means where the platform has said nothing more precise."""
    status = answer.status
    code = code or str(status)
    if status == 401:
        return NeedsRelink(f"{name} no longer accepts this connection; please connect it again.", code)
    if status == 429:
        return RateLimited(f"{name} asks us to wait.", code, until=clock.now() + timedelta(minutes=15))
    if status >= 500 or status == 408 or 200 <= status < 300:
        if creating:
            return OutcomeUnknown(f"{name} gave no clear answer, so the post may be up.", code)
        return Unavailable(f"{name} has trouble at the moment.", code)
    if status < 400:
        return Unavailable(f"{name} sent us elsewhere instead of answering.", code)
    shown = f": {shortened(reason)}" if reason else "."
    return Rejected(f"{name} did not accept this{shown}", code)


def shortened(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= REASON_LENGTH else line[: REASON_LENGTH - 1] + "…"


def wait_until(moments: Iterable[datetime | None], *, otherwise: timedelta) -> datetime:
    """The latest of the times a platform named, kept within reason; `otherwise` from now if it named none."""
    now = clock.now()
    known = [moment for moment in moments if moment]
    until = max(known) if known else now + otherwise
    return min(max(until, now + SHORTEST_WAIT), now + LONGEST_WAIT)


def epoch(text: str | None) -> datetime | None:
    """Seconds since 1970 as headers carry them; None for anything else."""
    try:
        return datetime.fromtimestamp(float(text or ""), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def iso(text: str | None) -> datetime | None:
    """A timestamp as JSON and headers carry it; None for anything else."""
    try:
        moment = datetime.fromisoformat(text or "")
    except (ValueError, TypeError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def number(value: object) -> int | None:
    """A count as it can be kept; None for anything else."""
    counts = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_NUMBER
    return value if counts else None  # type: ignore[return-value]


def text_of(value: object) -> str:
    return printable(value) if isinstance(value, str) else ""


def id_of(value: object, *, most: int = LONGEST_ID) -> str:
    """A name the platform gave to something; empty where it cannot be kept as it is, since a part of it would name
    something else."""
    return value if isinstance(value, str) and len(value) <= most and value.isprintable() else ""


def address_of(value: object, *, most: int = LONGEST_ADDRESS) -> str:
    """A web address people can be sent to; empty for anything else."""
    address = id_of(value, most=most)
    return address if address.startswith(("https://", "http://")) and " " not in address else ""
