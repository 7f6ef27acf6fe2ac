import pytest

from links.redirect import own
from links.redirect.days import Days
from links.redirect.door import Counter


@pytest.fixture
def counter(settings, tmp_path):
    """A counter of the test's own, which shares nothing with Redis or with other tests."""
    settings.DATA_DIR = tmp_path
    fresh = Counter()
    fresh.days = Days(None, "secret")
    fresh.collector._first = fresh.days.first
    return fresh


@pytest.fixture(autouse=True)
def no_own_networks():
    own.ask(tuple)
    yield
    own.ask(tuple)
