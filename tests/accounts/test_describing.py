"""The document by which platforms know us, where nobody registers us."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from accounts.actions.describing import own_app
from accounts.models import PlatformApp
from accounts.queries import connectors, forget_kept
from tests.accounts.conftest import forget

pytestmark = pytest.mark.django_db
ADDRESS = "/oauth/bluesky/client-metadata.json"


@pytest.fixture(autouse=True)
def a_firm(settings: Any):
    settings.SANDBOX = settings.DEMO = False
    settings.BASE_URL = "https://advocacy.firm.example"
    forget()
    yield
    forget()


def test_the_document_says_who_we_are_and_shows_only_the_public_half_of_the_key(client: Client) -> None:
    document = client.get(ADDRESS).json()
    assert document["client_id"] == "https://advocacy.firm.example" + ADDRESS
    assert document["redirect_uris"] == ["https://advocacy.firm.example/me/accounts/bluesky/callback/"]
    assert document["token_endpoint_auth_method"] == "private_key_jwt" and document["dpop_bound_access_tokens"]
    assert document["scope"] == "atproto repo:app.bsky.feed.post blob:image/* transition:generic"
    [key] = document["jwks"]["keys"]
    assert set(key) == {"kty", "crv", "x", "y", "kid", "use", "alg"}
    row = PlatformApp.objects.get(connector="bluesky")
    assert row.client_secret.startswith("v1.")
    app = own_app(connectors()["bluesky"])
    assert json.loads(app.client_secret)["x"] == key["x"] and json.loads(app.client_secret)["d"] not in repr(app)


def test_the_key_stays_the_same_since_every_session_stands_on_it(client: Client) -> None:
    first = client.get(ADDRESS).json()
    forget_kept()
    assert client.get(ADDRESS).json() == first and PlatformApp.objects.count() == 1


def test_nobody_reads_of_platforms_that_ask_for_no_document(client: Client) -> None:
    assert client.get("/oauth/linkedin/client-metadata.json").status_code == 404
    assert client.get("/oauth/nowhere/client-metadata.json").status_code == 404


@pytest.mark.parametrize("address", ["http://advocacy.firm.example", "https://10.0.0.7", "https://advocacy"])
def test_an_address_servers_cannot_read_is_said_on_the_page(browser: Client, settings: Any, address: str) -> None:
    settings.BASE_URL = address
    assert browser.get(ADDRESS).status_code == 404
    page = browser.get("/me/accounts/").content.decode()
    assert f"BASE_URL is {address}" in page and "/me/accounts/bluesky/" not in page


def test_on_this_machine_the_name_itself_says_what_the_document_would(settings: Any) -> None:
    settings.BASE_URL = "http://127.0.0.1:8000"
    app = own_app(connectors()["bluesky"])
    asked = parse_qs(urlsplit(app.client_id).query)
    assert app.client_id.startswith("http://localhost?") and not app.client_secret
    assert asked["redirect_uri"] == ["http://127.0.0.1:8000/me/accounts/bluesky/callback/"]
    assert not PlatformApp.objects.exists()
