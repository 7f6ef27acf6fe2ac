import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import registry
from connectors.base import NeedsRelink, OutcomeUnknown, RateLimited, Reading, Rejected, Unavailable, counted
from connectors.linkedin import LinkedIn, VettedLinkedIn
from connectors.linkedin.connector import post_body
from connectors.linkedin.errors import error_of
from connectors.linkedin.text import RESERVED, escaped
from connectors.text import addresses, hashtags
from core import clock
from core.http import Door, Policy

from .canned import SHORT, answer, canned, credentials, draft

DOOR = Door(Policy())
DUPLICATE = {"status": 422, "message": "Content is a duplicate of urn:li:share:777"}


@pytest.fixture
def pair():
    with canned(LinkedIn, "www", "api") as pair:
        yield pair


def decoded(little):
    """What a reader of little text sees: a backslash makes the next character an ordinary one."""
    shown, plain = [], iter(little)
    for letter in plain:
        shown.append(next(plain) if letter == "\\" else letter)
    return "".join(shown)


def bare(little):
    """The reserved characters that are not escaped, outside of addresses and hashtags."""
    kept = set()
    for span in addresses(little) + hashtags(little):
        kept |= set(range(span.start, span.end))
    found, at = [], 0
    while at < len(little):
        if little[at] == "\\":
            at += 2
            continue
        if RESERVED.match(little[at]) and at not in kept:
            found.append(little[at])
        at += 1
    return found


PIECES = st.lists(
    st.sampled_from([*"\\|{}@[]()<>#*_~ ab.日👍\n", "#Jobs", "#a_b", "https://a.example/b_c", "@[x](urn)"])
)


@given(st.text() | PIECES.map("".join))
def test_what_is_escaped_reads_as_it_was_written(text):
    assert decoded(escaped(text)) == text


@given(PIECES.map("".join))
def test_no_reserved_character_is_left_bare(text):
    assert bare(escaped(text)) == []


def test_every_reserved_character_is_escaped():
    assert escaped("\\|{}@[]()<>#*_~") == "".join("\\" + letter for letter in "\\|{}@[]()<>#*_~")


@pytest.mark.parametrize("kept", [SHORT, "https://example.org/a_b?x=(1)&y=~z", "#Jobs", "#日本語"])
def test_addresses_and_hashtags_are_kept(kept):
    assert escaped(f"Siehe (*) {kept} jetzt") == rf"Siehe \(\*\) {kept} jetzt"


def test_a_hashtag_that_would_cut_the_post_is_made_literal():
    assert escaped("#a_b") == r"\#a\_b"
    assert escaped("C# ist #1") == r"C\# ist \#1"


def test_a_post_carries_version_and_author(pair):
    connector, platform = pair
    platform.will_answer(201, "", X_RestLi_Id="urn:li:share:1")
    receipt = connector.publish(credentials(), draft())
    assert receipt.post_id == "urn:li:share:1"
    assert receipt.url == f"{platform.origin}/feed/update/urn:li:share:1/"
    asked = platform.asked[0].lower()
    assert "linkedin-version: 20" in asked and "x-restli-protocol-version: 2.0.0" in asked
    assert '"author":"urn:li:person:42"' in asked


def test_a_201_without_a_name_is_posted(pair):
    connector, platform = pair
    platform.will_answer(201)
    receipt = connector.publish(credentials(), draft())
    assert (receipt.post_id, receipt.url) == ("", "")


def test_a_200_is_no_proof(pair):
    connector, platform = pair
    platform.will_answer(200, "<html>")
    with pytest.raises(OutcomeUnknown):
        connector.publish(credentials(), draft())


def test_a_duplicate_is_adopted_only_after_an_unknown_outcome(pair):
    connector, platform = pair
    platform.will_answer(422, DUPLICATE)
    with pytest.raises(Rejected, match="already posted"):
        connector.publish(credentials(), draft())
    platform.will_answer(422, DUPLICATE)
    receipt = connector.publish(credentials(), draft(), resend=True)
    assert (receipt.post_id, receipt.adopted) == ("urn:li:share:777", True)


@pytest.mark.parametrize("named", ["urn:li:person:5", "urn:li:organization:5", "urn:li:image:5", ""])
def test_a_422_that_names_something_else_is_no_duplicate(pair, named):
    connector, platform = pair
    platform.will_answer(422, {"message": f"ERROR :: /author :: {named} is not valid"})
    with pytest.raises(Rejected) as error:
        connector.publish(credentials(), draft(), resend=True)
    assert error.value.code != "DUPLICATE_POST"


def test_a_resend_is_the_same_to_the_byte():
    one, other = (json.dumps(post_body(credentials(), draft("Hallo (Welt)"), "Hallo (Welt)")) for _ in range(2))
    assert one == other


