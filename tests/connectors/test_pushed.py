"""Bluesky's sign-in, step by step, as servers of all kinds answer it."""

from urllib.parse import parse_qs, urlsplit

import pytest

from connectors import dpop
from connectors.base import App, NeedsRelink, RateLimited, Rejected, Unavailable
from connectors.bluesky import Bluesky
from connectors.pushed import loopback_client

from .canned import canned, credentials

BACK = "http://127.0.0.1:8000/back/"
KEY = dpop.new_key()
APP = loopback_client(BACK, ("atproto",))
DID = "did:plc:ada"
TOKEN = {"access_token": "a1", "refresh_token": "r1", "token_type": "DPoP", "expires_in": 3599, "sub": DID}
SCOPES = {"scope": "atproto repo:app.bsky.feed.post blob:image/*"}


@pytest.fixture
def pair():
    with canned(Bluesky, "pds") as pair:
        yield pair


def discovered(platform, **changes):
    """Whom to ask: two documents."""
    origin = platform.origin
    names = ("pushed_authorization_request", "authorization", "token", "revocation")
    whole = {"issuer": origin} | {f"{name}_endpoint": f"{origin}/{name}" for name in names} | changes
    platform.will_answer(200, {"authorization_servers": [origin]})
    platform.will_answer(200, whole)


def leave(pair, *answers, hint="ada.example"):
    connector, platform = pair
    platform.will_answer(200, {"did": DID})
    discovered(platform)
    for status, body in answers:
        platform.will_answer(status, body)
    return connector.authorize(app=APP, redirect_uri=BACK, state="s", challenge="c", hint=hint)


def arrive(pair, status, body, and_then=None, **changes):
    connector, platform = pair
    discovered(platform)
    for answer in filter(None, [(status, body), and_then]):
        platform.will_answer(*answer)
    kept = {"key": KEY, "issuer": platform.origin, "remote_id": DID, "origin": platform.origin}
    given = {"code": "c1", "verifier": "v", "redirect_uri": BACK, "kept": kept, "issuer": platform.origin}
    return connector.exchange(app=APP, **{**given, **changes})


def renew(pair, status, body):
    connector, platform = pair
    discovered(platform)
    platform.will_answer(status, body)
    return connector.refresh(credentials(remote_id=DID, client_secret="", extra={"key": KEY}))


def asked(text):
    return {name: values[0] for name, values in parse_qs(text.partition("\r\n\r\n")[2]).items()}


def test_the_request_is_pushed_and_the_address_holds_only_its_name(pair):
    away = leave(pair, (201, {"request_uri": "urn:r1", "expires_in": 299}))
    sent = asked(pair[1].asked[-1])
    assert sent["code_challenge_method"] == "S256" and sent["login_hint"] == "ada.example"
    assert sent["scope"] == SCOPES["scope"] and "dpop:" in pair[1].asked[-1].lower()
    query = parse_qs(urlsplit(away.url).query)
    assert set(query) == {"client_id", "request_uri"} and query["request_uri"] == ["urn:r1"]
    assert away.kept["remote_id"] == DID and away.kept["key"] not in repr(away)


def test_an_older_server_is_asked_for_the_wide_right_it_knows(pair):
    leave(pair, (400, {"error": "invalid_scope"}), (201, {"request_uri": "urn:r1"}))
    assert asked(pair[1].asked[-1])["scope"] == "atproto transition:generic"


def test_the_wide_right_of_older_servers_holds_the_narrow_ones(pair):
    grant = arrive(pair, 200, TOKEN | {"scope": "atproto transition:generic"})
    assert set(Bluesky.scopes) <= grant.scopes


@pytest.mark.parametrize(
    ("status", "body", "kind", "operator"),
    [
        (400, {"error": "invalid_client_metadata"}, Unavailable, True),
        (401, {"error": "invalid_client"}, Unavailable, True),
        (400, {"error": "invalid_request"}, Unavailable, False),
        (201, {"expires_in": 299}, Unavailable, False),
        (201, "<html>", Unavailable, False),
        (429, {}, RateLimited, None),
        (502, "", Unavailable, False),
    ],
)
def test_a_request_that_is_not_taken_says_whose_business_it_is(pair, status, body, kind, operator):
    with pytest.raises(kind) as error:
        leave(pair, (status, body))
    assert getattr(error.value, "operator", None) == operator


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://10.0.0.1/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"pushed_authorization_request_endpoint": None},
        {"revocation_endpoint": "https://[/"},
    ],
)
def test_a_server_that_says_strange_things_of_itself_is_not_asked(pair, changes):
    connector, platform = pair
    platform.will_answer(200, {"did": DID})
    discovered(platform, **changes)
    with pytest.raises(Unavailable):
        connector.authorize(app=APP, redirect_uri=BACK, state="s", challenge="c", hint="ada.example")
    assert len(platform.asked) == 3


def test_a_grant_is_kept_with_its_key(pair):
    grant = arrive(pair, 200, TOKEN | SCOPES)
    assert (grant.access, grant.refresh, grant.remote_id) == ("a1", "r1", DID)
    assert grant.extra == {"key": KEY} and KEY not in repr(grant)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (TOKEN | SCOPES | {"sub": "did:plc:eve"}, "somebody else"),
        (TOKEN | {"scope": "atproto"}, "was not allowed"),
        (TOKEN | SCOPES | {"sub": None}, "somebody else"),
    ],
)
def test_a_grant_we_may_not_keep_is_given_back(pair, body, words):
    with pytest.raises(Rejected, match=words):
        arrive(pair, 200, body, and_then=(200, {}))
    given_back = pair[1].asked[-1]
    assert "POST /revocation" in given_back and asked(given_back)["token"] == "r1"


def test_a_plain_token_is_none(pair):
    with pytest.raises(Unavailable):
        arrive(pair, 200, TOKEN | SCOPES | {"token_type": "Bearer"})


@pytest.mark.parametrize("issuer", ["", "https://evil.example"])
def test_an_answer_of_somebody_else_is_not_listened_to(pair, issuer):
    with pytest.raises(Rejected, match="Another server"):
        arrive(pair, 200, TOKEN | SCOPES, issuer=issuer)
    assert len(pair[1].asked) == 2


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, {"error": "invalid_grant", "error_description": "Refresh token replayed"}, NeedsRelink),
        (200, TOKEN | SCOPES | {"sub": "did:plc:eve"}, NeedsRelink),
        (400, {"error": "invalid_request"}, Unavailable),
        (400, {"error": "invalid_client_metadata"}, Unavailable),
        (400, "<html>", Unavailable),
        (404, {}, Unavailable),
        (503, "", Unavailable),
        (429, {}, RateLimited),
    ],
)
def test_only_what_is_said_of_the_grant_ends_a_connection(pair, status, body, kind):
    with pytest.raises(kind) as error:
        renew(pair, status, body)
    # Servers are the members' choice: one of them must not have the whole platform paused.
    assert not getattr(error.value, "operator", False)


def test_an_app_whose_key_cannot_be_read_is_the_operators_business(pair):
    connector, platform = pair
    platform.will_answer(200, {"did": DID})
    discovered(platform)
    app = App("https://us.example/c", "no key")
    with pytest.raises(Unavailable) as error:
        connector.authorize(app=app, redirect_uri=BACK, state="s", challenge="c", hint="ada.example")
    assert error.value.operator and len(platform.asked) == 3
