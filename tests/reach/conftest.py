from datetime import timedelta
from itertools import cycle

import pytest

from core import clock
from shares.models import Share
from tests.factories import LinkedAccountFactory, ShareFactory
from tests.shares.conftest import Stage, clock_file, session_town, stage, town

__all__ = ["clock_file", "session_town", "stage", "town"]


@pytest.fixture
def post(db):
    """`post(age=timedelta(hours=2))`: a published share that was never near a platform."""

    def make(connector="mastodon", age=timedelta(0), **fields) -> Share:
        at = clock.now() - age
        account = fields.pop("account", None) or LinkedAccountFactory(connector=connector)
        given = {"state": "published", "state_at": at, "published_at": at, "post_id": "1"} | fields
        return ShareFactory(account=account, **given)

    return make


@pytest.fixture
def published(stage: Stage):
    """`published("mastodon")`: a share that really went out to the stand-in platform."""

    words = cycle(
        (
            "We tried this and it held.",
            "My neighbour asked twice where one can get it.",
            "Three winters of rain, and not a spot of rust on ours.",
            "Ask me about the hinge: I drew it on a train.",
        )
    )

    def publish(connector: str, **fields) -> Share:
        # X takes the same words from one person only.
        return stage.send(stage.plan(stage.account(connector, **fields), next(words)))

    return publish
