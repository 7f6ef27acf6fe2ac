"""What a channel in Slack or Microsoft Teams is sent: our words, as each of the two wants them.

Slack: Block Kit, docs.slack.dev/reference/block-kit/blocks (a header takes 150 characters, the text of a section 3,000,
the words on a button 75, its address 3,000, a message 50 blocks), and api.slack.com/docs/message-formatting
(&, < and > are control characters and have to be escaped).
Microsoft Teams: an Adaptive Card in a message, as the workflow "When a Teams webhook request is received" takes it,
learn.microsoft.com/connectors/teams (28 KB at most), and learn.microsoft.com/microsoftteams/platform/task-modules-and-
cards/cards/cards-format (Markdown is read in a TextBlock, so what people wrote stands in a RichTextBlock).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from notifications.models import Hook

MOST_ITEMS = 10
LONGEST_TITLE, LONGEST_TEXT = 200, 300
LONGEST_HEADER, LONGEST_BUTTON = 150, 75

Payload = dict[str, Any]


@dataclass(frozen=True)
class Item:
    title: str
    text: str
    url: str
    button: str


@dataclass(frozen=True)
class Words:
    """One message: `heading` and `footer` are ours, what people wrote stands in the items."""

    heading: str
    items: tuple[Item, ...] = ()
    footer: str = ""
    language: str = "en"


def payload(kind: str, words: Words) -> Payload:
    return BUILDERS[kind](words)


def shortened(text: str, longest: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def escaped(text: str) -> str:
    """Without this, a title could mention everybody in the channel or hide where a link leads."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def slack(words: Words) -> Payload:
    blocks: list[Payload] = [{"type": "header", "text": plain(words.heading, LONGEST_HEADER)}]
    blocks += [slack_section(item) for item in words.items[:MOST_ITEMS]]
    if words.footer:
        blocks.append({"type": "context", "elements": [plain(words.footer, 1000)]})
    # Read out by screen readers, and shown in the notification.
    summary = [words.heading, *(item.title for item in words.items[:MOST_ITEMS])]
    return {"text": escaped(" · ".join(shortened(one, LONGEST_TITLE) for one in summary)), "blocks": blocks}


def slack_section(item: Item) -> Payload:
    title, text = escaped(shortened(item.title, LONGEST_TITLE)), escaped(shortened(item.text, LONGEST_TEXT))
    return {
        "type": "section",
        # Verbatim: addresses and names in it are not turned into links.
        "text": {"type": "mrkdwn", "text": "\n".join(filter(None, [f"*{title}*", text])), "verbatim": True},
        "accessory": {
            "type": "button",
            "text": plain(item.button, LONGEST_BUTTON),
            "accessibility_label": shortened(f"{item.button}: {item.title}", LONGEST_BUTTON),
            "url": item.url,
        },
    }


def plain(text: str, longest: int) -> Payload:
    return {"type": "plain_text", "text": escaped(shortened(text, longest)), "emoji": False}


def teams(words: Words) -> Payload:
    body: list[Payload] = [
        {"type": "TextBlock", "text": words.heading, "size": "Medium", "weight": "Bolder", "wrap": True}
    ]
    for item in words.items[:MOST_ITEMS]:
        body.append(as_written(shortened(item.title, LONGEST_TITLE), weight="Bolder"))
        if item.text:
            body.append(as_written(shortened(item.text, LONGEST_TEXT)))
        opens = {"type": "Action.OpenUrl", "title": item.button, "url": item.url}
        body.append({"type": "ActionSet", "actions": [opens]})
    if words.footer:
        body.append(as_written(words.footer, isSubtle=True, size="Small"))
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "lang": words.language,
        "body": body,
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}


def as_written(text: str, **looks: Any) -> Payload:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, **looks}]}


BUILDERS: dict[str, Callable[[Words], Payload]] = {Hook.SLACK: slack, Hook.TEAMS: teams}
