import json
from dataclasses import replace
from datetime import timedelta
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twitter_text import parse_tweet

from connectors.base import Media, NeedsRelink, OutcomeUnknown, RateLimited, Reading, Rejected, Unavailable
from connectors.x import X
from connectors.x.errors import error_of
from connectors.x.text import cashtags, weighted_length
from core import clock

from .canned import SHORT, answer, canned, credentials, draft


@pytest.fixture
def pair():
    with canned(X, "www", "api") as pair:
        yield pair


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("Hi http://test.co", 26),
        ("日本語", 6),
        ("👨‍👩‍👧‍👦", 2),
        ("👍🏽", 2),
        ("🇨🇭", 2),
        ("…", 2),
        ("€", 2),
        ("“”‘’—", 5),
        ("Acme 🚀 https://example.com/a/b/c", 31),
        ("e\u0301", 1),
        ("example.com", 23),
        ("https://example.com/go/abc.", 24),
        ("\r\n", 1),
        # conformance/validate.yml of twitter-text
        ("Test https://test.com test https://test.com test.com test", 86),
        ("の" * 140, 280),
        ("🐱" * 140, 280),
    ],
)
def test_length_as_x_counts(text, weight):
    assert weighted_length(text) == weight


PIECES = [
    "日本",
    "👨‍👩‍👧‍👦",
    " ",
    "\u3000",
    "\r\n",
    "é",
    "e\u0301",
    "#",
    "@",
    "example.com",
    "https://a.de/b?c=(d)",
    ".",
    "x",
    "-",
]


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_counting_word_by_word_comes_to_the_same_as_the_whole(text):
    assert weighted_length(text) == (parse_tweet(text).weightedLength if text else 0)


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("https://example.com/" + "a" * 1000, 23),
        ("https://example.com/" + "a" * 1000 + " ok", 26),
        ("日https://example.com/" + "a" * 1000 + ",", 26),
        ("x" * 1000, 1000),
        ("日" * 1000, 2000),
        ("👨‍👩‍👧‍👦" * 1000, 2000),
    ],
)
def test_long_words_are_counted_too(text, weight):
    assert weighted_length(text) == weight


@pytest.mark.parametrize("text", ["a." * 3000, "http://" + "a." * 3000 + "!", "a_-a_-" * 1000 + ".com", "(a." * 2000])
def test_no_text_takes_long_to_count(text):
    start = process_time()
    weighted_length(text)
    assert process_time() - start < 2


@pytest.mark.parametrize(
    ("text", "count"), [("$ACME", 1), ("$ACME and $brk.b", 2), ("5$ US$ $5 $$A", 0), ("a$ACME", 0)]
)
def test_cashtags(text, count):
    assert cashtags(text) == count


def test_two_cashtags_are_a_problem(pair):
    connector, _ = pair
    assert [problem.code for problem in connector.problems(draft("$ACME $ABC"))] == ["cashtags"]


@pytest.mark.parametrize(
    ("status", "body", "kind", "operator"),
    [
        (400, {"type": "https://api.x.com/2/problems/invalid-request"}, Rejected, None),
        (401, {"title": "Unauthorized"}, NeedsRelink, None),
        (402, {"title": "CreditsDepleted"}, Unavailable, True),
        (403, {"type": "about:blank", "detail": "The words client-forbidden."}, Rejected, None),
        (403, {"type": "https://api.x.com/2/problems/client-forbidden"}, Unavailable, True),
        (429, {"type": "https://api.x.com/2/problems/usage-capped"}, Unavailable, True),
        (429, {"errors": [{"code": 88}]}, RateLimited, None),
        (503, "<html>402</html>", OutcomeUnknown, None),
        (201, {"data": {}}, OutcomeUnknown, None),
        (200, "<html>", OutcomeUnknown, None),
    ],
)  # fmt: skip
def test_errors_by_status_and_type(status, body, kind, operator):
    error = error_of(answer(status, body), creating=True)
    assert type(error) is kind
    assert getattr(error, "operator", None) == operator


def test_a_refused_token_may_merely_have_run_out():
    assert error_of(answer(401)).refresh_may_help


def headers(**resets):
    return {name.replace("_", "-"): str(value) for name, value in resets.items()}


def test_the_wait_is_for_the_limit_that_is_used_up():
    soon, later = (int((clock.now() + timedelta(minutes=m)).timestamp()) for m in (5, 900))
    given_back = headers(x_rate_limit_reset=soon, x_rate_limit_remaining=0, x_user_limit_24hour_reset=later)
    assert int(error_of(answer(429, {}, given_back)).until.timestamp()) == soon
    used_up = {**given_back, "x-user-limit-24hour-remaining": "0"}
    assert int(error_of(answer(429, {}, used_up)).until.timestamp()) == later


