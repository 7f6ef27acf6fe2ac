"""What a story posts itself, instead of the link's card: pictures made anew, or one document as it is."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image

from content.actions.errors import BadPicture, NotReady
from content.actions.pictures import LARGEST_FILE, keep_picture, remade
from content.models import Attachment, Story

MOST_PICTURES = 10
LONGEST_ALT, LONGEST_NAME = 500, 200
BEGINS, ENDS, END_WITHIN = b"%PDF-", b"%%EOF", 2048
# What a document could do besides being read: run, start a program, or carry other files.
ACTIVE = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/Encrypt")


@dataclass(frozen=True)
class AttachmentWords:
    """`file` is a name in storage. `alt` says what a picture shows, or what a document is called."""

    file: str
    kind: str
    alt: str = ""
    width: int = 0
    height: int = 0


def take_attachment(content: bytes, *, name: str) -> AttachmentWords:
    """Keep a picture or document that was sent; `name` as its file was called. BadPicture says what is wrong."""
    if content.startswith(BEGINS):
        return AttachmentWords(_keep_document(content), Attachment.DOCUMENT, title_of(name))
    clean = remade(content)
    with Image.open(io.BytesIO(clean)) as image:
        width, height = image.size
    return AttachmentWords(keep_picture(clean), Attachment.PICTURE, "", width, height)


def title_of(name: str) -> str:
    words = PurePosixPath(name.replace("\\", "/")).stem.replace("_", " ").replace("-", " ")
    return " ".join("".join(letter for letter in words if letter.isprintable()).split())[:LONGEST_NAME]


def _keep_document(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise BadPicture(_("This document is larger than 10 MB. Please use a smaller one."))
    if ENDS not in content[-END_WITHIN:]:
        raise BadPicture(_("This document is incomplete. Please save it as a PDF once more."))
    if any(mark in content for mark in ACTIVE):
        raise BadPicture(_("This document is locked, or holds more than pages. Please print it to a new PDF."))
    name = f"stories/{hashlib.sha256(content).hexdigest()[:32]}.pdf"
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(content))


def refuse_mixture(words: Sequence[AttachmentWords]) -> None:
    """NotReady where no platform could post all of these together."""
    documents = [one for one in words if one.kind == Attachment.DOCUMENT]
    if documents and len(words) > 1:
        raise NotReady(_("A post holds either pictures or one document. Please remove what is too much."))
    if len(words) > MOST_PICTURES:
        raise NotReady(_("A story holds at most %(most)s pictures. Please remove some.") % {"most": MOST_PICTURES})


def replace_attachments(story: Story, words: Sequence[AttachmentWords]) -> None:
    """Inside the transaction that saves the story."""
    refuse_mixture(words)
    story.attachments.all().delete()
    Attachment.objects.bulk_create(
        Attachment(
            story=story, position=position, kind=one.kind, file=one.file, alt=one.alt.strip()[:LONGEST_ALT],
            width=one.width, height=one.height,
        )
        for position, one in enumerate(words)
    )  # fmt: skip


def are_saved(story: Story, words: Sequence[AttachmentWords]) -> bool:
    saved = [(one.file.name, one.alt) for one in story.attachments.all()]
    return saved == [(one.file, one.alt.strip()[:LONGEST_ALT]) for one in words]
