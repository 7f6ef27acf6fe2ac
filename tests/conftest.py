"""Fixtures for every test. The database is real: `python -m advocacy.up with -- pytest …` brings one."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import hypothesis
import pytest
from django.conf import settings


def pytest_configure() -> None:
    from advocacy.languages.catalogues import compile_stale

    compile_stale()
    # How long an example takes says more about the machine than about us; `make bench` measures.
    hypothesis.settings.register_profile("untimed", deadline=None)
    hypothesis.settings.load_profile("untimed")
    # Budgets are for the tests that are about them: they switch them on by the fixture `limits`.
    settings.LIMITS = False
    # Each test client starts the middleware anew, and would list every static file each time.
    settings.WHITENOISE_AUTOREFRESH = True
    # A password that is slow to guess is slow to make; no test is about that.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def as_runner(db: None) -> Callable[[], AbstractContextManager[None]]:
    """`with as_runner(): …` has the rights of the running product. Put pytest.raises outside of it."""
    from django.db import connection, transaction

    from core.roles import runner_name

    @contextmanager
    def switched() -> Iterator[None]:
        # A refusal rolls back to the savepoint, and the role with it.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'SET LOCAL ROLE "{runner_name()}"')
            yield
            cursor.execute("RESET ROLE")

    return switched


@pytest.fixture
def limits(settings: Any) -> None:
    """With the platforms' budgets counted, as they are outside of most tests."""
    settings.LIMITS = True


@pytest.fixture(scope="session", autouse=True)
def seconds_do_not_matter() -> None:
    """What is kept for a few seconds is kept for the whole test, so that a busy machine counts the same queries."""
    from accounts import queries
    from content.queries.phrases import _kept

    for kept in (queries.organisation, queries._platform_apps, queries._quiet, queries._named_readers, _kept):
        kept.seconds = 3600.0


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """What a process keeps for a few seconds (the organisation, the platforms), and the language of the last page, must
    not outlive a test."""
    yield
    from django.utils import translation

    translation.deactivate()
    from accounts.queries import forget_kept
    from content.queries import forget_phrases

    forget_kept()
    forget_phrases()