def test_without_headers_the_wait_is_a_quarter_of_an_hour():
    wait = error_of(answer(429)).until - clock.now()
    assert timedelta(minutes=14) < wait <= timedelta(minutes=15)


def found(**changes):
    entities = {"urls": [{"url": "https://t.co/x", "expanded_url": SHORT}]}
    return {"id": "9", "text": "Hallo https://t.co/x", "entities": entities, **changes}


def test_a_post_is_found_by_what_its_short_address_stands_for(pair):
    connector, platform = pair
    platform.will_answer(200, {"data": [{"id": "8", "text": "Else"}], "meta": {"next_token": "n"}})
    platform.will_answer(200, {"data": [found()], "meta": {}})
    assert connector.find(credentials(), draft()).post_id == "9"
    assert "start_time=2026-11-22T17%3A00%3A00Z" in platform.asked[0]
    assert "pagination_token=n" in platform.asked[1]


def test_no_post_at_all_proves_absence(pair):
    connector, platform = pair
    platform.will_answer(200, {"meta": {"result_count": 0}})
    assert connector.find(credentials(), draft()) is None


def test_half_an_answer_proves_nothing(pair):
    connector, platform = pair
    platform.will_answer(200, {"errors": [{"type": "about:blank"}]})
    with pytest.raises(Unavailable):
        connector.find(credentials(), draft())


def test_a_refusal_after_a_lost_answer_is_looked_into(pair):
    connector, platform = pair
    platform.will_answer(403, {"type": "about:blank"})
    platform.will_answer(200, {"data": [found()], "meta": {}})
    assert connector.publish(credentials(), draft(), resend=True).adopted


def test_a_first_refusal_is_not(pair):
    connector, platform = pair
    platform.will_answer(403, {"type": "about:blank", "detail": "No."})
    with pytest.raises(Rejected, match=r"No\."):
        connector.publish(credentials(), draft())
    assert len(platform.asked) == 1


def test_figures_and_errors_may_come_together(pair):
    connector, platform = pair
    metrics = {"impression_count": 100, "like_count": 0, "reply_count": 1, "retweet_count": 2, "quote_count": 3}
    gone = {"type": "https://api.x.com/2/problems/resource-not-found", "resource_id": "2"}
    platform.will_answer(200, {"data": [{"id": "1", "public_metrics": metrics}], "errors": [gone]})
    readings = connector.read(credentials(), ["1", "2", "3"])
    assert readings == {
        "1": Reading(likes=0, reposts=2, replies=1, quotes=3, impressions=100),
        "2": Reading(gone=True),
    }


def test_figures_that_are_missing_are_unknown_and_not_nought(pair):
    connector, platform = pair
    platform.will_answer(200, {"data": [{"id": "1"}]})
    assert connector.read(credentials(), ["1"]) == {"1": Reading()}


def test_pictures_are_sent_with_their_description_and_named_in_the_post_with_the_label(pair):
    connector, platform = pair
    picture = Media(b"\xff\xd8\xff", "image/jpeg", "Eine Bruecke")
    made = replace(draft(), media=(picture, replace(picture, alt="")), partnership=True)
    for number in ("11", None, "12"):
        platform.will_answer(200, {"data": {"id": number}})
    allowed = credentials(scopes=frozenset(X.scopes))
    prepared = connector.prepare(allowed, made)
    platform.will_answer(201, {"data": {"id": "99"}})
    connector.publish(allowed, replace(made, prepared=prepared))
    described, posted = (json.loads(asked.partition("\r\n\r\n")[2]) for asked in (platform.asked[1], platform.asked[3]))
    assert described == {"id": "11", "metadata": {"alt_text": {"text": "Eine Bruecke"}}}
    assert posted["media"] == {"media_ids": ["11", "12"]} and posted["paid_partnership"] is True
    assert 'name="media_category"' in platform.asked[0] and "tweet_image" in platform.asked[0]


def test_an_account_linked_before_there_were_pictures_is_asked_for_again_and_nothing_is_sent(pair):
    connector, platform = pair
    made = replace(draft(), media=(Media(b"\xff\xd8\xff", "image/jpeg"),))
    with pytest.raises(NeedsRelink, match="connect it again"):
        connector.prepare(credentials(scopes=frozenset({"tweet.write"})), made)
    assert platform.asked == []
