from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from typing import Any

from django.core import signing
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from content.actions import AttachmentWords, take_attachment
from content.actions.attachments import LONGEST_ALT, MOST_PICTURES, refuse_mixture
from content.actions.errors import BadPicture, NotReady
from content.actions.pictures import LARGEST_FILE
from content.models import Attachment

SALT = "content.attachment.row"


@dataclass(frozen=True)
class AttachmentRow:
    """One picture or document as it stands on the page. The signed token keeps anybody from naming other files."""

    number: int
    words: AttachmentWords

    @property
    def token(self) -> str:
        return signing.dumps(astuple(self.words), salt=SALT)

    @property
    def url(self) -> str:
        return default_storage.url(self.words.file)

    @property
    def is_picture(self) -> bool:
        return self.words.kind == Attachment.PICTURE


class AttachmentRows:
    """Everything a story posts itself, and what was just sent to be added to it."""

    longest_alt = LONGEST_ALT

    def __init__(self, words: Iterable[AttachmentWords], problems: Iterable[str] = ()) -> None:
        self.words, self.problems = list(words), list(dict.fromkeys(problems))

    @classmethod
    def of(cls, attachments: Iterable[Attachment]) -> "AttachmentRows":
        return cls(AttachmentWords(one.file.name, one.kind, one.alt, one.width, one.height) for one in attachments)

    @classmethod
    def sent(cls, request: HttpRequest) -> "AttachmentRows":
        tokens, alts = request.POST.getlist("attachment_kept"), request.POST.getlist("attachment_alt")
        kept = [replace(words, alt=alt) for token, alt in zip(tokens, alts, strict=False) if (words := read(token))]
        problems: list[str] = []
        for upload in request.FILES.getlist("attachments")[: MOST_PICTURES + 1]:
            try:
                kept.append(taken(upload))
            except BadPicture as error:
                problems.append(f"{upload.name}: {error.sentence}")
        return cls(kept, problems)

    @property
    def rows(self) -> list[AttachmentRow]:
        return [AttachmentRow(number, words) for number, words in enumerate(self.words)]

    def drop(self, row: str) -> None:
        self.words = [words for number, words in enumerate(self.words) if str(number) != row]

    def is_valid(self) -> bool:
        try:
            refuse_mixture(self.words)
        except NotReady as error:
            self.problems.append(error.sentence)
        return not self.problems


def read(token: str) -> AttachmentWords | None:
    try:
        found: Any = signing.loads(token, salt=SALT)
        return AttachmentWords(*found)
    except (signing.BadSignature, TypeError):
        return None


def taken(upload: UploadedFile) -> AttachmentWords:
    # One byte more than we take says that it is too large, and no more than that is read.
    return take_attachment(upload.read(LARGEST_FILE + 1), name=upload.name or "")
