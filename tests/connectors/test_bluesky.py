import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.atproto import normalise_handle, pds_of
from connectors.base import NeedsRelink, OutcomeUnknown, RateLimited, Rejected, Unavailable
from connectors.base.media import picture_type
from connectors.bluesky import Bluesky
from connectors.bluesky.errors import error_of
from connectors.bluesky.record import LARGEST_PICTURE, post_record
from connectors.bluesky.text import facets, mentions
from core import clock

from .canned import SHORT, answer, canned, credentials, draft

BLOB = {"$type": "blob", "ref": {"$link": "bafy"}, "mimeType": "image/png", "size": 4}


@pytest.fixture
def pair():
    with canned(Bluesky, "pds") as pair:
        yield pair


def cut(text, facet):
    index = facet["index"]
    return text.encode()[index["byteStart"] : index["byteEnd"]].decode()


@given(
    st.lists(st.sampled_from(["日本", "👨‍👩‍👧‍👦", " ", "é", "#Tag", "https://a.example/b", "(", ")", ".", "\n", "x"]))
)
def test_facets_cut_out_exactly_what_they_link(pieces):
    text = "".join(pieces)
    end = 0
    for facet in facets(text):
        assert facet["index"]["byteStart"] >= end
        end = facet["index"]["byteEnd"]
        [feature] = facet["features"]
        shown = cut(text, facet)
        assert shown == feature.get("uri", shown)
        assert shown[1:] == feature.get("tag", shown[1:])
    assert end <= len(text.encode())


def test_links_and_tags_are_placed_by_bytes():
    text = f"👩🏽‍🔬 招聘 #招聘 {SHORT}."
    assert [cut(text, facet) for facet in facets(text)] == ["#招聘", SHORT]


def test_people_are_mentioned_by_bytes_and_only_those_who_are_known():
    text = (
        "Grüße 👩🏽‍🔬 @Ada.example, @eve.example und me@firm.example, @me@town.example, https://x.example/@ada.example"
    )
    assert [span.text for span in mentions(text)] == ["ada.example", "eve.example"]
    found = [one for one in facets(text, {"ada.example": "did:plc:ada"}) if "did" in one["features"][0]]
    assert [(cut(text, one), one["features"][0]["did"]) for one in found] == [("@Ada.example", "did:plc:ada")]


def test_whoever_cannot_be_found_stays_plain_text(pair):
    connector, platform = pair
    platform.will_answer(200, {"did": "did:plc:ada"})
    platform.will_answer(400, {"error": "InvalidRequest"})
    words = draft("Mit @ada.example und @nobody.example", url=None)
    prepared = connector.prepare(credentials(), words)
    assert json.loads(prepared["mentions"]) == {"ada.example": "did:plc:ada"}
    assert len(post_record(words, words.text, prepared)["facets"]) == 1


def test_the_record_of_a_draft_is_always_the_same():
    one, other = (
        json.dumps(post_record(draft(f"Hallo {SHORT}"), f"Hallo {SHORT}", {"thumb": json.dumps(BLOB)}))
        for _ in range(2)
    )
    assert one == other
    record = json.loads(one)
    assert record["createdAt"] == "2026-11-22T18:00:00.123Z"
    assert record["langs"] == ["de"]
    assert record["embed"]["external"] == {
        "uri": SHORT,
        "title": "Ein Titel",
        "description": "Worum es geht",
        "thumb": BLOB,
    }


def test_nothing_is_ever_written_over(pair):
    connector, platform = pair
    platform.will_answer(200, {"uri": "at://42/x", "cid": "c", "commit": {}})
    receipt = connector.publish(credentials(), draft())
    body = json.loads(platform.asked[0].partition("\r\n\r\n")[2])
    assert body["swapRecord"] is None and body["rkey"] == "3lbqgx2cq2k2a"
    assert receipt.post_id == "at://42/app.bsky.feed.post/3lbqgx2cq2k2a" and not receipt.adopted


def test_a_key_already_taken_is_our_own_earlier_post(pair):
    connector, platform = pair
    platform.will_answer(400, {"error": "InvalidSwap", "message": "Record was at bafy"})
    platform.will_answer(200, {"uri": "at://42/app.bsky.feed.post/3lbqgx2cq2k2a", "value": {}})
    assert connector.publish(credentials(), draft()).adopted


@pytest.mark.parametrize(
    ("status", "body", "kind", "may_refresh"),
    [
        (400, {"error": "ExpiredToken"}, NeedsRelink, True),
        (400, {"error": "InvalidToken"}, NeedsRelink, False),
        (401, {"error": "AuthenticationRequired"}, NeedsRelink, False),
        (400, {"error": "AccountTakedown"}, NeedsRelink, False),
        (400, {"error": "InvalidRequest", "message": "ExpiredToken InvalidToken"}, Rejected, None),
        (500, {"error": "InternalServerError"}, OutcomeUnknown, None),
        (200, "<html>ExpiredToken</html>", OutcomeUnknown, None),
    ],
)
def test_errors_by_code_and_never_by_words(status, body, kind, may_refresh):
    error = error_of(answer(status, body), creating=True)
    assert type(error) is kind
    assert getattr(error, "refresh_may_help", None) == may_refresh