@pytest.mark.parametrize(
    ("status", "body", "kind", "operator"),
    [
        (401, {"serviceErrorCode": 65601}, NeedsRelink, None),
        (403, {"serviceErrorCode": 100, "code": "ACCESS_DENIED"}, NeedsRelink, None),
        (400, {"code": "VERSION_MISSING"}, Unavailable, True),
        (400, {"code": "ILLEGAL_ARGUMENT", "message": "VERSION_MISSING"}, Rejected, None),
        (400, {"errorDetails": {"inputErrors": [{"code": "FIELD_LENGTH_TOO_LONG"}]}}, Rejected, None),
        (409, {}, Unavailable, False),
        (426, {"code": "NONEXISTENT_VERSION"}, Unavailable, True),
        (500, "<html>426</html>", OutcomeUnknown, None),
    ],
)
def test_errors(status, body, kind, operator):
    error = error_of(answer(status, body), creating=True)
    assert type(error) is kind
    assert getattr(error, "operator", None) == operator


def test_a_daily_limit_ends_at_midnight_utc():
    error = error_of(answer(429, {"code": "TOO_MANY_REQUESTS"}))
    assert isinstance(error, RateLimited)
    assert (error.until.hour, error.until.minute) == (0, 0)
    assert error.until.date() > clock.today_utc()


def test_a_picture_is_sent_once_and_kept(pair):
    connector, platform = pair
    platform.will_answer(200, {"value": {"uploadUrl": f"{platform.origin}/up", "image": "urn:li:image:1"}})
    platform.will_answer(201)
    prepared = connector.prepare(credentials(), draft(image=b"\x89PNG"))
    assert prepared == {"image": "urn:li:image:1"}
    assert platform.asked[1].startswith("PUT /up ")


def test_it_can_be_asked_for_no_more_than_every_developer_may():
    assert set(LinkedIn.scopes) == {"openid", "profile", "w_member_social"}


@pytest.fixture
def vetted():
    with canned(VettedLinkedIn, "www", "api") as pair:
        yield pair


def element(count, kind):
    return {"paging": {}, "elements": [{"count": count, "metricType": kind}]}


def test_the_vetted_product_asks_for_one_kind_a_call_and_takes_both_shapes_of_the_answer(vetted):
    connector, platform = vetted
    wrapped = {"com.linkedin.adsexternalapi.memberanalytics.v1.CreatorPostAnalyticsMetricTypeV1": "COMMENT"}
    for body in (
        element(7, "REACTION"),
        element(2, wrapped),
        element(3, "SOMETHING_ELSE"),
        element(400, "IMPRESSION"),
        element(310, "MEMBERS_REACHED"),
        {"elements": []},
        element(0, "LINK_CLICKS"),
    ):
        platform.will_answer(200, body)
    with counted() as calls:
        found = connector.read(credentials(scopes=frozenset(connector.scopes)), ["urn:li:share:1"])
    # An empty list and another kind's number are "not available"; nought is nought.
    assert found["urn:li:share:1"] == Reading(likes=7, replies=2, impressions=400, reach=310, clicks=0)
    assert calls.made == len(platform.asked) == connector.read_calls
    assert "entity=(share:urn%3Ali%3Ashare%3A1)&queryType=REACTION&aggregation=TOTAL" in platform.asked[0]


def test_a_version_before_april_2026_is_not_asked_for_what_it_does_not_know(vetted):
    connector, platform = vetted
    connector.places["version"] = "202603"
    for _ in range(5):
        platform.will_answer(200, {"elements": []})
    found = connector.read(credentials(scopes=frozenset(connector.scopes)), ["urn:li:ugcPost:5"])
    assert found == {"urn:li:ugcPost:5": Reading()} and len(platform.asked) == 5
    assert "(ugc:urn" in platform.asked[0] and "LinkedIn-Version: 202603" in platform.asked[0]


def test_a_connection_from_before_the_vetted_product_posts_on_and_says_what_to_do_for_figures(vetted):
    connector, platform = vetted
    with pytest.raises(Rejected, match="connect it once more"):
        connector.read(credentials(scopes=frozenset({"w_member_social"})), ["urn:li:share:1"])
    platform.will_answer(403, {"code": "ACCESS_DENIED"})
    with pytest.raises(Rejected):
        connector.read(credentials(scopes=frozenset(connector.scopes)), ["urn:li:share:1"])


def test_the_vetted_product_names_its_author_in_its_own_way(vetted):
    connector, platform = vetted
    platform.will_answer(200, {"id": "aB_9", "localizedFirstName": "Ines", "localizedLastName": "Okafor"})
    identity = connector.who(credentials())
    assert (identity.remote_id, identity.name) == ("aB_9", "Ines Okafor")
    assert platform.asked[0].startswith("GET /v2/me ")


@pytest.mark.parametrize(
    ("version", "today", "told"),
    [
        ("202609", date(2027, 6, 30), None),
        ("202609", date(2027, 7, 15), date(2027, 9, 1)),
        ("202512", date(2027, 1, 1), date(2026, 12, 1)),
        ("nonsense", date(2027, 1, 1), None),
    ],
)
def test_the_end_of_a_version_is_told_two_months_before(version, today, told):
    assert LinkedIn(DOOR, {"version": version}).ends_on(today) == told


def test_which_product_is_built_is_for_a_setting_to_say():
    assert type(registry.build(DOOR, {"linkedin": {"product": "community"}})["linkedin"]) is VettedLinkedIn
    assert type(registry.build(DOOR)["linkedin"]) is LinkedIn
