import re
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import registry
from connectors.base import App, Grant, NeedsRelink, OutcomeUnknown, RateLimited, Rejected, Unavailable, record_key
from connectors.base.answers import SHORTEST_WAIT, epoch, iso, usual_error, wait_until
from core import clock
from core.http import Door, Policy

from .canned import SHORT, answer, credentials, draft

SECONDS = st.integers(1_577_836_800_000_000, 7_258_118_400_000_000)
MOMENTS = SECONDS.map(lambda count: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=count))


@given(MOMENTS, st.integers(0, 1023))
def test_a_record_key_is_a_tid(at, bits):
    assert re.fullmatch("[2-7a-j][2-7a-z]{12}", record_key(at, bits))


@given(MOMENTS, MOMENTS, st.integers(0, 1023))
def test_record_keys_sort_by_time(one, other, bits):
    if one < other:
        assert record_key(one, bits) < record_key(other, bits)


def test_record_keys_of_one_moment_differ_by_their_random_bits():
    at = clock.now()
    assert len({record_key(at, bits) for bits in range(1024)}) == 1024


@pytest.mark.parametrize(
    ("status", "creating", "kind"),
    [
        (400, True, Rejected),
        (401, True, NeedsRelink),
        (404, True, Rejected),
        (408, True, OutcomeUnknown),
        (408, False, Unavailable),
        (422, True, Rejected),
        (429, True, RateLimited),
        (500, True, OutcomeUnknown),
        (503, True, OutcomeUnknown),
        (504, False, Unavailable),
        (200, True, OutcomeUnknown),
        (200, False, Unavailable),
        (302, True, Unavailable),
    ],
)
def test_what_a_status_means(status, creating, kind):
    assert type(usual_error(answer(status), "Platform", creating=creating)) is kind


def test_a_reason_is_shown_on_one_short_line():
    error = usual_error(answer(400), "Platform", creating=True, reason="far\n too " + "long " * 100)
    assert "\n" not in error.sentence and len(error.sentence) < 300


def test_a_wait_is_the_latest_time_named():
    soon, later = clock.now() + timedelta(minutes=5), clock.now() + timedelta(hours=1)
    assert wait_until([soon, None, later], otherwise=timedelta(0)) == later


def test_a_wait_is_never_over_already_and_never_endless():
    past, far = clock.now() - timedelta(days=1), clock.now() + timedelta(days=400)
    assert wait_until([past], otherwise=timedelta(0)) > clock.now()
    assert wait_until([far], otherwise=timedelta(0)) < clock.now() + timedelta(days=3)
    assert wait_until([], otherwise=timedelta(0)) <= clock.now() + 2 * SHORTEST_WAIT


@pytest.mark.parametrize("text", [None, "", "soon", "1e400", "nan", "99999999999999999999"])
def test_a_header_that_is_no_time_is_none(text):
    assert epoch(text) is None
    assert iso(text) is None


def test_a_timestamp_without_zone_is_utc():
    assert iso("2026-11-22T18:00:00") == iso("2026-11-22T18:00:00Z") == datetime(2026, 11, 22, 18, tzinfo=UTC)


def test_secrets_are_not_printed():
    shown = repr([credentials(extra={"dpop": "hidden"}), App("id", "hush"), Grant("a-token", "r-token")])
    assert not any(secret in shown for secret in ("a-token", "r-token", "hush", "hidden"))


def test_what_is_handed_around_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        credentials().access = "other"  # type: ignore[misc]


@pytest.fixture(params=registry.KEYS)
def connector(request):
    return registry.build(Door(Policy()))[request.param]


def test_the_link_stands_in_the_text_once_or_in_the_card(connector):
    assert connector.written(draft("Hallo")).count(SHORT) <= 1
    assert connector.written(draft(f"Hallo {SHORT}")).count(SHORT) == 1


def test_a_text_too_long_says_by_how_much(connector):
    text = "x" * (connector.limit + 7)
    [problem] = connector.problems(draft(text, url=None))
    assert "7 too many" in problem.sentence and str(connector.limit) in problem.sentence


def test_a_server_may_have_a_limit_of_its_own(connector):
    assert connector.problems(draft("x" * 20, url=None), limit=19)
    assert not connector.problems(draft("x" * 20, url=None), limit=20)


@given(st.text(), st.text())
def test_a_longer_text_is_never_shorter(one, other):
    """Counting must not go down while somebody types on, save where a letter joins the one before it."""
    for connector in registry.build(Door(Policy())).values():
        assert connector.length(one) >= 0
        assert connector.length(one + "\n" + other) <= connector.length(one) + connector.length(other) + 23


def test_every_platform_is_in_the_registry_once():
    assert len(set(registry.KEYS)) == len(registry.KEYS) == 5
