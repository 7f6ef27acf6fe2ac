"""Hooks of Slack and Teams: a secret address, one call, and what an answer means for what waits."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.secrets import Keyring, new_key
from notifications import hook_queue, hooks
from notifications.models import Hook, HookMessage
from notifications.payloads import Words
from notifications.sealing import reseal
from tests.hooked import HookServer, hook_server

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
ZONE = "Europe/Berlin"
SLACK = "https://hooks.slack.com/services/T0/B0/secretQ7"
WORDS = Words("New to share")


@pytest.fixture
def server(settings: Any) -> Iterator[HookServer]:
    with hook_server() as server:
        settings.ALLOWED_ORIGINS = [server.origin]
        yield server


@pytest.fixture
def hook(server: HookServer) -> Hook:
    return made(f"{server.origin}/services/T0/B0/secretQ7")


def made(address: str, **fields: Any) -> Hook:
    usual = {"kind": Hook.SLACK, "state": "open", "state_at": MONDAY, "made_at": MONDAY, "since": MONDAY}
    return Hook.objects.create(**(usual | hooks.sealed_fields(address) | fields))


def queue(hook: Hook, *abouts: str, at: datetime = MONDAY) -> None:
    hook_queue.queue_messages(hook, abouts, at=at)


def send(at: datetime = MONDAY) -> list[str]:
    """Everything that is due; what was in hand."""
    sent = []
    while taken := hook_queue.claim_messages(zone=ZONE, at=at):
        hook, rows = taken
        if rows:
            hook_queue.send_messages(hook, rows, WORDS, at=at)
        sent += [row.about for row in rows]
    return sent


def states(hook: Hook) -> dict[str, str]:
    return dict(hook.messages.order_by("pk").values_list("about", "state"))


def again(hook: Hook) -> Hook:
    return Hook.objects.get(pk=hook.pk)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        (SLACK, Hook.SLACK),
        ("https://prod-12.westeurope.logic.azure.com/workflows/3b1f/triggers?sig=abcd1234", Hook.TEAMS),
        ("https://chat.firm.example/hooks/abcdefgh", Hook.SLACK),
    ],
)
def test_a_whole_https_address_is_taken(address: str, kind: str) -> None:
    assert hooks.checked(f" {address}\n", kind) == address


@pytest.mark.parametrize(
    ("address", "kind", "why"),
    [
        ("secretQ7", Hook.SLACK, "not a web address"),
        ("http://hooks.slack.com/services/T0/B0/secretQ7", Hook.SLACK, "start with https"),
        ("https://10.1.2.3/services/T0/B0/secretQ7", Hook.SLACK, "private network"),
        ("https://[::1]/services/T0/B0/secretQ7", Hook.SLACK, "private network"),
        ("https://localhost/services/T0/B0/secretQ7", Hook.SLACK, "private network"),
        ("https://hooks.slack.com/", Hook.SLACK, "not the whole address"),
        (f"{SLACK} {SLACK}", Hook.SLACK, "not one web address"),
        (SLACK, Hook.TEAMS, "the other of the two"),
        ("https://x.logic.azure.com/workflows/3b1f?sig=secretQ7", Hook.SLACK, "the other of the two"),
    ],
)
def test_anything_else_is_refused_without_repeating_the_secret(address: str, kind: str, why: str) -> None:
    with pytest.raises(hooks.BadAddress) as refused:
        hooks.checked(address, kind)
    assert why in refused.value.sentence and "secretQ7" not in refused.value.sentence


def test_the_address_is_sealed_to_its_row_and_shown_nowhere() -> None:
    hook, other = made(SLACK), made("https://hooks.slack.com/services/T0/B0/otherone")
    assert (hook.host, hook.ending) == ("hooks.slack.com", "etQ7")
    kept = [str(value) for value in Hook.objects.filter(pk=hook.pk).values_list()[0]]
    assert "secretQ7" not in " ".join([*kept, str(hook), repr(hook)])
    Hook.objects.filter(pk=other.pk).update(sealed=hook.sealed)
    with pytest.raises(hooks.HookError, match="unopenable"):
        hooks.call(again(other), WORDS, at=MONDAY)


def test_addresses_are_sealed_again_with_a_new_key(settings: Any) -> None:
    hook, old = made(SLACK), settings.TOKEN_KEYS
    settings.TOKEN_KEYS = [new_key(), *old]
    assert reseal(Hook, "hook") == (1, 0) and reseal(Hook, "hook") == (0, 0)
    fresh = again(hook)
    assert Keyring(settings.TOKEN_KEYS[:1]).open(fresh.sealed, about=f"hook:{fresh.key}") == SLACK


def test_one_thing_is_told_once_however_often_it_is_asked_for(hook: Hook, server: HookServer) -> None:
    queue(hook, "story:1")
    queue(hook, "story:1")
    assert send() == ["story:1"]
    queue(hook, "story:1")
    assert send(MONDAY + timedelta(hours=1)) == []
    assert len(server.told) == 1 and states(hook) == {"story:1": "gone"}


def test_what_waits_together_is_one_message(hook: Hook, server: HookServer) -> None:
    queue(hook, "story:1", "story:2", "story:3")
    send()
    assert len(server.told) == 1 and set(states(hook).values()) == {"gone"}


def test_a_handful_a_day_and_the_rest_next_morning_in_one(hook: Hook, server: HookServer) -> None:
    for number in range(8):
        at = MONDAY + timedelta(minutes=number)
        queue(again(hook), f"story:{number}", at=at)
        send(at)
    assert len(server.told) == hook_queue.MOST_A_DAY
    morning = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)  # half past eight in Berlin
    assert again(hook).quiet_until == morning
    assert set(hook.messages.filter(state="waiting").values_list("due_at", flat=True)) == {morning}  # none is late
    assert send(morning - timedelta(minutes=1)) == []
    assert send(morning) == ["story:5", "story:6", "story:7"]
    assert len(server.told) == hook_queue.MOST_A_DAY + 1


def test_asked_to_wait_it_waits_as_long_as_it_was_told(hook: Hook, server: HookServer) -> None:
    server.says(429, b"rate_limited", Retry_After="600")
    queue(hook, "story:1")
    send()
    queue(hook, "story:2", at=MONDAY + timedelta(minutes=1))
    assert send(MONDAY + timedelta(minutes=9)) == [] and len(server.told) == 1
    assert again(hook).reason == "busy:429"
    server.says(200, b"ok")
    assert sorted(send(MONDAY + timedelta(minutes=10))) == ["story:1", "story:2"]
    assert set(states(hook).values()) == {"gone"} and again(hook).reason == ""


def test_a_fault_over_there_is_tried_again_later_and_later_and_then_let_go(hook: Hook, server: HookServer) -> None:
    server.says(503)
    queue(hook, "story:1")
    at = MONDAY
    for wait in hook_queue.WAITS:
        assert send(at) == ["story:1"] and send(at + wait - timedelta(seconds=1)) == []
        at += wait
    assert send(at) == ["story:1"] and len(server.told) == len(hook_queue.WAITS) + 1
    assert states(hook) == {"story:1": "dropped"} and again(hook).state == "open"


def test_nobody_there_is_tried_again(server: HookServer, settings: Any) -> None:
    settings.ALLOWED_ORIGINS = ["http://127.0.0.1:9"]
    hook = made("http://127.0.0.1:9/services/T0/B0/secretQ7")
    queue(hook, "story:1")
    send()
    assert states(hook) == {"story:1": "waiting"} and again(hook).reason == "unreachable"


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (404, b"no_service", "removed:404"),
        (410, b"channel_is_archived", "removed:410"),
        (400, b"no_team", "removed:400"),
        (401, b"", "forbidden:401"),
        (403, b"action_prohibited", "forbidden:403"),
    ],
)
def test_a_hook_that_is_no_more_breaks_and_what_waits_is_dropped(
    hook: Hook, server: HookServer, status: int, body: bytes, reason: str
) -> None:
    server.says(status, body)
    queue(hook, "story:1")
    queue(hook, "story:2", at=MONDAY + timedelta(days=1))
    send()
    broken = again(hook)
    assert (broken.state, broken.reason) == ("broken", reason)
    assert set(states(hook).values()) == {"dropped"}
    assert f"({status})" in hooks.sentence_of(broken.reason, "Slack")
    queue(hook, "story:3")
    assert send() == [] and len(server.told) == 1


def test_a_message_that_is_not_wanted_breaks_nothing(hook: Hook, server: HookServer) -> None:
    server.says(400, b"invalid_payload")
    queue(hook, "story:1")
    send()
    assert states(hook) == {"story:1": "dropped"} and again(hook).state == "open"


def test_a_lost_answer_is_not_sent_again(hook: Hook, server: HookServer) -> None:
    server.hangs_up = True
    queue(hook, "story:1")
    send()
    server.hangs_up = False
    assert states(hook) == {"story:1": "unsure"} and send(MONDAY + timedelta(days=1)) == []
    assert len(server.told) == 1


def test_a_worker_that_died_leaves_it_unsure(hook: Hook, server: HookServer) -> None:
    queue(hook, "story:1")
    assert hook_queue.claim_messages(zone=ZONE, at=MONDAY)
    assert hook_queue.claim_messages(zone=ZONE, at=MONDAY) is None
    hook_queue.end_abandoned(at=MONDAY + hook_queue.LEASE)
    assert states(hook) == {"story:1": "unsure"} and server.told == []


def test_a_private_address_is_never_called(server: HookServer, settings: Any) -> None:
    settings.ALLOWED_ORIGINS = []
    hook = made(f"{server.origin}/services/T0/B0/secretQ7")
    queue(hook, "story:1")
    send()
    assert server.told == [] and again(hook).reason == "private" and again(hook).state == "broken"


def test_a_hook_that_was_removed_meanwhile_takes_its_messages_along(hook: Hook, server: HookServer) -> None:
    queue(hook, "story:1")
    taken = hook_queue.claim_messages(zone=ZONE, at=MONDAY)
    assert taken
    hook.delete()
    hook_queue.send_messages(*taken, WORDS, at=MONDAY)
    assert HookMessage.objects.count() == 0


def test_an_answer_to_the_old_address_does_not_break_the_new_one(hook: Hook, server: HookServer) -> None:
    Hook.objects.filter(pk=hook.pk).update(**hooks.sealed_fields(f"{server.origin}/services/T0/B0/newerone"))
    hook_queue.break_hook(hook, "removed:404", at=MONDAY)
    assert again(hook).state == "open"


def test_no_log_holds_the_secret(hook: Hook, server: HookServer, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    server.says(404, b"no_service")
    queue(hook, "story:1")
    send()
    assert "secretQ7" not in caplog.text
