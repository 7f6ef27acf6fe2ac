"""The table in the notes on the real server, row by row."""

import base64
import itertools
import json

import pytest

XRPC = "/bluesky/xrpc/"
NUMBERS = itertools.count(1)
ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"


def tid():
    number = next(NUMBERS)
    return "3kabcdefgh" + "".join(ALPHABET[number >> shift & 31] for shift in (10, 5, 0))


def record(text="Hello", **more):
    return {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2026-11-22T18:00:00.000Z", **more}


@pytest.fixture
def ada(town):
    return town.person("bluesky")


@pytest.fixture
def put(town, ada):
    def send(rkey, what, **more):
        body = {"repo": ada["remote_id"], "collection": "app.bsky.feed.post", "rkey": rkey, "record": what, **more}
        return town.call("POST", XRPC + "com.atproto.repo.putRecord", ada["access_token"], json=body)

    return send


def said(answer):
    return answer.status_code, answer.json()["error"]


def sign_in(town, name="eve.town.example", password="abcd-efgh-ijkl-mnop"):
    body = {"identifier": name, "password": password}
    return town.call("POST", XRPC + "com.atproto.server.createSession", json=body)


def refresh(town, token):
    return town.call("POST", XRPC + "com.atproto.server.refreshSession", token)


def test_the_same_record_put_twice_is_one_post_and_the_second_answer_has_no_commit(town, put):
    rkey = tid()
    first, second = put(rkey, record(), swapRecord=None).json(), put(rkey, record(), swapRecord=None).json()
    assert (first["uri"], first["cid"]) == (second["uri"], second["cid"])
    assert "commit" in first
    assert "commit" not in second
    assert len(town.ledger()) == 1


def test_other_words_under_a_taken_key_are_an_invalid_swap(town, put):
    rkey = tid()
    put(rkey, record(), swapRecord=None)
    assert said(put(rkey, record("Other"), swapRecord=None)) == (400, "InvalidSwap")
    assert town.ledger()[0]["text"] == "Hello"


def test_without_swap_a_put_changes_the_record_and_adds_no_post(town, put):
    rkey = tid()
    put(rkey, record())
    assert put(rkey, record("Other")).status_code == 200
    assert [post["text"] for post in town.ledger()] == ["Other"]


def test_create_on_a_taken_key_looks_like_a_failure_of_the_server(town, put, ada):
    rkey = tid()
    put(rkey, record())
    body = {"repo": ada["remote_id"], "collection": "app.bsky.feed.post", "rkey": rkey, "record": record()}
    answer = town.call("POST", XRPC + "com.atproto.repo.createRecord", ada["access_token"], json=body)
    assert said(answer) == (500, "InternalServerError")


@pytest.mark.parametrize("rkey", ["hello", "zzzzzzzzzzzzz", "3kabc"])
def test_a_key_that_is_no_tid_is_refused(put, rkey):
    assert said(put(rkey, record())) == (400, "InvalidRequest")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("a" * 300, 200),
        ("a" * 301, 400),
        ("日" * 300, 200),
        ("👨‍👩‍👧‍👦" * 300, 400),
        ("👨‍👩‍👧‍👦" * 100, 200),
    ],
)
def test_length_is_counted_in_graphemes_and_in_bytes(put, text, status):
    assert put(tid(), record(text)).status_code == status


def test_a_facet_past_the_end_of_the_text_passes(put):
    link = {"$type": "app.bsky.richtext.facet#link", "uri": "https://example.com"}
    facet = {"index": {"byteStart": 0, "byteEnd": 999}, "features": [link]}
    assert put(tid(), record(facets=[facet])).status_code == 200


def test_a_card_needs_title_and_description(put):
    embed = {"$type": "app.bsky.embed.external", "external": {"uri": "https://example.com"}}
    assert said(put(tid(), record(embed=embed))) == (400, "InvalidRequest")


def test_a_picture_is_sent_ahead_and_may_not_be_over_a_million_bytes(town, ada, put):
    def card(size):
        rest = {"data": b"x" * size, "headers": {"Content-Type": "image/jpeg"}}
        sent = town.call("POST", XRPC + "com.atproto.repo.uploadBlob", ada["access_token"], **rest)
        external = {"uri": "https://example.com", "title": "T", "description": "D", "thumb": sent.json()["blob"]}
        return record(embed={"$type": "app.bsky.embed.external", "external": external})

    assert put(tid(), card(1_000_000)).status_code == 200
    assert said(put(tid(), card(1_000_001))) == (400, "InvalidRequest")


def test_a_picture_never_sent_cannot_be_named(put):
    blob = {"$type": "blob", "ref": {"$link": "bafkreinothing"}, "mimeType": "image/png", "size": 3}
    external = {"uri": "https://example.com", "title": "T", "description": "D", "thumb": blob}
    embed = {"$type": "app.bsky.embed.external", "external": external}
    assert said(put(tid(), record(embed=embed))) == (400, "BlobNotFound")


