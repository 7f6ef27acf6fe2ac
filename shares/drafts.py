"""From a share to the draft a connector sends, and back from the frozen body of an attempt."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connectors.base import Card, Draft, Marker
from links import queries as links
from shares.models import Attempt, Share


@dataclass(frozen=True)
class Wording:
    """What a post says: the member's own words with the disclosure before or after them. The short link travels in
    the card, and the connector writes it into the text where the platform has none."""

    words: str
    disclosure: str
    disclosure_before: bool

    @property
    def text(self) -> str:
        first, second = (self.disclosure, self.words) if self.disclosure_before else (self.words, self.disclosure)
        return "\n\n".join(part.strip() for part in (first, second) if part.strip())


def wording(share: Share) -> Wording:
    return Wording(share.words, share.disclosure, share.disclosure_before)


def freeze(share: Share, *, at: datetime) -> dict[str, Any]:
    """The body of a first attempt: everything the connector sends, so that a resend is the same to the letter."""
    story = share.story
    return {
        "text": wording(share).text,
        "language": share.language,
        "url": links.address(share.link),
        "title": story.title,
        "description": story.summary,
        "picture": story.picture.name,
        "picture_alt": story.picture_alt,
        "key": str(share.key),
        "record_key": share.record_key,
        "started_at": at.isoformat(),
    }


def thaw(body: dict[str, Any], *, picture: bytes | None) -> Draft:
    """The draft of a frozen body. `picture` are the bytes of body["picture"], read by the caller."""
    return Draft(
        text=body["text"],
        link=Card(
            url=body["url"],
            title=body["title"],
            description=body["description"],
            image=picture,
            image_alt=body["picture_alt"],
        ),
        language=body["language"],
        marker=Marker(
            key=body["key"],
            record_key=body["record_key"],
            short_url=body["url"],
            started_at=datetime.fromisoformat(body["started_at"]),
        ),
        prepared=body.get("prepared", {}),
    )


def draft_of(attempt: Attempt) -> Draft:
    return thaw(attempt.body, picture=picture_bytes(attempt.share))


def picture_bytes(share: Share) -> bytes | None:
    """The story's picture, or None where it has none or the file is gone: a card without a picture still goes out."""
    if not share.story.picture:
        return None
    try:
        with share.story.picture.open("rb") as file:
            content: bytes = file.read()
            return content
    except FileNotFoundError:
        return None
