import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest

API = "/mastodon/api/v1/"
BACK = "http://127.0.0.1:9/back"
VERIFIER = "v" * 50
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


@pytest.fixture
def ada(town):
    return town.person("mastodon")


def post(town, person, words="Hello", key="", **more):
    headers = {"Idempotency-Key": key} if key else {}
    return town.call("POST", API + "statuses", person["access_token"], json={"status": words, **more}, headers=headers)


def register(town, scopes="profile write:statuses write:media"):
    body = {"client_name": "Advocacy", "redirect_uris": [BACK], "scopes": scopes}
    return town.call("POST", API + "apps", json=body).json()


def ask(app, **more):
    return {
        "response_type": "code",
        "client_id": app["client_id"],
        "redirect_uri": BACK,
        "state": "s1",
        "scope": "profile write:statuses",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        **more,
    }


def consent(town, app, decision="allow", name="Ada Lovelace", **more):
    form = {"decision": decision, "name": name}
    answer = town.call("POST", "/mastodon/oauth/authorize", params=ask(app, **more), data=form)
    assert answer.status_code == 302, answer.text
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def exchange(town, app, code, verifier=VERIFIER, **more):
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": app["client_id"],
        "redirect_uri": BACK,
        "client_secret": app["client_secret"],
        "code_verifier": verifier,
        **more,
    }
    return town.call("POST", "/mastodon/oauth/token", data=form)


def test_the_whole_dance_ends_with_a_token_that_never_expires(town):
    app = register(town)
    shown = town.call("GET", "/mastodon/oauth/authorize", params=ask(app))
    assert shown.status_code == 200
    assert "password" not in shown.text.lower().replace("there is no password", "")
    back = consent(town, app)
    assert back["state"] == "s1"
    token = exchange(town, app, back["code"]).json()
    assert set(token) == {"access_token", "token_type", "scope", "created_at"}
    town.later(3650 * 86400)
    me = town.call("GET", API + "accounts/verify_credentials", token["access_token"]).json()
    assert (me["username"], me["display_name"]) == ("ada_lovelace", "Ada Lovelace")


def test_a_denial_goes_back_with_the_error_and_the_state(town):
    back = consent(town, register(town), decision="deny")
    assert (back["error"], back["state"]) == ("access_denied", "s1")


def test_a_code_works_once_with_the_right_verifier_and_address(town):
    app = register(town)
    assert exchange(town, app, consent(town, app)["code"], verifier="wrong").json()["error"] == "invalid_grant"
    assert exchange(town, app, consent(town, app)["code"], redirect_uri=BACK + "2").status_code == 400
    code = consent(town, app)["code"]
    assert exchange(town, app, code).ok
    assert exchange(town, app, code).json()["error"] == "invalid_grant"
    assert exchange(town, app, consent(town, app)["code"], client_secret="x").status_code == 401


def test_scopes_must_be_among_those_registered(town):
    app = register(town, "profile")
    answer = town.call("GET", "/mastodon/oauth/authorize", params=ask(app))
    assert "error=invalid_scope" in answer.headers["Location"]


def test_an_address_not_registered_is_refused_on_the_page_and_never_followed(town):
    answer = town.call(
        "GET", "/mastodon/oauth/authorize", params=ask(register(town), redirect_uri="http://evil.example/")
    )
    assert answer.status_code == 400
    assert "Location" not in answer.headers


def test_a_servers_age_decides_about_pkce_discovery_batches_and_quotes(town, ada):
    town.order("modes", platform="mastodon", version="4.2.10")
    app = register(town, "read:accounts write:statuses")
    code = consent(town, app, scope="read:accounts write:statuses")["code"]
    assert exchange(town, app, code, verifier="never sent").ok
    assert town.call("GET", "/mastodon/.well-known/oauth-authorization-server").status_code == 404
    assert "quotes_count" not in post(town, ada).json()
    assert town.call("GET", API + "statuses", params={"id[]": "1"}).status_code == 404


def test_a_token_may_only_do_what_its_scopes_say(town):
    app = register(town)
    token = exchange(town, app, consent(town, app, scope="profile")["code"]).json()["access_token"]
    answer = post(town, {"access_token": token})
    assert (answer.status_code, answer.json()) == (403, {"error": "This action is outside the authorized scopes"})


def test_a_revoked_token_is_dead_and_only_its_own_app_may_revoke_it(town):
    app, other = register(town), register(town)
    token = exchange(town, app, consent(town, app)["code"]).json()["access_token"]

    def revoke(client):
        form = {"client_id": client["client_id"], "client_secret": client["client_secret"], "token": token}
        return town.call("POST", "/mastodon/oauth/revoke", data=form).status_code

    assert [revoke(other), revoke(app), revoke(app)] == [403, 200, 200]
    assert post(town, {"access_token": token}).status_code == 401


