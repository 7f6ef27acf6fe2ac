from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from accounts.actions import (
    fresh_credentials,
    mark_needs_relink,
    note_success,
    pause_account,
    pause_platform,
    renewed_credentials,
)
from accounts.actions.health import take_lease
from accounts.models import LinkedAccount, PlatformApp
from accounts.queries import credentials_of
from accounts.tasks import refresh_tokens, renew_tokens_early
from connectors.base import NeedsRelink, Unavailable
from core import clock
from notifications.models import Notice
from tests.contract.town import Town
from tests.factories import LinkedAccountFactory

pytestmark = pytest.mark.django_db


def account_on_x(town: Town, name: str = "ada", **fields: Any) -> LinkedAccount:
    person = town.person("x", name)
    return LinkedAccountFactory(
        connector="x",
        remote_id=person["remote_id"],
        token=person["access_token"],
        renewal=person["refresh_token"],
        expires_at=fields.pop("expires_at", datetime.fromisoformat(person["expires_at"])),
        **fields,
    )


def test_a_token_that_lasts_is_used_as_it_is(town: Town) -> None:
    account = account_on_x(town)
    before = credentials_of(account)
    assert fresh_credentials(account=account, at=clock.now()).access == before.access
    assert not town.control("GET", "/stats")["calls"].get("refresh")


def test_a_token_nearly_over_is_renewed_and_saved_before_use(town: Town) -> None:
    account = account_on_x(town, "grace")
    before = credentials_of(account)
    clock.set_offset(2 * 3600 - 120)
    renewed = fresh_credentials(account=account, at=clock.now())
    assert renewed.access != before.access and renewed.refresh != before.refresh
    saved = LinkedAccount.objects.get()
    assert credentials_of(saved).access == renewed.access and saved.refreshing_until is None
    assert saved.expires_at > clock.now() + timedelta(hours=1)


def test_while_somebody_renews_others_use_the_old_token_as_long_as_it_lasts(town: Town) -> None:
    account = account_on_x(town, "hedy", expires_at=clock.now() + timedelta(minutes=2))
    assert take_lease(LinkedAccount.objects.get(), clock.now())
    assert fresh_credentials(account=account, at=clock.now()).access == credentials_of(account).access


def test_while_somebody_renews_an_expired_token_others_are_told_so(town: Town) -> None:
    account = account_on_x(town, "joan", expires_at=clock.now() - timedelta(minutes=2))
    assert take_lease(LinkedAccount.objects.get(), clock.now())
    with pytest.raises(Unavailable) as told:
        fresh_credentials(account=account, at=clock.now())
    assert told.value.code == "refreshing"
    account.refresh_from_db()
    assert account.state == "healthy"


def test_a_lease_is_taken_once_until_it_is_over() -> None:
    account = LinkedAccountFactory(renewal="r")
    at = clock.now()
    assert take_lease(account, at)
    assert not take_lease(account, at + timedelta(seconds=30))
    assert take_lease(account, at + timedelta(seconds=60))


@pytest.mark.parametrize("kind", ["500_before", "drop_before", "429"])
def test_a_fault_of_the_network_is_no_disconnection(town: Town, kind: str) -> None:
    account = account_on_x(town, "lise", expires_at=clock.now() - timedelta(minutes=1))
    town.break_next("x", "refresh", kind)
    with pytest.raises(Unavailable):
        fresh_credentials(account=account, at=clock.now())
    account.refresh_from_db()
    assert account.state == "healthy" and account.refreshing_until is None and account.refresh


def test_a_refused_refresh_token_asks_the_member_once(town: Town) -> None:
    account = account_on_x(town, "mary", expires_at=clock.now() - timedelta(minutes=1))
    town.control("POST", "/revoke", platform="x", remote_id=account.remote_id)
    for _ in range(2):
        with pytest.raises(NeedsRelink):
            fresh_credentials(account=LinkedAccount.objects.get(), at=clock.now())
    account.refresh_from_db()
    assert account.state == "needs_relink" and account.health_note
    assert Notice.objects.filter(member=account.member, kind="relink").count() == 1


def test_what_was_unlinked_meanwhile_stays_unlinked(town: Town) -> None:
    account = account_on_x(town, "rosa", expires_at=clock.now() - timedelta(minutes=1))
    stale = LinkedAccount.objects.get()
    LinkedAccount.objects.update(state="unlinked", access="", refresh="")
    with pytest.raises(NeedsRelink):
        renewed_credentials(account=stale, refused=None, at=clock.now())
    account.refresh_from_db()
    assert account.state == "unlinked" and account.access == ""


def test_credentials_turned_down_are_renewed_unless_somebody_has_done_it(town: Town) -> None:
    account = account_on_x(town, "sally")
    refused = credentials_of(account)
    renewed = renewed_credentials(account=account, refused=refused, at=clock.now())
    assert renewed.access != refused.access
    again = renewed_credentials(account=account, refused=refused, at=clock.now())
    assert again.access == renewed.access


