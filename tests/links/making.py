"""What the tests of short links start from."""

from datetime import UTC, datetime

from links.actions import make_link
from links.models import ShortLink
from links.redirect.lines import Line, new_id

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"
STRANGER = "203.0.113.9"


def a_link(target: str = "https://example.org/bakery", group: str = "story:1", owner: object = None) -> ShortLink:
    return make_link(target=target, group=group, owner=owner, at=NOON)


def a_line(**changes: object) -> Line:
    return Line(new_id(NOON), 7, NOON, 0, "5ca1ab1e", "story:1", FIREFOX)._replace(**changes)
