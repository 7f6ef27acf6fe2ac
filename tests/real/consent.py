"""A member connects a Bluesky account on a real server, in a real browser: post, renew, revoke, replay.

Run by `make test-real`, which starts the server; not collected otherwise.
"""

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from accounts import queries
from accounts.models import LinkedAccount, User
from connectors.base import NeedsRelink
from core import clock
from core.http import Door, Policy, origin_of
from notifications.models import Notice
from shares import actions
from tests.browser.chromium import launched
from tests.factories import MemberFactory, StoryFactory
from tests.shares.conftest import Stage

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
os.environ.setdefault("DJANGO_LIVE_TEST_SERVER_ADDRESS", "127.0.0.1")
pytestmark = [pytest.mark.real, pytest.mark.django_db(transaction=True)]
PDS, PLC = os.environ.get("ADVOCACY_REAL_BSKY", ""), os.environ.get("ADVOCACY_REAL_PLC", "")
PASSWORD = "a long password"


@dataclass
class Person:
    handle: str
    did: str


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(autouse=True)
def firm(settings: Any, live_server: Any) -> Iterator[None]:
    """An installation on this machine that looks accounts up in the directory of the real server."""
    settings.SANDBOX = settings.DEMO = False
    settings.BASE_URL = settings.LINK_URL = live_server.url
    settings.PLACES = {"bluesky": {"plc": PLC, "appview": PDS}}
    forget()
    yield
    clock.set_offset(0)
    forget()


def forget() -> None:
    queries.door.cache_clear()
    queries.connectors.cache_clear()
    queries.forget_kept()


@pytest.fixture
def member() -> User:
    return MemberFactory(name="Ada Lovelace")


@pytest.fixture
def page(chromium: Browser, live_server: Any, member: User) -> Iterator[Page]:
    client = Client()
    client.force_login(member)
    context = chromium.new_context(base_url=live_server.url)
    cookies = [{"name": key, "value": one.value, "url": live_server.url} for key, one in client.cookies.items()]
    context.add_cookies(cookies)
    yield context.new_page()
    context.close()


@pytest.fixture
def person() -> Person:
    name = f"ada{secrets.token_hex(4)}.test"
    fields = {"handle": name, "email": f"{name}@example.org", "password": PASSWORD}
    door = Door(Policy(frozenset({origin_of(PDS)})))
    made = door.request("POST", f"{PDS}/xrpc/com.atproto.server.createAccount", json=fields).json()
    return Person(name, made["did"])


@pytest.fixture
def stage() -> Stage:
    return Stage(None)  # type: ignore[arg-type]


def connect(page: Page, person: Person) -> LinkedAccount:
    """The whole way: our page, the server's own page, and back."""
    page.goto("/me/accounts/")
    page.get_by_role("link", name="Connect Bluesky").click()
    page.get_by_label("Your name there").fill(person.handle)
    page.get_by_role("button", name="Connect Bluesky").click()
    return consent(page)


def consent(page: Page) -> LinkedAccount:
    page.get_by_role("link", name="Continue to Bluesky").click()
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Authorize").click()
    page.get_by_text("is connected.").wait_for()
    return LinkedAccount.objects.get()


def texts_of(person: Person) -> list[str]:
    """What stands in the member's own repository."""
    door = Door(Policy(frozenset({origin_of(PDS)})))
    where = {"repo": person.did, "collection": "app.bsky.feed.post"}
    found = door.request("GET", f"{PDS}/xrpc/com.atproto.repo.listRecords", params=where).json()
    return [record["value"]["text"] for record in found["records"]]


