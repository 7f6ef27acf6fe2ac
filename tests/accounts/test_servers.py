"""The limits of a member's own server: read when they connect, kept, and used where they write."""

from datetime import timedelta

import pytest

from accounts.actions.servers import READ_AGAIN, read_old_limits
from accounts.models import LinkedAccount, PlatformApp
from accounts.queries import connector_of, forget_kept
from core import clock
from shares.drafts import Wording
from shares.queries import account_choices, measure
from tests.accounts.conftest import link
from tests.factories import StoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def allow(town):
    """Sets how many characters the stand-in server takes; afterwards it has the usual number again."""

    def set_to(most: int) -> None:
        town.control("POST", "/modes", platform="mastodon", max_characters=most)

    yield set_to
    set_to(500)


def test_a_servers_own_limit_is_read_at_linking_and_again_the_next_day(browser, town, allow, member) -> None:
    allow(3000)
    link(browser, town, "mastodon")
    app, account = PlatformApp.objects.get(connector="mastodon"), LinkedAccount.objects.get()
    assert app.limits["characters"] == 3000 and connector_of(account).limit == 3000

    story = StoryFactory()
    [choice] = account_choices(member, story, clock.now())
    words = Wording("a" * 2000, "I work here.", disclosure_before=False)
    found = measure(choice, words, story)
    assert found.limit == 3000 and not found.problems
    assert measure(choice, Wording("a" * 3000, "I work here.", disclosure_before=False), story).problems

    allow(800)
    at = app.limits_read_at
    read_old_limits(at=at + READ_AGAIN - timedelta(minutes=1), limit=9)
    assert connector_of(account).limit == 3000
    read_old_limits(at=at + READ_AGAIN, limit=9)
    assert connector_of(account).limit == 800


def test_what_is_kept_and_cannot_be_true_counts_for_nothing(member) -> None:
    origin = "https://liar.example"
    PlatformApp.objects.create(connector="mastodon", origin=origin, limits={"characters": -5, "address": "x", "y": 1})
    forget_kept()
    account = LinkedAccount(member=member, connector="mastodon", origin=origin, linked_at=clock.now())
    assert connector_of(account).limit == 500