def test_without_a_refresh_token_an_account_is_good_to_its_last_second() -> None:
    at = clock.now()
    account = LinkedAccountFactory(connector="linkedin", expires_at=at + timedelta(seconds=30))
    assert fresh_credentials(account=account, at=at).access == "access-token"
    with pytest.raises(NeedsRelink):
        fresh_credentials(account=account, at=at + timedelta(seconds=31))
    account.refresh_from_db()
    assert account.state == "needs_relink" and "run out" in account.health_note


def test_tokens_no_key_opens_ask_to_connect_again() -> None:
    account = LinkedAccountFactory()
    LinkedAccount.objects.update(access="v1.00000000.AAAA")
    account.refresh_from_db()
    with pytest.raises(NeedsRelink):
        fresh_credentials(account=account, at=clock.now())
    account.refresh_from_db()
    assert account.state == "needs_relink"


def test_success_takes_trouble_back_and_is_written_at_most_hourly(django_assert_num_queries: Any) -> None:
    account, at = LinkedAccountFactory(), clock.now()
    pause_account(account=account, until=at + timedelta(minutes=5), sentence="Mastodon asks us to wait.")
    note_success(accounts=[account], at=at)
    account.refresh_from_db()
    assert account.paused_until is None and account.health_note == "" and account.worked_at == at
    with django_assert_num_queries(0):
        note_success(accounts=[account], at=at + timedelta(minutes=30))


def test_needing_a_new_link_is_said_once() -> None:
    account = LinkedAccountFactory()
    twin = LinkedAccount.objects.get(pk=account.pk)
    for row in (account, twin, account):
        mark_needs_relink(account=row, sentence="It ended.", at=clock.now())
    assert Notice.objects.count() == 1 and twin.state == "needs_relink"


def test_a_platform_paused_by_a_fault_is_known_to_be() -> None:
    at = clock.now()
    for minutes in (0, 1):
        pause_platform(
            connector="x",
            until=at + timedelta(hours=1),
            sentence="Credit is used up.",
            at=at + timedelta(minutes=minutes),
        )
    app = PlatformApp.objects.get(connector="x")
    assert (app.pause_reason, app.pause_is_fault) == ("Credit is used up.", True)


def test_the_task_renews_what_runs_out_soon_and_leaves_the_rest(town: Town) -> None:
    soon = account_on_x(town, "tova", expires_at=clock.now() + timedelta(minutes=3))
    later = account_on_x(town, "vera")
    before = {soon.pk: soon.access, later.pk: later.access}
    refresh_tokens()
    assert LinkedAccount.objects.get(pk=soon.pk).access != before[soon.pk]
    assert LinkedAccount.objects.get(pk=later.pk).access == before[later.pk]


def test_each_lease_begins_with_its_own_call(town: Town) -> None:
    """Two hundred slow calls take longer than a lease lasts; one that was over when taken would be taken twice."""
    for name in ("wanda", "xenia", "yara"):
        account_on_x(town, name, expires_at=clock.now() + timedelta(minutes=3))
    left: list[timedelta] = []

    def slow_platform(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('UPDATE "accounts_linkedaccount" SET "refreshing_until"') and params[0]:
            left.append(params[0] - clock.now())
        if sql.startswith('UPDATE "accounts_linkedaccount" SET "access"'):
            clock.advance(40)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(slow_platform):
        refresh_tokens()
    assert len(left) == 3 and min(left) > timedelta(seconds=40)


def account_on_threads(town: Town, name: str, *, left: timedelta, **fields: Any) -> LinkedAccount:
    person = town.person("threads", name)
    return LinkedAccountFactory(
        connector="threads",
        remote_id=person["remote_id"],
        token=person["access_token"],
        renewal=person["refresh_token"],
        expires_at=clock.now() + left,
        **fields,
    )


def test_a_token_that_cannot_be_renewed_once_it_is_over_is_renewed_weeks_before(town: Town) -> None:
    near = account_on_threads(town, "zora", left=timedelta(days=20))
    far = account_on_threads(town, "yuki", left=timedelta(days=40))
    before = {near.pk: near.access, far.pk: far.access}
    clock.advance(86_401)
    renew_tokens_early()
    near.refresh_from_db()
    assert near.access != before[near.pk] and near.expires_at > clock.now() + timedelta(days=59)
    assert LinkedAccount.objects.get(pk=far.pk).access == before[far.pk]


@pytest.mark.parametrize("kind", ["drop_before", "500_before", "html", "429"])
def test_trouble_with_an_early_renewal_changes_nothing(town: Town, kind: str) -> None:
    account = account_on_threads(town, f"vita{kind[:3]}", left=timedelta(days=20))
    town.break_next("threads", "refresh", kind)
    renew_tokens_early()
    again = LinkedAccount.objects.get(pk=account.pk)
    assert (again.state, again.access, again.refreshing_until) == ("healthy", account.access, None)


def test_an_early_renewal_that_is_refused_for_good_asks_for_a_new_link(town: Town) -> None:
    account = account_on_threads(town, "ulla", left=timedelta(days=20))
    town.control("POST", "/revoke", platform="threads", remote_id=account.remote_id)
    renew_tokens_early()
    assert LinkedAccount.objects.get(pk=account.pk).state == "needs_relink"
