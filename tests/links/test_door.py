import logging

import pytest
from django.db import OperationalError, connection
from django.test import Client

from accounts.queries import forget_kept
from links import views
from links.actions import end_links
from links.models import Click, ShortLink
from links.redirect import own
from links.redirect.directory import Unreachable
from links.redirect.door import Door
from tests.factories import MemberFactory
from tests.links.making import FIREFOX, NOON, STRANGER, a_link

pytestmark = pytest.mark.django_db


class Answer:
    def __init__(self, door, path, method="GET", agent=FIREFOX, **headers):
        environ = {"PATH_INFO": path, "REQUEST_METHOD": method, "REMOTE_ADDR": STRANGER, "HTTP_USER_AGENT": agent}
        self.body = b"".join(door(environ | headers, self.start))

    def start(self, status, headers):
        self.status, self.headers = status, dict(headers)


@pytest.fixture
def door(counter, drainer):
    """The door with Django's place taken by a program that says 404, and clicks in the table once it has answered."""

    def django(environ, start_response):
        start_response("404 Not Found", [])
        return [b"django"]

    def answer(environ, start_response):
        body = Door(django, counter)(environ, start_response)
        drainer.turn()
        return body

    return answer


def test_a_stranger_is_sent_on(door):
    link = a_link()
    answer = Answer(door, f"/go/{link.code}")
    assert answer.status == "302 Found"
    assert answer.headers["Location"] == link.target
    assert Click.objects.get(link=link).first_today


def test_nothing_is_left_with_the_stranger(door):
    headers = Answer(door, f"/go/{a_link().code}").headers
    assert "Set-Cookie" not in headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex"


def test_a_closing_slash_is_forgiven(door):
    assert Answer(door, f"/go/{a_link().code}/").status == "302 Found"


def test_the_second_time_is_no_new_visit(door):
    link = a_link()
    Answer(door, f"/go/{link.code}")
    Answer(door, f"/go/{link.code}")
    assert [click.first_today for click in Click.objects.filter(link=link).order_by("at")] == [True, False]


def test_two_links_of_one_story_are_one_visit(door):
    one, other = a_link(), a_link()
    Answer(door, f"/go/{one.code}")
    Answer(door, f"/go/{other.code}")
    assert not Click.objects.get(link=other).first_today


def test_a_robot_is_sent_on_and_recorded_as_one(door):
    link = a_link()
    assert Answer(door, f"/go/{link.code}", agent="LinkedInBot/1.0").status == "302 Found"
    click = Click.objects.get(link=link)
    assert click.robot and not click.first_today


@pytest.mark.parametrize("more", [{"method": "HEAD"}, {"HTTP_SEC_PURPOSE": "prefetch"}, {"HTTP_X_MOZ": "prefetch"}])
def test_a_browser_that_looks_ahead_is_not_a_visit(door, more):
    link = a_link()
    assert Answer(door, f"/go/{link.code}", **more).status == "302 Found"
    assert Click.objects.get(link=link).robot


def test_colleagues_are_recorded_as_such(door):
    own.ask(lambda: ["203.0.113.0/24"])
    link = a_link()
    Answer(door, f"/go/{link.code}")
    assert Click.objects.get(link=link).own_network


def test_a_visitor_behind_our_proxy_is_seen(door, counter):
    counter.proxies = type(counter.proxies)([STRANGER])
    own.ask(lambda: ["198.51.100.0/24"])
    link = a_link()
    Answer(door, f"/go/{link.code}", HTTP_X_FORWARDED_FOR="198.51.100.7")
    assert Click.objects.get(link=link).own_network


def test_a_link_that_does_not_count_stores_nothing(door):
    link = a_link()
    ShortLink.objects.filter(pk=link.pk).update(counts=False)
    assert Answer(door, f"/go/{link.code}").status == "302 Found"
    assert not Click.objects.exists()


def test_everything_else_is_django_s(door):
    link = a_link()
    for path, method in [("/", "GET"), ("/go/unknown88", "GET"), ("/go/", "GET"), (f"/go/{link.code}", "POST")]:
        assert Answer(door, path, method).body == b"django"
    assert not Click.objects.exists()


def test_own_networks_that_cannot_be_asked_for_stop_nobody(door):
    own.ask(lambda: 1 / 0)
    assert Answer(door, f"/go/{a_link().code}").status == "302 Found"


def test_a_disk_that_is_full_turns_nobody_away_and_no_log_names_them(door, counter, caplog):
    caplog.set_level(logging.DEBUG)
    counter.spool._full = True
    assert Answer(door, f"/go/{a_link().code}").status == "302 Found"
    assert "click lost" in caplog.text
    assert "203.0.113" not in caplog.text and "Firefox" not in caplog.text


def test_a_link_that_is_over_is_django_s_to_explain(door):
    link = a_link()
    end_links(groups=[link.group], ends_at=NOON)
    assert Answer(door, f"/go/{link.code}").body == b"django"
    assert not Click.objects.exists()


@pytest.fixture
def stranger(counter, monkeypatch):
    """A browser in front of the Django view, which stands in where the door is not."""
    monkeypatch.setattr(views, "counter", lambda: counter)
    return Client(headers={"user-agent": FIREFOX})


def test_the_view_answers_as_the_door_does(stranger, door, drainer):
    link = a_link()
    answer = stranger.get(f"/go/{link.code}")
    assert answer.status_code == 302
    assert {name: answer[name] for name in ("Location", "Cache-Control", "Referrer-Policy", "X-Robots-Tag")} == {
        name: value for name, value in Answer(door, f"/go/{link.code}").headers.items() if name != "Content-Length"
    }
    assert not answer.cookies
    drainer.turn()
    assert Click.objects.filter(link=link).count() == 2


def test_an_unknown_code_gets_a_kind_page(stranger):
    answer = stranger.get("/go/unknown88")
    assert answer.status_code == 404
    assert "leads nowhere" in answer.content.decode()


def test_a_link_that_is_over_gets_a_kind_page(stranger):
    link = a_link()
    end_links(groups=[link.group], ends_at=NOON)
    answer = stranger.get(f"/go/{link.code}")
    assert answer.status_code == 410
    assert "no longer current" in answer.content.decode()
    assert "Location" not in answer


@pytest.mark.parametrize("signed_in", [False, True])
def test_while_the_database_is_away_nobody_meets_an_error(stranger, signed_in):
    over = a_link()
    end_links(groups=[over.group], ends_at=NOON)
    views.counter().directory.find(over.code)
    if signed_in:
        stranger.force_login(MemberFactory())
    forget_kept()

    def away(*_of_the_statement):
        raise OperationalError("away")

    with connection.execute_wrapper(away):
        known, unknown = stranger.get(f"/go/{over.code}"), stranger.get("/go/unknown88")
    assert known.status_code == 410 and "no longer current" in known.content.decode()
    assert unknown.status_code == 503 and unknown["Retry-After"] == "60"


def test_a_code_nobody_can_look_up_now_is_asked_to_come_back(stranger, monkeypatch):
    def away(code):
        raise Unreachable(code)

    monkeypatch.setattr(views.counter().directory, "find", away)
    answer = stranger.get("/go/unknown88")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"


def test_nobody_posts_to_a_short_link(stranger):
    assert stranger.post(f"/go/{a_link().code}").status_code == 405
