"""What headers say of limits reaches whoever keeps the budgets, under the name that a share takes from."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors import registry
from connectors.base import Connector, Prices, Quota
from connectors.base.limits import said
from connectors.bluesky import Bluesky
from connectors.linkedin import LinkedIn
from connectors.mastodon import Mastodon
from connectors.x import X
from core import clock

from .canned import answer, canned, credentials, draft

SOON = (clock.now() + timedelta(minutes=4)).replace(microsecond=0)
EPOCH = str(int(SOON.timestamp()))
X_HEADERS = {"x_rate_limit_remaining": "98", "x_rate_limit_reset": EPOCH, "x_app_limit_24hour_remaining": "7",
             "x_app_limit_24hour_reset": EPOCH}  # fmt: skip
MASTODON = {"x_ratelimit_remaining": "40", "x_ratelimit_reset": SOON.isoformat()}
BLUESKY = {"ratelimit_remaining": "4997", "ratelimit_reset": EPOCH, "ratelimit_policy": "5000;w=3600"}


@pytest.mark.parametrize(
    ("made", "body", "headers", "expected"),
    [
        (X, {"data": {"id": "1"}}, X_HEADERS, {"posts": 98, "day": 7}),
        (X, {"data": {"id": "1"}}, {"x_rate_limit_remaining": "many", "x_rate_limit_reset": EPOCH}, {}),
        (Mastodon, {"id": "1"}, MASTODON, {"calls": 40}),
        (
            Mastodon,
            {"id": "1"},
            MASTODON | {"x_ratelimit_reset": (SOON + timedelta(hours=2)).isoformat()},
            {"posts": 40},
        ),
        (Bluesky, {"uri": "at://a/b/c", "commit": {}}, BLUESKY, {"hour": 4997}),
        (Bluesky, {"uri": "at://a/b/c", "commit": {}}, BLUESKY | {"ratelimit_policy": "9;w=9"}, {}),
    ],
)
def test_headers_are_heard(made: type[Connector], body: Any, headers: dict[str, str], expected: dict[str, int]) -> None:
    heard: list[Quota] = []
    with canned(made, "town.example", "www", "api", "pds", "app") as (connector, platform):
        connector.heard = heard.append
        platform.will_answer(200, body, **headers)
        connector.publish(credentials(), draft())
    assert {quota.key.rpartition(":")[2]: quota.remaining for quota in heard} == expected
    names = {limit.key(made.key, "https://town.example", "42") for limit in made.limits}
    assert all(quota.key in names and quota.resets_at > SOON for quota in heard)
    assert all("42" not in quota.key.split(":")[1] or len(quota.key.split(":")[1]) == 24 for quota in heard)


def test_every_platform_says_what_it_takes_and_no_name_is_too_long_to_keep() -> None:
    for made in registry.CLASSES:
        assert any(limit.post for limit in made.limits), made.key
        assert len({limit.name for limit in made.limits}) == len(made.limits)
        for limit in made.limits:
            assert len(limit.key(made.key, "https://" + "o" * 190, "r" * 200)) < 100
    one, other = (LinkedIn.limits[0].key("linkedin", "", remote_id) for remote_id in ("1", "2"))
    assert one != other


def test_a_link_makes_a_post_dearer() -> None:
    prices = X.prices
    assert isinstance(prices, Prices)
    assert (prices.of("Only words"), prices.of("Words https://go.example/go/ab")) == (15, 200)
    assert datetime(2026, 1, 1, tzinfo=UTC).date() < prices.read_on


@pytest.mark.parametrize("reset", ["253402300799", "9999-12-31T23:59:59Z"])
def test_a_window_that_ends_in_another_millennium_is_not_believed(reset: str) -> None:
    assert said(answer(200, headers={"x-remaining": "0", "x-reset": reset}), "x") is None
