"""Answers as developers.facebook.com/documentation/threads and reports of projects show them (2026)."""

from dataclasses import replace
from datetime import timedelta
from time import monotonic
from urllib.parse import parse_qs, urlsplit

import pytest

from connectors.base import App, NeedsRelink, OutcomeUnknown, RateLimited, Reading, Receipt, Rejected, Unavailable
from connectors.threads import Threads
from connectors.threads.errors import error_of, token_error
from connectors.threads.text import length, links
from core import clock

from .canned import SHORT, answer, canned, credentials, draft


@pytest.fixture
def pair():
    with canned(Threads, "www", "api") as pair:
        yield pair


def fault(code, subcode=None, **more):
    return {"error": {"message": "No.", "type": "OAuthException", "code": code, "error_subcode": subcode, **more}}


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("", 0),
        ("Hallo", 5),
        ("日本語", 3),
        ("e\u0301", 2),
        ("🚲", 4),
        ("👍🏽", 8),
        ("🇨🇭", 8),
        ("👨‍👩‍👧‍👦", 25),
        ("1️⃣", 7),
        ("…", 1),
    ],
)
def test_an_emoji_counts_as_many_as_it_has_bytes(text, characters):
    assert length(text) == characters


def test_links_are_counted_once_each():
    assert links("www.a.example https://b.example/x, https://b.example/x.") == {"www.a.example", "https://b.example/x"}


def test_more_than_five_links_are_a_problem_and_the_one_on_the_card_counts(pair):
    connector, _ = pair
    five = " ".join(f"https://{name}.example" for name in "abcde")
    assert connector.problems(draft(five, url=None)) == []
    assert [problem.code for problem in connector.problems(draft(five))] == ["links"]


def test_it_says_what_it_cannot_do():
    assert not Threads.sends_picture and not Threads.can_revoke and not Threads.uses_pkce


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, fault(190, 463), NeedsRelink),
        (400, fault(102), NeedsRelink),
        (403, fault(10), NeedsRelink),
        (400, fault(200), NeedsRelink),
        (403, fault(4, is_transient=True), RateLimited),
        (400, fault(17), RateLimited),
        (429, "", RateLimited),
        (400, fault(368), RateLimited),
        (400, fault(24, 4279009), Unavailable),
        (400, fault(-1, 2207051), Rejected),
        (400, fault(-1, 4279013), Rejected),
        (400, fault(100), Rejected),
        (500, fault(2), OutcomeUnknown),
        (400, fault(1, is_transient=True), OutcomeUnknown),
        (200, "<html>", OutcomeUnknown),
        (400, {"error": "odd"}, Rejected),
        (400, [], Rejected),
    ],
)
def test_errors_by_their_code(status, body, kind):
    assert type(error_of(answer(status, body), creating=True)) is kind


def test_a_refusal_is_told_in_the_platforms_words():
    error = error_of(answer(400, fault(100, error_user_msg="The text is too long.")))
    assert "The text is too long." in error.sentence and "OAuthException" not in error.sentence


@pytest.mark.parametrize(
    ("body", "refreshing", "kind"),
    [
        (fault(1), False, Unavailable),
        (fault(101), False, Unavailable),
        (fault(100, 36009), False, Rejected),
        (
            {"error_type": "OAuthException", "code": 400, "error_message": "Matching code was not found"},
            False,
            Rejected,
        ),
        (fault(190), True, NeedsRelink),
        (fault(100), True, Unavailable),
        (fault(4), True, RateLimited),
    ],
)
def test_only_an_answer_that_names_the_token_ends_a_connection(body, refreshing, kind):
    assert type(token_error(answer(400, body), refreshing=refreshing)) is kind


def test_an_app_it_does_not_know_is_the_operators_business():
    assert token_error(answer(400, fault(1)), refreshing=False).operator


