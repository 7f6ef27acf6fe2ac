from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import NeedsRelink, OutcomeUnknown, RateLimited, Reading, Rejected, Unavailable
from connectors.base.server import ServerLimits
from connectors.mastodon import Mastodon, normalise_origin
from connectors.mastodon.errors import error_of
from connectors.mastodon.text import length
from core import clock

from .canned import SHORT, answer, canned, credentials, draft


@pytest.fixture
def pair():
    with canned(Mastodon, "town.example") as pair:
        yield pair


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Hallo", 5),
        ("https://example.org/" + "x" * 200, 23),
        ("a https://x.ch b", 27),
        ("@me@town.example hi", 6),
        ("@me.too@town.example", 7),
        ("me@town.example", 15),
        ("👨‍👩‍👧‍👦 日本", 4),
        ("http://127.0.0.1:8000/go/abc", 28),
        ("http://localhost:8000/go/abc", 28),
        ("https://go.example.org/go/abc.", 24),
    ],
)
def test_length_as_mastodon_counts(text, count):
    assert length(text) == count


@given(st.text(alphabet="@.abc:/hts ") | st.text())
def test_any_text_has_a_length(text):
    assert length(text) >= 0


@pytest.mark.parametrize(
    "typed",
    [
        "@me@town.example", "me@town.example", "town.example", " https://town.example/ ", "https://town.example/@me",
        "http://town.example", "TOWN.example", "town.example/@me?x=1", "town.example.", "HTTPS://Town.Example/web",
    ],
)  # fmt: skip
def test_the_server_is_read_from_whatever_is_typed(typed):
    assert normalise_origin(typed) == "https://town.example"


def test_other_scripts_have_servers_too():
    assert normalise_origin("@me@bücher.example") == "https://xn--bcher-kva.example"


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "@me", "me", "localhost", "127.0.0.1", "https://10.0.0.1", "ftp://town.example", "javascript:alert(1)",
     "@me@", "town..example", "a b.example", "https://", "https://town.example:99999", "[::1]", "-x.example"],
)  # fmt: skip
def test_what_names_no_server_is_told_so(typed):
    with pytest.raises(Rejected) as error:
        normalise_origin(typed)
    assert "mastodon.social" in error.value.sentence


@given(st.text())
def test_typing_anything_gives_an_address_or_a_sentence(typed):
    try:
        assert normalise_origin(typed).startswith("https://")
    except Rejected as error:
        assert error.sentence.endswith(".")


def test_the_key_of_the_marker_goes_along(pair):
    connector, platform = pair
    platform.will_answer(200, {"id": "7", "url": "https://town.example/@me/7"})
    assert connector.publish(credentials(), draft()).url == "https://town.example/@me/7"
    assert "idempotency-key: key-1\r\n" in platform.asked[0].lower()
    assert SHORT in platform.asked[0]


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, "<html>", OutcomeUnknown),
        (200, {"no": "id"}, OutcomeUnknown),
        (200, [1], OutcomeUnknown),
        (401, {"error": "The access token is invalid"}, NeedsRelink),
        (403, {"error": "outside the authorized scopes"}, NeedsRelink),
        (422, {"error": "Validation failed: Text too long"}, Rejected),
        (500, "<html>429 too many 401</html>", OutcomeUnknown),
        (503, {"error": "race"}, OutcomeUnknown),
        (404, "<html>", Rejected),
    ],
)
def test_answers_to_a_post(pair, status, body, kind):
    connector, platform = pair
    platform.will_answer(status, body)
    with pytest.raises(kind):
        connector.publish(credentials(), draft())
    assert len(platform.asked) == 1


def test_a_limit_ends_when_the_timestamp_says():
    until = clock.now() + timedelta(minutes=20)
    error = error_of(answer(429, {"error": "Throttled"}, {"X-RateLimit-Reset": until.isoformat()}))
    assert isinstance(error, RateLimited) and error.until == until


def test_a_short_link_that_begins_alike_is_not_the_same(pair):
    connector, platform = pair
    platform.will_answer(
        200, [{"id": "1", "content": f'<a href="{SHORT}d">x</a>', "created_at": "2020-01-01T00:00:00Z"}]
    )
    assert connector.find(credentials(), draft()) is None


