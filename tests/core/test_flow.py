from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DataError, connection, transaction

from core.flow import Flow, ForbiddenMove, LostRace, claim, move, move_all, move_each
from core.rows import write_each
from notifications.models import Hook, HookMessage, Mail

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def queued(**fields: object) -> Mail:
    usual = {"to": "a@firm.example", "subject": "s", "text": "t", "state": "queued"}
    return Mail.objects.create(**{**usual, "state_at": AT, "created_at": AT, "due_at": AT, **fields})


def test_a_move_changes_state_time_and_what_else_is_said() -> None:
    mail = move(queued(), "sending", at=AT + timedelta(minutes=1), tries=1)
    mail.refresh_from_db()
    assert (mail.state, mail.state_at, mail.tries) == ("sending", AT + timedelta(minutes=1), 1)


def test_a_move_that_the_flow_does_not_have_is_refused() -> None:
    mail = queued()
    with pytest.raises(ForbiddenMove):
        move(mail, "sent", at=AT)
    mail.refresh_from_db()
    assert mail.state == "queued"


def test_the_second_of_two_movers_loses_the_race_and_changes_nothing() -> None:
    first = queued()
    second = Mail.objects.get(pk=first.pk)
    move(first, "sending", at=AT, tries=1)
    with pytest.raises(LostRace):
        move(second, "sending", at=AT, tries=7)
    first.refresh_from_db()
    assert first.tries == 1


def test_several_move_at_once_each_with_values_of_its_own() -> None:
    one, two = queued(), queued()
    move_each({one: {"tries": 1, "subject": "one"}, two: {"tries": 2, "subject": "two"}}, "sending", at=AT)
    for mail, tries in ((one, 1), (two, 2)):
        assert (mail.state, mail.tries) == ("sending", tries)
        mail.refresh_from_db()
        assert (mail.state, mail.state_at, mail.tries) == ("sending", AT, tries)
    assert (one.subject, two.subject) == ("one", "two")


def test_of_several_none_moves_when_one_was_moved_by_somebody_else() -> None:
    one, two = queued(), queued()
    move(Mail.objects.get(pk=two.pk), "sending", at=AT)
    with pytest.raises(LostRace), transaction.atomic():
        move_each({one: {"tries": 1}, two: {"tries": 2}}, "sending", at=AT)
    one.refresh_from_db()
    assert (one.state, one.tries) == ("queued", 0)


@pytest.mark.parametrize(
    "drop",
    [
        lambda rows: move_all(rows, "dropped", at=AT),
        lambda rows: move_each({row: {} for row in rows}, "dropped", at=AT),
    ],
)
def test_of_several_that_were_not_moved_none_looks_as_if_it_were(drop: Callable[[list[HookMessage]], None]) -> None:
    """Whoever goes on with them one by one has to find them where the table has them."""
    hook = Hook.objects.create(key=uuid4(), state="open", state_at=AT, made_at=AT, since=AT)
    usual = {"hook": hook, "state_at": AT, "created_at": AT, "due_at": AT}
    waiting = HookMessage.objects.create(about="a", state="waiting", **usual)
    going = HookMessage.objects.create(about="b", state="going", **usual)
    move(HookMessage.objects.get(pk=going.pk), "gone", at=AT)
    with pytest.raises(LostRace), transaction.atomic():
        drop([waiting, going])
    assert (waiting.state, going.state) == ("waiting", "going")


def test_what_is_too_long_for_its_place_is_refused_and_not_cut() -> None:
    with pytest.raises(DataError), transaction.atomic():
        write_each({queued(): {"state": "x" * 17}})


def test_a_claim_takes_what_may_move_in_order_and_no_more_than_asked() -> None:
    late, early, done = queued(due_at=AT + timedelta(hours=1)), queued(due_at=AT), queued(state="sent")
    with transaction.atomic():
        taken = claim(Mail.objects.order_by("due_at"), "sending", at=AT, limit=1)
    assert [mail.pk for mail in taken] == [early.pk]
    late.refresh_from_db()
    done.refresh_from_db()
    assert (late.state, done.state) == ("queued", "sent")


@pytest.mark.django_db(transaction=True)
def test_a_claim_passes_over_rows_that_somebody_else_holds() -> None:
    from django.db import connections

    held, free = queued(), queued()
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1 FROM notifications_mail WHERE id = %s FOR UPDATE", [held.pk])
            with transaction.atomic():
                taken = claim(Mail.objects.order_by("pk"), "sending", at=AT, limit=10)
            cursor.execute("ROLLBACK")
    finally:
        other.close()
    assert [mail.pk for mail in taken] == [free.pk]
    assert connection.connection is not None


def test_a_state_that_no_move_reaches_is_found() -> None:
    flow = Flow("draft", {"draft": "live", "lost": "live"})
    assert flow.unreachable() == {"lost"}


def test_several_states_may_share_one_line_of_the_table() -> None:
    flow = Flow("a b", {"a b": "c", "c": "a"})
    assert flow.allows("a", "c") and flow.allows("b", "c") and not flow.allows("c", "b")
    assert flow.before("c") == ["a", "b"]
