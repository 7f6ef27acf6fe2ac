"""What a device is told about whose pages it keeps, and when to let them go."""

import pytest
from django.test import Client

from accounts.queries import reader_mark
from core import clock
from notifications.actions import tell
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return MemberFactory()


@pytest.fixture
def browser(member):
    client = Client()
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_every_page_of_a_member_says_whose_it_is_without_a_name(browser, member):
    answer = browser.get("/me/notices/")
    assert answer["X-Reader"] == reader_mark(member) and str(member.pk) != answer["X-Reader"]
    assert f'<meta name="reader" content="{reader_mark(member)}">' in answer.content.decode()
    assert reader_mark(member) != reader_mark(MemberFactory())


def test_a_strangers_page_says_nothing_so_that_the_device_lets_go(member):
    answer = Client().get("/accounts/login/")
    assert "X-Reader" not in answer and 'name="reader"' not in answer.content.decode()


def test_signing_out_clears_what_the_device_has_kept(browser):
    assert "Clear-Site-Data" not in browser.get("/accounts/logout/")
    answer = browser.post("/accounts/logout/")
    assert answer.status_code == 302 and '"storage"' in answer["Clear-Site-Data"] and "X-Reader" not in answer
    assert "Clear-Site-Data" not in Client().get("/accounts/logout/")


def test_a_token_of_now_says_for_whom_it_is_and_is_kept_nowhere(browser, member):
    answer = browser.get("/token/")
    assert answer.json()["reader"] == reader_mark(member) and len(answer.json()["token"]) == 64
    assert "no-store" in answer["Cache-Control"]
    assert Client().get("/token/").json()["reader"] == ""
    assert browser.post("/token/").status_code == 405


def test_the_badge_counts_what_is_unread_and_asks_once(browser, member, django_assert_max_num_queries):
    for number in range(5):
        tell(member=member, kind="test", text=f"Number {number}", at=clock.now())
    page = browser.get("/me/").content.decode()
    assert 'data-badge="5"' in page and page.count("Number ") <= 6


def test_the_manifest_shares_by_get_and_has_shortcuts(client):
    manifest = client.get("/manifest.webmanifest").json()
    assert manifest["share_target"]["method"] == "GET" and manifest["share_target"]["action"] == "/suggest/"
    for place in (manifest["share_target"]["action"], *(one["url"] for one in manifest["shortcuts"])):
        assert client.get(place).status_code in (200, 302)


def test_the_worker_is_whole_and_waits_for_no_other_host(client):
    worker = client.get("/sw.js").content.decode()
    assert "importScripts(" in worker and "http" not in worker.replace("location.origin", "")
    assert "{%" not in worker and "There is no connection just now" in worker
    assert "waits for a connection" in client.get("/queued/").content.decode()
