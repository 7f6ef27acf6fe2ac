"""What a channel is sent, as Slack and Microsoft Teams take it."""

import json
from typing import Any

import pytest

from notifications.models import Hook
from notifications.payloads import MOST_ITEMS, Item, Words, payload

BAD = "<!channel> & <https://bad.example|good> *now*"


def words(**changes: Any) -> Words:
    item = Item(changes.pop("title", "A bakery sold its van"), changes.pop("text", "And why."), "https://x/1/", "Look")
    return Words(**({"heading": "New to share", "items": (item,), "footer": "Voluntary.", "language": "de"} | changes))


def parts(found: Any, kind: str) -> list[dict[str, Any]]:
    """All objects of this type, however deep."""
    if isinstance(found, list):
        return [one for part in found for one in parts(part, kind)]
    if not isinstance(found, dict):
        return []
    return [found] * (found.get("type") == kind) + [one for part in found.values() for one in parts(part, kind)]


def test_slack_gets_a_header_a_section_and_a_button_with_the_link() -> None:
    sent = payload(Hook.SLACK, words())
    assert [block["type"] for block in sent["blocks"]] == ["header", "section", "context"]
    assert sent["blocks"][0]["text"] == {"type": "plain_text", "text": "New to share", "emoji": False}
    section = sent["blocks"][1]
    assert section["text"]["text"] == "*A bakery sold its van*\nAnd why."
    assert section["accessory"]["url"] == "https://x/1/" and section["accessory"]["text"]["text"] == "Look"
    assert sent["text"] == "New to share · A bakery sold its van"


def test_no_title_can_call_a_whole_channel_or_hide_a_link_in_slack() -> None:
    sent = payload(Hook.SLACK, words(title=BAD, text=BAD, heading=BAD, footer=BAD))
    texts = [one["text"] for kind in ("plain_text", "mrkdwn") for one in parts(sent, kind)] + [sent["text"]]
    assert len(texts) == 5 and not any(sign in text for text in texts for sign in "<>")
    assert sum("&lt;!channel&gt; &amp; " in text for text in texts) == 4  # all but the button


def test_teams_gets_an_adaptive_card_in_a_message() -> None:
    sent = payload(Hook.TEAMS, words())
    (attachment,) = sent["attachments"]
    assert sent["type"] == "message"
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    card = attachment["content"]
    assert card["type"] == "AdaptiveCard" and card["lang"] == "de"
    assert parts(card, "Action.OpenUrl") == [{"type": "Action.OpenUrl", "title": "Look", "url": "https://x/1/"}]


def test_what_people_wrote_is_no_markdown_in_teams() -> None:
    card = payload(Hook.TEAMS, words(title=BAD, text=BAD))["attachments"][0]["content"]
    assert [block["text"] for block in parts(card, "TextBlock")] == ["New to share"]
    assert [run["text"] for run in parts(card, "TextRun")] == [BAD, BAD, "Voluntary."]


@pytest.mark.parametrize("kind", [Hook.SLACK, Hook.TEAMS])
def test_the_longest_message_fits(kind: str) -> None:
    long = Item("ü" * 300, "本" * 5000, "https://x/" + "1" * 100, "L" * 100)
    sent = payload(kind, words(heading="N" * 400, items=(long,) * (MOST_ITEMS + 5)))
    assert len(json.dumps(sent, ensure_ascii=False).encode()) < 28_000
    blocks = sent.get("blocks", [])
    assert len(blocks) <= 50
    assert all(len(one["text"]) <= 3000 for one in parts(blocks, "mrkdwn"))
    assert all(len(one["text"]["text"]) <= 150 for one in parts(blocks, "header"))
    assert all(len(one["text"]["text"]) <= 75 for one in parts(blocks, "button"))
    assert all(len(one["accessibility_label"]) <= 75 for one in parts(blocks, "button"))


def test_a_story_without_a_summary_leaves_no_empty_line() -> None:
    assert payload(Hook.SLACK, words(text=""))["blocks"][1]["text"]["text"] == "*A bakery sold its van*"
    card = payload(Hook.TEAMS, words(text=""))["attachments"][0]["content"]
    assert "" not in [run["text"] for run in parts(card, "TextRun")]