def test_a_record_is_found_by_its_key_without_a_token_and_a_missing_one_is_said_to_be(town, ada, put):
    rkey = tid()
    put(rkey, record("Grüße 🎉"))
    which = {"repo": ada["remote_id"], "collection": "app.bsky.feed.post", "rkey": rkey}
    assert town.call("GET", XRPC + "com.atproto.repo.getRecord", params=which).json()["value"] == record("Grüße 🎉")
    which["rkey"] = tid()
    assert said(town.call("GET", XRPC + "com.atproto.repo.getRecord", params=which)) == (400, "RecordNotFound")


def test_a_persons_profile_is_a_record_too(town):
    ada = town.person("bluesky", "Ada Lovelace")
    which = {"repo": ada["remote_id"], "collection": "app.bsky.actor.profile", "rkey": "self"}
    record = town.call("GET", XRPC + "com.atproto.repo.getRecord", params=which).json()
    assert record["value"]["displayName"] == "Ada Lovelace"


def test_figures_of_25_posts_at_once_and_not_of_26_and_deleted_ones_are_left_out(town, ada, put):
    uri, gone = put(tid(), record()).json()["uri"], put(tid(), record("Going")).json()["uri"]
    body = {"repo": ada["remote_id"], "collection": "app.bsky.feed.post", "rkey": gone.rpartition("/")[2]}
    assert town.call("POST", XRPC + "com.atproto.repo.deleteRecord", ada["access_token"], json=body).ok
    ask = XRPC + "app.bsky.feed.getPosts"
    shown = town.call("GET", ask, ada["access_token"], params={"uris": [uri, gone]}).json()["posts"]
    assert [(post["uri"], post["likeCount"]) for post in shown] == [(uri, 0)]
    assert said(town.call("GET", ask, ada["access_token"], params={"uris": [uri] * 26})) == (400, "InvalidRequest")
    assert town.ledger()[1]["deleted_at"]


def test_nobody_writes_into_another_persons_repo(town, put):
    eve = town.person("bluesky", "eve")
    assert put(tid(), record(), repo=eve["remote_id"]).status_code == 401


def test_signing_in_makes_an_account_and_a_wrong_password_does_not(town):
    session = sign_in(town).json()
    assert session["handle"] == "eve.town.example"
    assert session["didDoc"]["service"][0]["serviceEndpoint"] == town.base + "/bluesky"
    claims = json.loads(base64.urlsafe_b64decode(session["accessJwt"].split(".")[1] + "=="))
    assert claims["exp"] - claims["iat"] == 7200
    assert said(sign_in(town, password="my real password")) == (401, "AuthenticationRequired")
    resolved = town.call("GET", XRPC + "com.atproto.identity.resolveHandle", params={"handle": "eve.town.example"})
    assert resolved.json() == {"did": session["did"]}


def test_an_unreadable_token_is_400_and_no_token_is_401(town):
    ask = XRPC + "com.atproto.server.getSession"
    assert said(town.call("GET", ask, "garbage")) == (400, "InvalidToken")
    assert said(town.call("GET", ask)) == (401, "AuthMissing")


def test_an_access_token_lives_120_minutes_and_a_refresh_token_90_days(town):
    session = sign_in(town).json()
    ask = XRPC + "com.atproto.server.getSession"
    town.later(7190)
    assert town.call("GET", ask, session["accessJwt"]).ok
    town.later(20)
    assert said(town.call("GET", ask, session["accessJwt"])) == (400, "ExpiredToken")
    town.later(89 * 86400)
    assert refresh(town, session["refreshJwt"]).ok
    town.later(2 * 86400)
    assert said(refresh(town, session["refreshJwt"])) == (400, "ExpiredToken")


def test_a_refresh_token_works_again_for_two_hours_and_not_longer(town):
    session = sign_in(town).json()
    assert refresh(town, session["refreshJwt"]).ok
    town.later(7100)
    assert refresh(town, session["refreshJwt"]).ok
    town.later(200)
    assert said(refresh(town, session["refreshJwt"])) == (400, "ExpiredToken")


def test_a_deleted_app_password_ends_refreshing_while_the_access_token_runs_on(town):
    session = sign_in(town).json()
    town.order("revoke", platform="bluesky", remote_id=session["did"], gently=True)
    assert town.call("GET", XRPC + "com.atproto.server.getSession", session["accessJwt"]).ok
    assert said(refresh(town, session["refreshJwt"])) == (400, "ExpiredToken")
    assert said(sign_in(town)) == (401, "AuthenticationRequired")
    assert sign_in(town, password="aaaa-bbbb-cccc-dddd").ok


def test_the_31st_sign_in_in_five_minutes_is_too_many_with_reset_in_epoch_seconds(town):
    answers = [sign_in(town) for _ in range(31)]
    assert {answer.status_code for answer in answers[:30]} == {200}
    last = answers[30]
    assert said(last) == (429, "RateLimitExceeded")
    assert last.headers["RateLimit-Policy"] == "30;w=300"
    assert last.headers["RateLimit-Reset"].isdigit()
    assert "Retry-After" not in last.headers


def test_an_ended_session_cannot_be_refreshed(town):
    session = sign_in(town).json()
    assert town.call("POST", XRPC + "com.atproto.server.deleteSession", session["refreshJwt"]).ok
    assert said(refresh(town, session["refreshJwt"])) == (400, "ExpiredToken")
