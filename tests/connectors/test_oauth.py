import logging
from base64 import b64encode
from urllib.parse import parse_qs, urlsplit

import pytest

from connectors.base import App, NeedsRelink, Rejected, Unavailable
from connectors.linkedin import LinkedIn
from connectors.mastodon import Mastodon
from connectors.oauth import scopes_of
from connectors.x import X
from core.http import Door, Policy

from .canned import canned, credentials

BACK = "https://advocacy.example/me/accounts/back/"
TOKEN = {"access_token": "new-access", "token_type": "bearer", "expires_in": 7200, "refresh_token": "new-refresh"}
ALL = " ".join(X.scopes)


@pytest.fixture
def x():
    with canned(X, "www", "api") as pair:
        yield pair


def exchange(connector, **app):
    given = {"client_id": "id", "client_secret": "hush", **app}
    return connector.exchange(app=App(**given), code="the-code", verifier="v" * 43, redirect_uri=BACK)


def test_the_consent_page_is_asked_for_with_state_scopes_and_challenge():
    url = X(Door(Policy())).authorize(app=App("id"), redirect_uri=BACK, state="s", challenge="c", hint="me").url
    query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert url.startswith("https://x.com/i/oauth2/authorize?")
    assert query == {
        "response_type": "code", "client_id": "id", "redirect_uri": BACK, "scope": ALL, "state": "s",
        "code_challenge": "c", "code_challenge_method": "S256", "login_hint": "me",
    }  # fmt: skip


def test_linkedin_is_not_sent_a_challenge_it_does_not_know():
    url = LinkedIn(Door(Policy())).authorize(app=App("id"), redirect_uri=BACK, state="s", challenge="c").url
    assert "code_challenge" not in url


def test_x_is_told_the_secret_in_the_header_and_the_verifier_in_the_body(x):
    connector, platform = x
    platform.will_answer(200, {**TOKEN, "scope": ALL})
    grant = exchange(connector)
    assert (grant.access, grant.refresh) == ("new-access", "new-refresh")
    head, _, body = platform.asked[0].partition("\r\n\r\n")
    assert b64encode(b"id:hush").decode() in head and "hush" not in body
    assert parse_qs(body)["code_verifier"] == ["v" * 43]


def test_linkedin_is_told_the_secret_in_the_body():
    with canned(LinkedIn, "www", "api") as (connector, platform):
        platform.will_answer(200, {**TOKEN, "scope": "openid,profile,w_member_social"})
        grant = exchange(connector)
    assert "w_member_social" in grant.scopes
    head, _, body = platform.asked[0].partition("\r\n\r\n")
    assert "authorization" not in head.lower()
    assert parse_qs(body)["client_secret"] == ["hush"]


def test_a_grant_without_the_right_to_post_is_given_back(x):
    connector, platform = x
    platform.will_answer(200, {**TOKEN, "scope": "users.read tweet.read"})
    platform.will_answer(200)
    with pytest.raises(Rejected, match=r"tweet\.write"):
        exchange(connector)
    assert platform.asked[1].startswith("POST /2/oauth2/revoke")
    assert "token=new-access" in platform.asked[1]


def test_a_grant_that_names_no_scopes_has_those_asked_for(x):
    connector, platform = x
    platform.will_answer(200, TOKEN)
    assert exchange(connector).scopes == frozenset(X.scopes)


def test_a_refresh_keeps_the_old_refresh_token_if_there_is_no_new_one(x):
    connector, platform = x
    platform.will_answer(200, {"access_token": "new-access", "token_type": "bearer"})
    assert connector.refresh(credentials()).refresh == "r-token"


@pytest.mark.parametrize(
    ("status", "body", "when_linking", "when_refreshing"),
    [
        (400, {"error": "invalid_grant"}, Rejected, NeedsRelink),
        (400, {"error": "invalid_request"}, Rejected, NeedsRelink),
        (401, {"error": "invalid_client"}, Unavailable, Unavailable),
        (200, "<html>", Unavailable, Unavailable),
        (200, {}, Unavailable, Unavailable),
        (200, {"access_token": 5}, Unavailable, Unavailable),
        (302, "", Unavailable, Unavailable),
        (503, {"error": "invalid_grant"}, Unavailable, Unavailable),
    ],
)
def test_errors_of_the_token_address(x, status, body, when_linking, when_refreshing):
    connector, platform = x
    platform.will_answer(status, body, location="https://elsewhere.example/")
    with pytest.raises(when_linking):
        exchange(connector)
    platform.will_answer(status, body, location="https://elsewhere.example/")
    with pytest.raises(when_refreshing):
        connector.refresh(credentials())
    assert len(platform.asked) == 2


def test_what_runs_out_at_nonsense_is_no_crash(x):
    connector, platform = x
    platform.will_answer(200, {**TOKEN, "expires_in": "soon"})
    with pytest.raises(Unavailable):
        exchange(connector)


def test_plain_http_goes_only_where_the_door_allows_it(x):
    _, platform = x
    strict = X(Door(Policy()), {"www": platform.origin, "api": platform.origin})
    with pytest.raises((Rejected, Unavailable)):
        exchange(strict)
    assert platform.asked == []


def test_no_token_and_no_code_reaches_a_log(x, caplog):
    connector, platform = x
    platform.will_answer(200, {**TOKEN, "scope": ALL})
    platform.will_answer(200, TOKEN)
    with caplog.at_level(logging.DEBUG):
        exchange(connector)
        connector.refresh(credentials())
    logged = caplog.text
    assert not any(secret in logged for secret in ("new-access", "new-refresh", "r-token", "the-code", "hush"))


def test_revoking_a_token_that_is_dead_is_no_trouble(x):
    connector, platform = x
    platform.will_answer(400, {"error": "invalid_request"})
    platform.will_answer(200)
    connector.revoke(credentials())
    assert [asked.rpartition("token=")[2] for asked in platform.asked] == ["r-token", "a-token"]


def test_revoking_at_a_server_in_trouble_is_told():
    with canned(Mastodon, "town.example") as (connector, platform):
        platform.will_answer(503)
        with pytest.raises(Unavailable):
            connector.revoke(credentials(refresh=""))


@pytest.mark.parametrize(
    ("given", "scopes"),
    [("a b", {"a", "b"}), ("b,a", {"a", "b"}), (["a", "b c"], {"a", "b", "c"}), ("", set()), (None, set()), (5, set())],
)
def test_scopes_come_in_many_forms(given, scopes):
    assert scopes_of(given) == scopes