def test_a_limit_ends_at_the_second_named():
    until = int((clock.now() + timedelta(minutes=4)).timestamp())
    error = error_of(answer(429, {"error": "RateLimitExceeded"}, {"RateLimit-Reset": str(until)}))
    assert isinstance(error, RateLimited) and int(error.until.timestamp()) == until


def test_a_refused_picture_leaves_a_card_without_one(pair):
    connector, platform = pair
    platform.will_answer(400, {"error": "InvalidMimeType"})
    assert connector.prepare(credentials(), draft(image=b"GIF8")) == {}


def test_a_picture_that_could_not_be_sent_has_surely_made_no_post(pair):
    connector, platform = pair
    platform.will_answer(502)
    with pytest.raises(Unavailable):
        connector.publish(credentials(), draft(image=b"\x89PNG"))


def test_a_picture_too_large_is_not_sent(pair):
    connector, platform = pair
    assert connector.prepare(credentials(), draft(image=b"x" * (LARGEST_PICTURE + 1))) == {}
    assert platform.asked == []


def test_a_picture_sent_before_is_not_sent_again(pair):
    connector, platform = pair
    platform.will_answer(200, {"blob": BLOB})
    platform.will_answer(200, {"uri": "at://42/x", "commit": {}})
    words = draft(image=b"\x89PNG")
    words = replace(words, prepared=connector.prepare(credentials(), words))
    connector.publish(credentials(), words)
    assert "content-type: image/png" in platform.asked[0].lower()
    assert '"thumb":' in platform.asked[1]
    assert len(platform.asked) == 2


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\x89PNG\r", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF0000WEBP", "image/webp"),
        (b"", "application/octet-stream"),
    ],
)
def test_a_picture_is_named_by_its_first_bytes(start, kind):
    assert picture_type(start) == kind


def test_too_many_bytes_are_a_problem_of_their_own(pair):
    connector, _ = pair
    [problem] = connector.problems(draft("👨‍👩‍👧‍👦" * 130))
    assert problem.code == "too_many_bytes"
    assert connector.problems(draft("日" * 300)) == []


@pytest.mark.parametrize(
    "typed", ["name.bsky.social", "@name.bsky.social", " Name.Bsky.Social ", "at://name.bsky.social"]
)
def test_a_handle_is_read_however_it_is_typed(typed):
    assert normalise_handle(typed) == "name.bsky.social"


@given(st.text())
def test_any_handle_is_a_handle_or_a_sentence(typed):
    try:
        assert normalise_handle(typed)
    except Rejected as error:
        assert "bsky.social" in error.sentence


def resolving(*answers):
    """A caller that is given these answers in order, with what it asked."""
    asked, left = [], list(answers)

    def get(method, url, **how):
        asked.append(url)
        return left.pop(0)

    return get, asked


DOCUMENT = {"service": [{"id": "#other"}, {"id": "#atproto_pds", "serviceEndpoint": "https://pds.example/"}]}


def test_the_server_is_found_by_handle_and_document():
    get, asked = resolving(answer(200, {"did": "did:plc:abc"}), answer(200, DOCUMENT))
    assert pds_of("me.example", get=get, appview="https://view", plc="https://plc") == "https://pds.example"
    assert asked == ["https://view/xrpc/com.atproto.identity.resolveHandle", "https://plc/did:plc:abc"]


def test_an_identity_on_the_web_is_asked_there():
    get, asked = resolving(answer(200, DOCUMENT))
    assert pds_of("did:web:me.example", get=get, appview="", plc="") == "https://pds.example"
    assert asked == ["https://me.example/.well-known/did.json"]


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ([answer(400, {"error": "InvalidRequest"})], Rejected),
        ([answer(502)], Unavailable),
        ([answer(200, {"did": "did:plc:abc"}), answer(404)], Unavailable),
        ([answer(200, {"did": "did:plc:abc"}), answer(200, {"service": "?"})], Unavailable),
    ],
)
def test_an_account_that_cannot_be_found_says_why(answers, kind):
    get, _ = resolving(*answers)
    with pytest.raises(kind):
        pds_of("me.example", get=get, appview="https://view", plc="https://plc")


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "a.bnVsbA.c", "a.eyJleHAiOiAieCJ9.c"])
def test_a_token_that_says_nothing_lasts_as_long_as_they_usually_do(pair, token):
    connector, platform = pair
    platform.will_answer(200, {"accessJwt": token or "t", "refreshJwt": "r", "did": "did:plc:a", "handle": "a.b"})
    grant = connector.sign_in(handle="me.example", app_password="x")
    assert timedelta(minutes=100) < grant.expires_at - clock.now() < timedelta(minutes=120)
