"""Nothing that could lead back to a visitor is written anywhere: not in a table, not in a log, not on disk."""

import logging

import pytest
import redis
from django.conf import settings as configured
from django.db import OperationalError, connection

from core import clock
from links.models import Click
from links.redirect.days import DayKey, Days
from links.redirect.door import Door
from links.redirect.spool import waiting
from links.redirect.visitor import coarse, parse_address
from tests.links.making import FIREFOX, a_link

pytestmark = pytest.mark.django_db

ADDRESS, NETWORK = "203.0.113.77", "203.0.113"


@pytest.fixture(params=["redis", "no redis"])
def visited(request, counter, drainer, monkeypatch, caplog):
    """A stranger followed a link, with everything logged that can be. Answers the hash that was made of them."""
    caplog.set_level(logging.DEBUG)
    client = redis.Redis.from_url(configured.REDIS_URL) if request.param == "redis" else None
    counter.key, drainer._days = DayKey(client, "secret"), Days(client)
    link = a_link(group="story:privacy")

    def visit():
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": f"/go/{link.code}", "REMOTE_ADDR": ADDRESS}
        Door(lambda *_: [], counter)(environ | {"HTTP_USER_AGENT": FIREFOX}, lambda *_: None)
        return [counter.key.digest(coarse(parse_address(ADDRESS), FIREFOX), clock.now())]

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
    signs = [NETWORK, "cb0071", "Firefox", "firefox", *hashes]
    return [sign for sign in signs if sign in text]


def test_neither_table_nor_log_nor_disk_holds_an_address_a_browser_or_a_hash_of_a_click_that_is_counted(
    visited, counter, drainer, caplog
):
    hashes = visited()
    drainer.turn()
    assert Click.objects.filter(first_today=True).count() == 1
    assert leaks(everything_in_the_database() + caplog.text, hashes) == []
    assert waiting(counter.spool.folder) == []


def test_the_seconds_before_that_the_disk_holds_no_address(visited, counter):
    hashes = visited()
    (path,) = waiting(counter.spool.folder)
    assert leaks(path.read_text(), hashes) == ["Firefox", *hashes]


def test_while_nobody_drains_the_disk_holds_no_browser(visited, counter):
    counter.spool.drained = False
    hashes = visited()
    (path,) = waiting(counter.spool.folder)
    assert leaks(path.read_text(), hashes) == hashes


def test_clicks_that_wait_for_the_database_hold_nothing_of_the_visitor(visited, counter, drainer, caplog):
    def away(rows):
        raise OperationalError

    drainer._write = away
    hashes = visited()
    drainer.turn()
    (path,) = waiting(counter.spool.folder)
    assert leaks(path.read_text() + caplog.text, hashes) == []
