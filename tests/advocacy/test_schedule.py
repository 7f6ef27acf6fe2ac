"""What beat rings for."""

from typing import Any

import pytest
from celery.backends.base import DisabledBackend
from django.conf import settings

from advocacy.celery import app


@pytest.mark.parametrize("name", settings.CELERY_BEAT_SCHEDULE)
def test_a_ring_nobody_heard_is_forgotten_soon_after_the_next_one(name: str) -> None:
    """A day without workers would otherwise leave hundreds of thousands of them to be answered."""
    entry: dict[str, Any] = settings.CELERY_BEAT_SCHEDULE[name]
    assert entry["schedule"] < entry["options"]["expires"] <= entry["schedule"] + 60


def test_a_worker_may_drop_a_ring_without_keeping_results() -> None:
    assert isinstance(app.backend, DisabledBackend)
    app.backend.mark_as_revoked("any", "expired", request=None, store_result=False)