def test_a_member_connects_posts_is_revoked_and_connects_again(page: Page, person: Person, stage: Stage) -> None:
    account = connect(page, person)
    assert (account.remote_id, account.handle, account.state) == (person.did, person.handle, "healthy")
    assert {"atproto", "repo:app.bsky.feed.post", "blob:image/*"} <= set(account.scopes)
    share = stage.send(stage.plan(account, "We opened the bridge."))
    assert share.state == "published", share.reason
    assert len(texts_of(person)) == 1 and "We opened the bridge." in texts_of(person)[0]

    # Renewed in time, as the task does it, and posted with the new pair.
    before = queries.credentials_of(account)
    LinkedAccount.objects.update(expires_at=clock.now() + timedelta(minutes=1))
    stage.story = StoryFactory()
    share = stage.send(stage.plan(account, "And the first train went over it."))
    assert share.state == "published", share.reason
    account.refresh_from_db()
    after = queries.credentials_of(account)
    assert after.access != before.access and after.refresh != before.refresh
    assert len(texts_of(person)) == 2

    # The member takes the right back there: the next share waits, and they are told.
    queries.connectors()["bluesky"].revoke(after)
    stage.story = StoryFactory()
    held = stage.send(stage.plan(account, "A third one, later."))
    assert held.state == "held", held.reason
    account.refresh_from_db()
    assert account.state == "needs_relink"
    assert Notice.objects.filter(member=account.member, kind="relink").count() == 1
    assert len(texts_of(person)) == 2

    # Connected again, what waited goes out.
    page.goto("/me/accounts/")
    expect(page.get_by_text("connect it again").first).to_be_visible()
    page.get_by_role("link", name="Connect again").click()
    page.get_by_role("button", name="Connect Bluesky").click()
    account = consent(page)
    assert account.state == "healthy"
    actions.release_held(at=clock.now())
    share = stage.settle(held)
    assert share.state == "published", share.reason
    assert len(texts_of(person)) == 3


def test_a_renewal_used_twice_ends_the_session_and_the_member_is_asked(
    page: Page, person: Person, stage: Stage
) -> None:
    account = connect(page, person)
    bluesky, before = queries.connectors()["bluesky"], queries.credentials_of(account)
    bluesky.refresh(before)
    with pytest.raises(NeedsRelink):
        bluesky.refresh(before)
    held = stage.send(stage.plan(account, "This one has to wait."))
    account.refresh_from_db()
    assert (held.state, account.state) == ("held", "needs_relink")
    assert texts_of(person) == []


def test_a_firm_at_its_https_address_signs_for_itself(
    page: Page, person: Person, stage: Stage, live_server: Any, settings: Any
) -> None:
    """The server reads our document and knows us by the key in it; only the last step of the way back is ours."""
    settings.BASE_URL = settings.LINK_URL = f"https://p{urlsplit(live_server.url).port}.advocacy.dev"
    page.goto("/me/accounts/bluesky/")
    page.get_by_label("Your name there").fill(person.handle)
    page.get_by_role("button", name="Connect Bluesky").click()
    page.get_by_role("link", name="Continue to Bluesky").click()
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text(urlsplit(settings.BASE_URL).hostname).first).to_be_visible()
    with page.expect_request(lambda request: request.url.startswith(settings.BASE_URL)) as back:
        page.get_by_role("button", name="Authorize").click()
    page = page.context.new_page()  # no name server knows us, so that the other one stands before an error
    page.goto(back.value.url.replace(settings.BASE_URL, live_server.url))
    page.get_by_text("is connected.").wait_for()
    account = LinkedAccount.objects.get()
    bluesky, credentials = queries.connectors()["bluesky"], queries.credentials_of(account)
    assert credentials.client_id.startswith(settings.BASE_URL) and credentials.client_secret
    fresh = bluesky.refresh(credentials)
    assert fresh.remote_id == person.did
    bluesky.revoke(replace(credentials, access=fresh.access, refresh=fresh.refresh))
    with pytest.raises(NeedsRelink):
        bluesky.refresh(replace(credentials, refresh=fresh.refresh))


def test_a_no_over_there_connects_nothing(page: Page, person: Person) -> None:
    page.goto("/me/accounts/bluesky/")
    page.get_by_label("Your name there").fill(person.handle)
    page.get_by_role("button", name="Connect Bluesky").click()
    page.get_by_role("link", name="Continue to Bluesky").click()
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Deny access").click()
    expect(page.get_by_text("You said no at Bluesky")).to_be_visible()
    assert not LinkedAccount.objects.exists()