def test_the_same_key_within_the_hour_returns_the_first_post_even_with_other_words(town, ada):
    first = post(town, ada, key="k1").json()
    assert post(town, ada, "Quite other words", key="k1").json() == first
    town.later(3601)
    assert post(town, ada, key="k1").json()["id"] != first["id"]
    assert len(town.ledger()) == 2


def test_a_key_belongs_to_one_account(town, ada):
    eve = town.person("mastodon", "eve")
    assert post(town, ada, key="k1").json()["id"] != post(town, eve, key="k1").json()["id"]


def test_an_older_server_records_the_key_late_and_a_quick_repeat_doubles(town, ada):
    town.order("modes", platform="mastodon", late_key=30)
    first = post(town, ada, key="k1").json()["id"]
    assert post(town, ada, key="k1").json()["id"] != first
    town.later(60)
    assert post(town, ada, key="k1").ok
    assert len(town.ledger()) == 2


def test_a_server_that_ignores_keys_doubles(town, ada):
    town.order("modes", platform="mastodon", ignore_keys=True)
    assert post(town, ada, key="k1").json()["id"] != post(town, ada, key="k1").json()["id"]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("a" * 500, 200),
        ("a" * 501, 422),
        ("👨‍👩‍👧‍👦" * 500, 200),
        ("", 422),
        ("  ", 422),
        ("a" * 476 + " https://example.com/" + "b" * 300, 200),
        ("@ada@a-very-long-server.example " + "a" * 495, 200),
    ],
)
def test_length_counts_graphemes_with_23_for_a_link(town, ada, words, status):
    assert post(town, ada, words).status_code == status


def test_the_limit_is_the_instances_own_and_it_says_so(town, ada):
    town.order("modes", platform="mastodon", max_characters=1000)
    instance = town.call("GET", "/mastodon/api/v2/instance").json()
    assert instance["configuration"]["statuses"]["max_characters"] == 1000
    assert post(town, ada, "a" * 1000).ok
    assert post(town, ada, "a" * 1001).json()["error"] == "Validation failed: Text character limit of 1000 exceeded"


def test_an_unknown_field_is_an_error(town, ada):
    assert post(town, ada, visiblity="public").status_code == 422


def test_a_picture_in_work_answers_202_and_206_and_cannot_be_attached_yet(town, ada):
    town.order("modes", platform="mastodon", slow_media=5)
    files = {"file": ("a.png", b"\x89PNG", "image/png")}
    sent = town.call("POST", "/mastodon/api/v2/media", ada["access_token"], files=files, data={"description": "A dot"})
    assert (sent.status_code, sent.json()["url"], sent.json()["description"]) == (202, None, "A dot")
    number = sent.json()["id"]
    assert town.call("GET", API + f"media/{number}", ada["access_token"]).status_code == 206
    assert post(town, ada, media_ids=[number]).status_code == 422
    town.later(6)
    assert town.call("GET", API + f"media/{number}", ada["access_token"]).status_code == 200
    assert post(town, ada, media_ids=[number]).json()["media_attachments"][0]["id"] == number


def test_what_is_over_the_limit_is_told_with_an_iso_time_and_no_retry_after(town, ada):
    answers = [town.call("GET", API + "accounts/verify_credentials", ada["access_token"]) for _ in range(301)]
    last = answers[-1]
    assert (answers[299].status_code, last.status_code) == (200, 429)
    assert last.headers["X-RateLimit-Reset"].startswith("20") and last.headers["X-RateLimit-Reset"].endswith("Z")
    assert "Retry-After" not in last.headers
    town.order("limits", on=False)
    assert town.call("GET", API + "accounts/verify_credentials", ada["access_token"]).ok


def test_posts_are_listed_read_in_batches_and_gone_after_deletion(town, ada):
    one, two = post(town, ada, "One & only http://127.0.0.1:1/go/abc-1").json(), post(town, ada, "Two").json()
    listed = town.call("GET", API + f"accounts/{ada['remote_id']}/statuses", params={"limit": 5}).json()
    assert [status["id"] for status in listed] == [two["id"], one["id"]]
    assert 'href="http://127.0.0.1:1/go/abc-1"' in one["content"]
    assert town.ledger(marker="abc-1")[0]["post_id"] == one["id"]
    eve = town.person("mastodon", "eve")
    assert town.call("DELETE", API + f"statuses/{two['id']}", eve["access_token"]).status_code == 404
    assert town.call("DELETE", API + f"statuses/{two['id']}", ada["access_token"]).json()["text"] == "Two"
    both = town.call("GET", API + "statuses", params={"id[]": [one["id"], two["id"]]}).json()
    assert [status["id"] for status in both] == [one["id"]]
    assert town.call("GET", API + f"statuses/{two['id']}").status_code == 404


def test_an_unknown_token_is_said_the_documented_way(town):
    answer = post(town, {"access_token": "nothing"})
    assert (answer.status_code, answer.json()) == (401, {"error": "The access token is invalid"})
