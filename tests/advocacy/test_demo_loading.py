"""Loading the demo: never into a firm's own database, and each day told by dice of its own."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Organisation, User
from advocacy.demo import people, sharing
from advocacy.demo.loading import NotEmpty, load

# A Tuesday, so that the office has been open for a while.
AT = datetime(2026, 11, 17, 14, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def surroundings(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.delenv("CONTROL_URL", raising=False)


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