def test_scopes_are_joined_by_commas(pair):
    connector, _ = pair
    away = connector.authorize(app=App("id", "hush"), redirect_uri="https://a.example/", state="s", challenge="c")
    asked = parse_qs(urlsplit(away.url).query)
    assert asked["scope"] == [",".join(Threads.scopes)] and "code_challenge" not in asked


def test_the_token_of_an_hour_is_changed_for_one_of_sixty_days_at_once(pair):
    connector, platform = pair
    platform.will_answer(200, {"access_token": "brief", "user_id": 42})
    platform.will_answer(200, {"access_token": "lasting", "token_type": "bearer", "expires_in": 5183944})
    grant = connector.exchange(app=App("id", "hush"), code="abc#_", verifier="", redirect_uri="https://a.example/")
    assert "code=abc&" in platform.asked[0] + "&" and "client_secret=hush" in platform.asked[0]
    assert "grant_type=th_exchange_token" in platform.asked[1] and "access_token=brief" in platform.asked[1]
    assert (grant.access, grant.refresh) == ("lasting", "lasting")
    assert timedelta(days=59) < grant.expires_at - clock.now() < timedelta(days=60)
    assert Threads.required <= grant.scopes


def test_a_token_renews_itself(pair):
    connector, platform = pair
    platform.will_answer(200, {"access_token": "next", "expires_in": 5183944})
    grant = connector.refresh(credentials(scopes=frozenset({"threads_basic"})))
    assert "grant_type=th_refresh_token" in platform.asked[0] and "access_token=r-token" in platform.asked[0]
    assert (grant.access, grant.refresh, grant.scopes) == ("next", "next", frozenset({"threads_basic"}))


def test_the_container_is_made_and_waited_for_before_anything_is_published(pair):
    connector, platform = pair
    platform.will_answer(200, {"id": "c1"})
    platform.will_answer(400, fault(24, 4279009))
    platform.will_answer(200, {"id": "c1", "status": "FINISHED"})
    assert connector.prepare(credentials(), draft(image=b"a picture")) == {"container": "c1"}
    made, *looks = platform.asked
    assert made.startswith("POST /v1.0/me/threads") and "Bearer a-token" in made
    assert f"link_attachment={SHORT.replace(':', '%3A').replace('/', '%2F')}" in made and "image" not in made
    assert len(looks) == 2 and all(look.startswith("GET /v1.0/c1?") for look in looks)


def test_the_wait_ends_within_the_time_of_a_call(pair):
    connector, platform = pair
    connector.seconds = 1.2
    platform.will_answer(200, {"id": "c1"})
    for _ in range(5):
        platform.will_answer(200, {"id": "c1", "status": "IN_PROGRESS"})
    began = monotonic()
    with pytest.raises(Unavailable, match="takes long"):
        connector.prepare(credentials(), draft())
    assert monotonic() - began < 1.2


@pytest.mark.parametrize("status", ["ERROR", "EXPIRED"])
def test_of_a_container_that_failed_another_is_made_later(pair, status):
    connector, platform = pair
    platform.will_answer(200, {"id": "c1"})
    platform.will_answer(200, {"id": "c1", "status": status, "error_message": "UNKNOWN"})
    with pytest.raises(Unavailable):
        connector.prepare(credentials(), draft())


def ready(url=SHORT):
    return replace(draft(url=url), prepared={"container": "c1"})


def test_what_was_made_ready_is_published_in_one_call(pair):
    connector, platform = pair
    platform.will_answer(200, {"id": "9"})
    platform.will_answer(200, {"id": "9", "permalink": "https://www.threads.com/@a/post/x"})
    assert connector.publish(credentials(), ready()) == Receipt("9", "https://www.threads.com/@a/post/x")
    assert platform.asked[0].startswith("POST /v1.0/me/threads_publish") and "creation_id=c1" in platform.asked[0]


def test_a_post_that_is_up_stays_so_when_its_address_cannot_be_had(pair):
    connector, platform = pair
    platform.will_answer(200, {"id": "9"})
    platform.will_answer(500, fault(2))
    assert connector.publish(credentials(), ready()) == Receipt("9", "")


