"""From a share to the draft a connector sends, and back from the frozen body of an attempt."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from accounts import queries as accounts
from connectors.base import Card, Carries, Draft, Marker, Media, Rejected
from content import queries as content
from content.models import Attachment, Story
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


@dataclass(frozen=True)
class FrozenLine:
    """What says who is speaking, as it was decided when the share was planned; `record` tells by which rule."""

    text: str
    before: bool
    record: Mapping[str, Any]
    language: str  # of the post


def frozen_line(share: Share) -> FrozenLine:
    return FrozenLine(share.disclosure, share.disclosure_before, share.disclosure_rule, share.language)


def wording(share: Share) -> Wording:
    return Wording(share.words, share.disclosure, share.disclosure_before)


TYPES = {Attachment.PICTURE: "image/jpeg", Attachment.DOCUMENT: "application/pdf"}


def kept_in(attachment: Attachment) -> dict[str, Any]:
    """A picture or document as a frozen body names it. What is kept under such a name never changes."""
    return {
        "file": attachment.file.name,
        "type": TYPES[attachment.kind],
        "alt": attachment.alt,
        "width": attachment.width,
        "height": attachment.height,
    }


def media_of(rows: Sequence[dict[str, Any]], *, at: datetime, read: Callable[[str], bytes]) -> tuple[Media, ...]:
    return tuple(
        Media(
            content=read(row["file"]),
            type=row["type"],
            alt=row["alt"],
            name=row["alt"],
            address=content.fetch_address(row["file"], at=at) if row["type"] == "image/jpeg" else "",
            width=row["width"],
            height=row["height"],
        )
        for row in rows
    )


def unread(name: str) -> bytes:
    """Where it only matters that there is something."""
    return b""


def carries(share: Share) -> Carries:
    """What this post may hold, at its account's own server; handed over to be posted by hand, only words and a link."""
    return accounts.connector_of(share.account).carries if share.account else Carries()


def may_be_sent(story: Story, attachment: Attachment) -> bool:
    """A picture that is not ours never travels; a document is not what the rights of pictures are about."""
    return attachment.kind != Attachment.PICTURE or story.picture_rights != Story.LINK_ONLY


def carried(story: Story, can: Carries, *, at: datetime) -> list[dict[str, Any]]:
    """What of the story's pictures and documents goes out there."""
    rows = [kept_in(attachment) for attachment in story.attachments.all() if may_be_sent(story, attachment)]
    media = media_of(rows, at=at, read=unread)
    taken = can.taken(media)
    return [row for row, one in zip(rows, media, strict=True) if any(one is other for other in taken)]


def freeze(share: Share, *, at: datetime) -> dict[str, Any]:
    """The body of a first attempt: everything the connector sends, so that a resend is the same to the letter."""
    story, can = share.story, carries(share)
    return {
        "text": wording(share).text,
        "language": share.language,
        "url": links.address(share.link) if share.link else "",
        "title": story.title,
        "description": story.summary,
        "picture": story.picture.name if story.sends_picture else "",
        "picture_alt": story.picture_alt,
        "media": carried(story, can, at=at),
        "visibility": share.options.get("visibility", ""),
        "warning": share.options.get("warning", ""),
        "partnership": (story.partnership or bool(share.disclosure_rule.get("rewarded"))) and can.partnership,
        "key": str(share.key),
        "record_key": share.record_key,
        "started_at": at.isoformat(),
    }


def thaw(
    body: dict[str, Any], *, picture: bytes | None, at: datetime | None = None, read: Callable[[str], bytes] = unread
) -> Draft:
    """The draft of a frozen body. `picture` are the bytes of body["picture"]; `read` gives those of what is posted
    itself, for which a platform may come until an hour after `at`."""
    started_at = datetime.fromisoformat(body["started_at"])
    return Draft(
        text=body["text"],
        link=card_of(body, picture),
        language=body["language"],
        marker=Marker(
            key=body["key"],
            record_key=body["record_key"],
            short_url=body["url"],
            started_at=started_at,
        ),
        prepared=body.get("prepared", {}),
        media=media_of(body.get("media", []), at=at or started_at, read=read),
        visibility=body.get("visibility", ""),
        warning=body.get("warning", ""),
        partnership=body.get("partnership", False),
    )


def card_of(body: dict[str, Any], picture: bytes | None) -> Card | None:
    """None for what leads nowhere: then the words go out alone."""
    if not body["url"]:
        return None
    return Card(
        url=body["url"],
        title=body["title"],
        description=body["description"],
        image=picture,
        image_alt=body["picture_alt"],
    )


def draft_of(attempt: Attempt) -> Draft:
    """To look for the post by: without the files."""
    return thaw(attempt.body, picture=None)


def draft_to_send(attempt: Attempt, *, at: datetime) -> Draft:
    """Rejected where something that is to be posted is gone: without it, it would be another post. Every call that
    makes a post begins here, so that none leaves without the line that was frozen."""
    if not carries_line(attempt.share, attempt.body["text"]):
        raise Rejected(no_line(), "no_disclosure")
    if "prepared" in attempt.body:
        return draft_of(attempt)
    picture = None if attempt.body.get("media") else picture_bytes(attempt.share)
    return thaw(attempt.body, picture=picture, at=at, read=file_bytes)


def carries_line(share: Share, text: str) -> bool:
    """Whether the frozen line stands where it was planned to stand."""
    line = share.disclosure.strip()
    if not line:
        return False
    return text.startswith(line) if share.disclosure_before else text.endswith(line)


def no_line() -> str:
    return _("The line that says you work here is missing, so the post was not sent.")


def file_bytes(name: str) -> bytes:
    try:
        with default_storage.open(name) as file:
            content_: bytes = file.read()
            return content_
    except FileNotFoundError:
        raise Rejected(_("A picture of this story is no longer there. Please tell a curator."), "no_file") from None


def picture_bytes(share: Share) -> bytes | None:
    """The story's picture, or None where it has none, we may not send it, or the file is gone: a card without a picture
    still goes out."""
    if not share.story.sends_picture:
        return None
    try:
        with share.story.picture.open("rb") as file:
            content: bytes = file.read()
            return content
    except FileNotFoundError:
        return None
