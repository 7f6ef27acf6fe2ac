"""Loading the demo: the same firm from the same seed on the same day, and never into a firm's own database."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import LinkedAccount, Organisation, User
from advocacy.demo import people, sharing
from advocacy.demo.loading import NotEmpty, load
from content.models import Story
from core import clock
from links.models import Click
from reach.models import Reading
from shares.models import Share

# A Tuesday, so that the office has been open for a while.
AT = datetime(2026, 11, 17, 14, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def surroundings(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.delenv("CONTROL_URL", raising=False)


def fingerprint() -> str:
    """Of what people would see, without the numbers that the database gives out."""
    digest = hashlib.sha256()
    for rows in (
        User.objects.order_by("name").values_list("name", "email", "team__name", "job_title", "joined_at", "left_at"),
        Story.objects.order_by("url").values_list("url", "state", "live_at", "state_at"),
        Share.objects.order_by("key").values_list("key", "words", "state", "wanted_at", "post_id", "link__code"),
        Click.objects.order_by("at", "link__code", "robot").values_list("at", "link__code", "first_today"),
        Reading.objects.order_by("at", "share__key").values_list("at", "likes", "impressions"),
    ):
        digest.update(repr(list(rows)).encode())
    return digest.hexdigest()


def undone(load_it: Callable[[], Any]) -> tuple[Any, str]:
    """What came of a load that is then taken back."""
    with transaction.atomic():
        answer, found = load_it(), fingerprint()
        transaction.set_rollback(True)
    return answer, found


def test_the_same_seed_and_day_make_the_same_firm(
    db: None, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    monkeypatch.setenv("EMBEDDED", "1")
    monkeypatch.setattr(clock, "now", lambda: AT)
    said = StringIO()

    def by_command() -> None:
        call_command("load_demo", stdout=said)
        assert not LinkedAccount.objects.exclude(access="").exists()

    _, first = undone(by_command)
    (counts, can_post), second = undone(lambda: load(at=AT))
    record_property("load", said.getvalue())
    assert first == second
    assert f"{counts['shares']:,} shares" in said.getvalue()
    assert not can_post
    assert "The stand-in platforms did not answer" in said.getvalue()


def test_another_seed_deals_out_other_people() -> None:
    names, others = (people.names_of(seed, "GB", set()) for seed in ("brackenby", "another"))
    assert [next(names) for _ in range(20)] != [next(others) for _ in range(20)]


def test_each_decision_has_dice_of_its_own() -> None:
    """So tomorrow's load tells the same yesterday, and one story more changes nobody else's day."""
    first, again, other = (sharing.dice("seed", "day", key, AT.date()).random() for key in ("mina", "mina", "joe"))
    assert first == again != other


def test_it_refuses_a_database_with_people_in_it(db: None) -> None:
    User.objects.create_user(email="ines@firm.example", name="Ines", joined_at=AT)
    with pytest.raises(NotEmpty):
        load(at=AT)
    assert User.objects.count() == 1
    assert not Organisation.objects.exists()


def test_the_command_refuses_a_database_of_ones_own(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EMBEDDED", raising=False)
    with pytest.raises(CommandError, match="never into one of your own"):
        call_command("load_demo")
    assert not User.objects.exists()


def test_the_command_says_what_it_refuses(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMBEDDED", "1")
    User.objects.create_user(email="ines@firm.example", name="Ines", joined_at=AT)
    with pytest.raises(CommandError, match="move the folder .data away"):
        call_command("load_demo")
