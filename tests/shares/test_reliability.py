"""Every fault on every platform: at most one post, and an end whose reason a person can read."""

from collections.abc import Iterator

import pytest

from accounts import queries as accounts
from connectors import registry
from shares.models import Share
from tests.shares.faults import FAULTS, Fault
from tests.shares.reliability import WRITING, Page, cell

PLATFORMS = list(registry.KEYS)
each_platform = pytest.mark.parametrize("platform", PLATFORMS)
RESTS = ("published", "asked", "held", "failed")


@pytest.fixture(scope="session")
def page() -> Iterator[Page]:
    page = Page()
    yield page
    if WRITING:
        page.write()


@each_platform
@pytest.mark.parametrize("fault", [one for one in FAULTS if not one.restarts_database], ids=lambda one: one.key)
def test_at_most_one_post_and_an_end_people_can_read(stage, platform, fault, page, monkeypatch) -> None:
    shows(stage, platform, fault, page, monkeypatch)


@pytest.mark.django_db(transaction=True)
@each_platform
@pytest.mark.parametrize("fault", [one for one in FAULTS if one.restarts_database], ids=lambda one: one.key)
def test_the_same_with_connections_that_break(stage, platform, fault, page, monkeypatch) -> None:
    shows(stage, platform, fault, page, monkeypatch)


def shows(stage, platform: str, fault: Fault, page: Page, monkeypatch) -> None:
    if why := fault.unless(accounts.connectors()[platform]):
        page.says(fault.key, platform, f"n/a: {why}")
        return
    stage.at_noon()
    account = stage.account(platform)
    stage.later(accounts.connectors()[platform].refresh_after)
    share = stage.plan(account)
    fired = fault.strike(stage, share, monkeypatch)
    share = stage.settle(share, rounds=60, rests=RESTS)
    posts = len(stage.posts(share))
    assert fired >= 1
    assert posts <= 1
    assert share.state in RESTS, share.reason
    assert posts == (share.state == "published") or share.state == "asked"
    assert share.reason or share.state == "published"
    assert not Share.objects.filter(state__in=["sending", "retrying", "uncertain"]).exists()
    page.says(fault.key, platform, cell(fired, posts, share.state))
