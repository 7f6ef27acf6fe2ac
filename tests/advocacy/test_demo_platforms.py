"""The demo with the stand-in platforms beside it: its people can post, and what they posted stands there."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from accounts.models import LinkedAccount
from accounts.queries import keyring
from advocacy.demo import platforms
from advocacy.demo.loading import load
from core import clock
from reach.models import ReadingPlan
from shares.models import Share
from tests.sandbox.conftest import Town, running_town, town  # noqa: F401

pytestmark = pytest.mark.slow


@pytest.fixture
def firm(
    db: None,
    town: Town,  # noqa: F811
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Any,
) -> Iterator[Town]:
    settings.MEDIA_ROOT, settings.SANDBOX_URL = tmp_path, town.base
    monkeypatch.setenv("CONTROL_URL", town.control)
    platforms.door.cache_clear()
    town.clock.write_text("0")
    _, can_post = load(at=clock.now())
    assert can_post
    yield town
    platforms.door.cache_clear()


def test_the_demos_people_and_posts_are_on_the_platforms(firm: Town) -> None:
    healthy = LinkedAccount.objects.filter(state="healthy")
    assert not healthy.filter(access="").exists()
    assert not LinkedAccount.objects.exclude(state="healthy").exclude(access="").exists()

    account = healthy.filter(connector="mastodon").first()
    token = keyring().open(account.access, about=f"linkedaccount:{account.pk}")
    person = firm.call("GET", "/mastodon/api/v1/accounts/verify_credentials", token).json()
    assert f"@{person['acct']}@town.example" == account.handle

    published = Share.objects.filter(state="published")
    for connector in ("linkedin", "bluesky", "mastodon", "x", "threads"):
        post = published.filter(connector=connector).latest("published_at")
        page = requests.get(post.post_url, timeout=10)
        assert page.status_code == 200, post.post_url
        assert urlsplit(firm.base).netloc in post.post_url
    assert len(firm.ledger()) == published.count()

    read_again = ReadingPlan.objects.filter(due_at__isnull=False)
    assert read_again.exists()
    assert not read_again.filter(share__published_at__lt=clock.now() - timedelta(days=29)).exists()
    assert not read_again.exclude(share__account__state="healthy").exists()
