"""Many workers, one refresh token that dies when it is used twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import connection

from accounts.actions import fresh_credentials
from accounts.models import LinkedAccount
from accounts.queries import credentials_of
from connectors.base import Unavailable
from core import clock
from tests.contract.town import Town
from tests.factories import LinkedAccountFactory


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_renews_and_nobody_disconnects_the_member(town: Town) -> None:
    person = town.person("x", "katherine")
    account = LinkedAccountFactory(
        connector="x",
        remote_id=person["remote_id"],
        token=person["access_token"],
        renewal=person["refresh_token"],
        expires_at=datetime.fromisoformat(person["expires_at"]),
    )
    before = town.control("GET", "/stats")["calls"].get("refresh", 0)
    town.control("POST", "/latency", platform="x", ms=200)
    clock.set_offset(2 * 3600 - 60)

    def work(_: int) -> str:
        try:
            return fresh_credentials(account=LinkedAccount.objects.get(pk=account.pk), at=clock.now()).access
        except Unavailable as error:
            return error.code
        finally:
            connection.close()

    try:
        with ThreadPoolExecutor(8) as pool:
            found = set(pool.map(work, range(16)))
    finally:
        town.control("POST", "/latency", platform="x", ms=0)
    saved = LinkedAccount.objects.get(pk=account.pk)
    assert town.control("GET", "/stats")["calls"]["refresh"] == before + 1
    assert saved.state == "healthy"
    assert found <= {person["access_token"], credentials_of(saved).access, "refreshing"}
