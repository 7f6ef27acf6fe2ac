import pytest

from links import actions
from links.redirect import own
from links.redirect.days import DayKey, Days
from links.redirect.door import Counter
from links.redirect.drain import Drainer


@pytest.fixture
def counter(settings, tmp_path):
    """A counter of the test's own, which shares nothing with Redis or with other tests."""
    settings.DATA_DIR = tmp_path
    fresh = Counter()
    fresh.key = DayKey(None, "secret")
    return fresh


@pytest.fixture
def drainer(counter):
    """Writes what that counter has put into its spool, in the test's transaction."""
    return Drainer(counter.spool.folder, days=Days(None), write=actions.record_clicks)


@pytest.fixture(autouse=True)
def no_own_networks():
    own.ask(tuple)
    yield
    own.ask(tuple)
