"""Verbs of short links: make one, and write what came of it."""

import secrets
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, connection, transaction
from django.utils.encoding import iri_to_uri

from core import partitions
from core.models import Pulse
from links.models import ShortLink
from links.redirect.lines import Row, new_id

# Without 0 O 1 l I: people read codes from paper, and aloud.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 8  # 54 ** 8 is 7e13, so that nobody finds links by trying
TRIES = 5

INSERT = """
INSERT INTO links_click (link_id, at, first_today, robot, own_network, id)
SELECT * FROM unnest(%s::bigint[], %s::timestamptz[], %s::bool[], %s::bool[], %s::bool[], %s::bigint[])
ON CONFLICT DO NOTHING
"""


class BadTarget(ValueError):
    """Not a web address we would send anybody to."""


def normal_target(target: str) -> str:
    """The address as it may stand in a header: http(s), ASCII, no name or password. Raises BadTarget."""
    try:
        parts = urlsplit(target.strip())
        host = (parts.hostname or "").encode("idna").decode()
        netloc = f"[{host}]" if ":" in host else host
        netloc += f":{parts.port}" if parts.port else ""
        address = iri_to_uri(urlunsplit((parts.scheme, netloc, parts.path, parts.query, parts.fragment)))
        URLValidator(schemes=["http", "https"])(address.replace(f"//{netloc}", "//example.com", 1))
    except (ValueError, ValidationError):
        raise BadTarget("This is not a web address we can send people to.") from None
    if not host or len(address) > 2000:
        raise BadTarget("This is not a web address we can send people to.")
    return address


def with_words(target: str, words: Mapping[str, str]) -> str:
    """The address with these words of its query added; what it says already stays as it is, and nothing comes twice."""
    parts = urlsplit(target.strip())
    said = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    more = urlencode({name: word for name, word in words.items() if word and name not in said})
    return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, more)))))


def make_link(*, target: str, group: str, owner: Any, at: datetime, ends_at: datetime | None = None) -> ShortLink:
    """A tracked address of `target`. Visits are told apart per `group`, such as "story:12".

    `owner` may be None; a member who switched click counting off gets a link that counts nothing. Raises BadTarget.
    """
    fields = {"target": normal_target(target), "group": group, "owner": owner, "created_at": at, "ends_at": ends_at}
    counts = getattr(owner, "counts_clicks", True)
    for _ in range(TRIES):
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        try:
            with transaction.atomic():
                return ShortLink.objects.create(code=code, counts=counts, **fields)
        except IntegrityError:
            if not ShortLink.objects.filter(code=code).exists():
                raise
    raise RuntimeError("no free code was found")


def set_counting(*, owner: Any, counts: bool) -> int:
    """Switch click counting on or off for every link of a member. Obeyed by the redirect within seconds."""
    return ShortLink.objects.filter(owner=owner).update(counts=counts)


def end_links(*, groups: Sequence[str], ends_at: datetime | None) -> int:
    """When the links of these groups end; None for never. Obeyed by the redirect within seconds."""
    return ShortLink.objects.filter(group__in=groups).update(ends_at=ends_at)


def record_clicks(rows: Sequence[Row]) -> None:
    """Write clicks in one statement, those that are there already not again; makes the month's partition if needed."""
    if not rows:
        return
    rows = [row if row.id else row._replace(id=new_id(row.at)) for row in rows]
    try:
        _insert(rows)
    except IntegrityError:
        for moment in {row.at.replace(day=1) for row in rows}:
            partitions.make_months(at=moment, ahead=0)
        _insert(rows)


def _insert(rows: Sequence[Row]) -> None:
    # Alone it needs no transaction around it, and saves two round trips; inside one it needs a savepoint.
    with transaction.atomic() if connection.in_atomic_block else nullcontext(), connection.cursor() as cursor:
        cursor.execute(INSERT, [list(column) for column in zip(*rows, strict=True)])


def show_drainer(*, at: datetime) -> None:
    """The drainer works, and the database takes its clicks."""
    Pulse.objects.update_or_create(name="clicks", defaults={"at": at})