def test_looking_stops_at_posts_older_than_the_attempt(pair):
    connector, platform = pair
    platform.will_answer(200, [{"id": "9", "content": "", "created_at": "2026-11-22T18:01:00Z"}])
    platform.will_answer(200, [{"id": "8", "content": "", "created_at": "2026-11-22T16:59:59Z"}])
    assert connector.find(credentials(), draft()) is None
    assert "max_id=9" in platform.asked[1]


def test_too_many_newer_posts_prove_nothing(pair):
    connector, platform = pair
    for _ in range(5):
        platform.will_answer(200, [{"id": "9", "content": "", "created_at": "2026-11-22T18:01:00Z"}])
    with pytest.raises(OutcomeUnknown):
        connector.find(credentials(), draft())


def test_a_post_without_the_tracked_link_cannot_be_looked_for(pair):
    connector, platform = pair
    with pytest.raises(OutcomeUnknown):
        connector.find(credentials(), draft(url="https://example.org/story"))
    assert platform.asked == []


def test_older_servers_are_asked_for_one_post_at_a_time(pair):
    connector, platform = pair
    platform.will_answer(404, {"error": "Record not found"})
    platform.will_answer(200, {"id": "1", "favourites_count": 3, "reblogs_count": 2, "replies_count": 1})
    platform.will_answer(404, {"error": "Record not found"})
    readings = connector.read(credentials(), ["1", "2"])
    assert readings == {"1": Reading(likes=3, reposts=2, replies=1), "2": Reading(gone=True)}


def test_older_servers_are_asked_for_older_rights(pair):
    connector, platform = pair
    platform.will_answer(404)
    assert connector.scopes_for("https://town.example")[0] == "read:accounts"
    platform.will_answer(200, {"scopes_supported": ["read", "profile"]})
    assert connector.scopes_for("https://town.example")[0] == "profile"


def test_a_server_in_trouble_is_not_taken_for_an_older_one(pair):
    connector, platform = pair
    platform.will_answer(503)
    with pytest.raises(Unavailable):
        connector.scopes_for("https://town.example")


def configuration(**statuses):
    media = {"image_size_limit": 9_000_000, "description_limit": 5000}
    return {"configuration": {"statuses": statuses, "media_attachments": media}}


def test_a_server_is_asked_for_what_it_allows(pair):
    connector, platform = pair
    said = configuration(max_characters=5000, characters_reserved_per_url=25, max_media_attachments=6)
    platform.will_answer(200, said)
    limits = connector.ask_limits("https://town.example")
    assert limits == ServerLimits(characters=5000, address=25, pictures=6, picture_bytes=9_000_000, alt=5000)
    there = connector.at_server(limits)
    assert (there.limit, there.counts) == (5000, "characters, any link counting 25")
    assert there.length("https://example.org/a/long/address") == 25
    assert connector.limit == 500 and connector.length("https://example.org/a/long/address") == 23
    assert not there.problems(draft("a" * 4000))


@pytest.mark.parametrize("lie", [-1, 0, 10**12, "5000", 5000.5, True, None, [], {"max": 1}])
def test_a_server_that_lies_about_its_limits_has_the_usual_ones(pair, lie):
    connector, platform = pair
    platform.will_answer(200, configuration(max_characters=lie, characters_reserved_per_url=lie))
    there = connector.at_server(connector.ask_limits("https://town.example"))
    assert there.limit == 500 and there.length("https://example.org/a") == 23


@pytest.mark.parametrize("body", ["<html>", {}, {"configuration": []}, {"configuration": {"statuses": "x"}}])
def test_a_server_that_does_not_say_has_the_usual_limit(pair, body):
    connector, platform = pair
    platform.will_answer(200, body)
    assert connector.ask_limits("https://town.example") == ServerLimits()


def test_a_server_that_is_no_mastodon_says_so(pair):
    connector, platform = pair
    platform.will_answer(404)
    platform.will_answer(404, "<html>")
    with pytest.raises(Unavailable, match="does not seem to be a Mastodon server"):
        connector.register("https://town.example", "https://advocacy.example/back/")


def test_a_400_when_asked_who_we_are_is_a_dead_token(pair):
    connector, platform = pair
    platform.will_answer(400, "nope")
    with pytest.raises(NeedsRelink):
        connector.who(credentials())
