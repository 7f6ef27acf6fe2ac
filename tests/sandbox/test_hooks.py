"""Channels in Slack and Teams, as their hooks answer."""

from typing import Any

import pytest

from notifications.models import Hook
from notifications.payloads import Item, Words, payload
from tests.sandbox.conftest import Town

WORDS = Words("New to share", (Item("A <van>", "Sold.", "https://firm.example/stories/1/", "Look"),))
SLACK, TEAMS = "/hooks/slack/T0/B0/secretQ7", "/hooks/teams/workflows/3b1f?sig=secretQ7"


@pytest.mark.parametrize(
    ("address", "kind", "answer"), [(SLACK, Hook.SLACK, (200, "ok")), (TEAMS, Hook.TEAMS, (202, ""))]
)
def test_a_message_is_taken_and_shown(town: Town, address: str, kind: str, answer: tuple[int, str]) -> None:
    took = town.call("POST", address, json=payload(kind, WORDS))
    assert (took.status_code, took.text) == answer
    shown = town.call("GET", "/channels/").text
    assert "Sold." in shown and "https://firm.example/stories/1/" in shown and "<van>" not in shown


@pytest.mark.parametrize(
    ("address", "body", "status"),
    [
        (SLACK, {"blocks": []}, 400),
        (TEAMS, {"text": "only for Slack"}, 400),
        ("/hooks/slack/T0/B0/removed", {"text": "x"}, 404),
        ("/hooks/teams/workflows/3b1f?sig=removed", {"type": "message", "attachments": [{}]}, 404),
        ("/hooks/slack/T0/B0/busy", {"text": "x"}, 429),
        ("/hooks/teams/workflows/3b1f?sig=busy", {"type": "message", "attachments": [{}]}, 429),
    ],
)
def test_anything_else_is_refused_as_they_do(town: Town, address: str, body: dict[str, Any], status: int) -> None:
    assert town.call("POST", address, json=body).status_code == status
