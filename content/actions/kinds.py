"""What belongs to which kind of story. What does not is neither asked for nor kept."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from content.actions.addresses import web_address
from content.actions.attachments import LONGEST_ALT, AttachmentWords
from content.models import Attachment, Story

# Of a page, pictures that are posted themselves may still stand in for its card.
BELONGS = {
    Story.WEB: {"url", "picture", "attachments", "captions"},
    Story.PICTURES: {"url", "attachments", "captions"},
    Story.DOCUMENT: {"url", "picture", "attachments", "captions"},
    Story.WORDS: {"captions"},
    Story.VIDEO: {"url", "picture", "video", "captions"},
    Story.INTERNAL: {"url", "picture", "attachments"},
}
NEED_ADDRESS = (Story.WEB, Story.VIDEO)


def belongs(part: str, kind: str) -> bool:
    return part in BELONGS[kind]


def address_of(kind: str, typed: str) -> str:
    """The address a story of this kind keeps. BadAddress where it needs one and none that works was typed."""
    if not belongs("url", kind) or (kind not in NEED_ADDRESS and not typed.strip()):
        return ""
    return web_address(typed)


def pictures_of(kind: str, attachments: Sequence[AttachmentWords] | None) -> dict[str, Any]:
    """What the feed shows of a story of pictures is the first of them; a story without any keeps none."""
    if kind == Story.PICTURES:
        first = next((one for one in attachments or () if one.kind == Attachment.PICTURE), None)
        return {"picture": first.file, "picture_alt": first.alt.strip()[:LONGEST_ALT]} if first else {}
    return {} if belongs("picture", kind) else {"picture": "", "picture_alt": ""}


def missing_of_kind(story: Story) -> dict[str, bool]:
    """Sentences about what a story of this kind still lacks."""
    attached = list(story.attachments.all())
    pictures = [one for one in attached if one.kind == Attachment.PICTURE]
    others = len(attached) - len(pictures)
    shows = bool(story.picture or pictures)
    return {
        _("Please add at least one picture."): story.kind == Story.PICTURES and not pictures,
        _("Please add the document, as a PDF."): story.kind == Story.DOCUMENT and not others,
        _("A story of pictures holds no document. Please choose what it is."): story.kind == Story.PICTURES
        and bool(others),
        _("Please say whose the picture is."): shows and not story.picture_rights,
        _("Please note from whom the picture is licensed, and until when."): story.picture_rights == Story.LICENSED
        and not story.picture_note,
        _("A picture you may only link to cannot be posted itself. Please take it off, or ask for the rights."): (
            story.picture_rights == Story.LINK_ONLY and bool(pictures)
        ),
    }
