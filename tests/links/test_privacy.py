"""Nothing that could lead back to a visitor is written anywhere: not in a table, not in a log, not on disk."""

import logging

import pytest
import redis
from django.conf import settings as configured
from django.db import OperationalError, connection

from links.redirect.days import Days, digest
from links.redirect.door import Door
from tests.links.making import FIREFOX, a_link

pytestmark = pytest.mark.django_db

ADDRESS, NETWORK = "203.0.113.77", "203.0.113"


class Keys(Days):
    """Remembers the hashes it made, so that a test can look for them."""

    made: list[bytes] = []

    def first(self, visits, *, at):
        answers = super().first(visits, at=at)
        key = self._own._key or (self._key[1] if self._key else b"")
        self.made += [digest(key, visitor) for _, visitor in visits]
        return answers


@pytest.fixture(params=["redis", "no redis"])
def visited(request, counter, monkeypatch, caplog):
    """A stranger followed a link, with everything logged that can be."""
    caplog.set_level(logging.DEBUG)
    client = redis.Redis.from_url(configured.REDIS_URL) if request.param == "redis" else None
    days = Keys(client, "secret")
    days.made = []
    counter.collector._first = days.first
    monkeypatch.setattr(counter.collector, "take", lambda arrival: counter.collector.settle([arrival]))
    link = a_link(group="story:privacy")

    def visit():
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": f"/go/{link.code}", "REMOTE_ADDR": ADDRESS}
        Door(lambda *_: [], counter)(environ | {"HTTP_USER_AGENT": FIREFOX}, lambda *_: None)
        return days.made

    return visit


def everything_in_the_database() -> str:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        parts = []
        for table in tables:
            cursor.execute(f'SELECT row_to_json("{table}")::text FROM "{table}"')
            parts += [text for (text,) in cursor.fetchall()]
    return "\n".join(parts)


def leaks(text: str, hashes: list[bytes]) -> list[str]:
    signs = [NETWORK, "Firefox", "firefox", *(made.hex() for made in hashes)]
    return [sign for sign in signs if sign in text]


def test_no_table_holds_an_address_a_browser_or_a_hash(visited):
    hashes = visited()
    assert len(hashes) == 1
    assert leaks(everything_in_the_database(), hashes) == []


def test_no_log_holds_them(visited, caplog):
    assert leaks(caplog.text, visited()) == []


def test_clicks_that_wait_on_disk_do_not_hold_them_either(visited, counter, monkeypatch, caplog):
    def away(rows):
        raise OperationalError

    monkeypatch.setattr(counter.collector, "_write", away)
    hashes = visited()
    (path,) = counter.spill.files()
    assert leaks(path.read_text() + caplog.text, hashes) == []
