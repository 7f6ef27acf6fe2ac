"""Every saved edition is kept as it was, to compare and to go back to."""

from datetime import datetime
from typing import Any

from accounts.models import User
from content.models import Story, StoryVersion

# What a person writes. Times are left out: they may change after approval, which makes no new edition.
WRITTEN = (
    "kind", "title", "url", "summary", "picture_alt", "picture_rights", "picture_note", "language", "partnership",
    "utm_campaign",
)  # fmt: skip
OF_CAPTION = ("text", "connector", "language", "locked", "for_makers", "first_comment")
OF_ATTACHMENT = ("kind", "alt", "width", "height")


def content_of(story: Story) -> dict[str, Any]:
    """Asked anew of the tables, since what was read before may be what it was before."""
    attachments = [
        {"file": one.file.name} | {name: getattr(one, name) for name in OF_ATTACHMENT}
        for one in story.attachments.order_by("position")
    ]
    files = {"picture": story.picture.name or "", "video": story.video.name or ""}
    written = {name: getattr(story, name) for name in WRITTEN}
    return written | files | {"topic": story.topic_id, "captions": of_captions(story), "attachments": attachments}


def of_captions(story: Story) -> list[dict[str, Any]]:
    return [{name: getattr(one, name) for name in OF_CAPTION} for one in story.captions.order_by("pk")]


def keep_version(story: Story, *, by: User | None, at: datetime) -> None:
    """Inside the transaction that saves, and before the first change to a story older than this. Once an edition."""
    StoryVersion.objects.get_or_create(
        story=story, edition=story.edition, defaults={"content": content_of(story), "by": by, "at": at}
    )