def quota(used, total=250):
    return {"data": [{"quota_usage": used, "config": {"quota_total": total, "quota_duration": 86400}}]}


def test_a_refused_post_asks_whether_the_days_posts_are_used_up(pair):
    connector, platform = pair
    platform.will_answer(400, fault(9, 2207042))
    platform.will_answer(200, quota(40, total=40))
    with pytest.raises(RateLimited, match="40 posts a day") as error:
        connector.publish(credentials(), ready())
    assert clock.now() < error.value.until <= clock.now() + timedelta(hours=1)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, quota(3), Rejected),
        (200, {"data": []}, Rejected),
        (200, {"data": [{"config": []}]}, Rejected),
        (500, "", Unavailable),
        (200, "<html>", Unavailable),
    ],
)
def test_otherwise_it_stays_a_refusal_unless_that_cannot_be_asked(pair, status, body, kind):
    connector, platform = pair
    platform.will_answer(400, fault(100))
    platform.will_answer(status, body)
    with pytest.raises(kind):
        connector.publish(credentials(), ready())


def test_a_container_nobody_published_proves_absence(pair):
    connector, platform = pair
    platform.will_answer(200, {"id": "c1", "status": "FINISHED"})
    assert connector.find(credentials(), ready()) is None
    assert len(platform.asked) == 1


def post(**changes):
    return {"id": "9", "permalink": "https://t.example/9", "timestamp": "2026-11-22T18:00:05+0000", **changes}


def page(*rows, after=""):
    return {"data": list(rows), "paging": {"cursors": {"after": after}}}


@pytest.mark.parametrize("holding", [{"link_attachment_url": SHORT}, {"text": f"Look: {SHORT}."}])
def test_a_published_one_is_found_among_the_members_own_posts(pair, holding):
    connector, platform = pair
    platform.will_answer(200, {"id": "c1", "status": "PUBLISHED"})
    platform.will_answer(200, page(post(id="8", text=SHORT + "d"), after="8"))
    platform.will_answer(200, page(post(**holding)))
    assert connector.find(credentials(), ready()) == Receipt("9", "https://t.example/9", adopted=True)
    assert "after=8" in platform.asked[2]


def test_a_published_one_that_is_not_listed_yet_is_no_proof(pair):
    connector, platform = pair
    platform.will_answer(200, {"id": "c1", "status": "PUBLISHED"})
    platform.will_answer(200, page())
    with pytest.raises(OutcomeUnknown):
        connector.find(credentials(), ready())


def test_the_list_is_read_no_further_than_the_first_attempt(pair):
    connector, platform = pair
    platform.will_answer(200, page(post(id="7", timestamp="2026-11-22T16:00:00+0000"), after="7"))
    assert connector.find(credentials(), draft()) is None


def test_without_a_tracked_link_nothing_can_be_found(pair):
    connector, _ = pair
    with pytest.raises(OutcomeUnknown):
        connector.find(credentials(), draft(url=None))


def test_figures_that_are_missing_are_unknown_and_not_nought(pair):
    connector, platform = pair
    rows = [
        {"name": name, "period": "lifetime", "values": [{"value": value}]}
        for name, value in (("views", 90), ("likes", 0))
    ]
    platform.will_answer(200, {"data": [*rows, {"name": "quotes", "values": []}]})
    assert connector.read(credentials(), ["9"]) == {"9": Reading(likes=0, views=90)}


def test_a_post_that_is_gone_is_told_from_one_that_cannot_be_read(pair):
    connector, platform = pair
    platform.will_answer(400, fault(100, 33))
    assert connector.read(credentials(), ["9"]) == {"9": Reading(gone=True)}
    platform.will_answer(200, "<html>")
    with pytest.raises(Unavailable):
        connector.read(credentials(), ["9"])
