"""What a post may hold besides its words: pictures, a document, who may see it, a warning, a label."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic, sleep

from connectors.base.answers import id_of
from connectors.base.errors import Unavailable
from connectors.base.things import Draft, Media, Problem

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 4.0
LONGEST_UPLOAD_NAME = 200
SIGNATURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif", b"RIFF": "image/webp"}


@dataclass(frozen=True)
class Carries:
    """`visibilities` are words of ours, the usual one first. `fetches` means that the platform takes pictures from an
    address of ours instead of being sent them."""

    pictures: int = 0
    picture_bytes: int = 0
    alt: int = 0  # characters of a description; nought where there is no place for one
    documents: bool = False
    document_bytes: int = 0
    fetches: bool = False
    visibilities: tuple[str, ...] = ("public",)
    warning: bool = False
    partnership: bool = False

    def fitted(self, draft: Draft) -> Draft:
        """The draft without what this platform has no place for; words and link stay as they are."""
        return replace(
            draft,
            media=self.taken(draft.media),
            visibility=draft.visibility if draft.visibility in self.visibilities else "",
            warning=draft.warning if self.warning else "",
            partnership=draft.partnership and self.partnership,
        )

    def taken(self, media: tuple[Media, ...]) -> tuple[Media, ...]:
        """Either pictures, as many as there is room for, or a document."""
        reachable = [one for one in media if one.address or not self.fetches]
        documents = [one for one in reachable if not one.is_picture][: int(self.documents)]
        return tuple(documents or [one for one in reachable if one.is_picture][: self.pictures])

    def left_out(self, name: str, media: tuple[Media, ...]) -> str:
        """In one sentence, what of this does not go out on the platform called `name`; empty where all of it does."""
        pictures = [one for one in media if one.is_picture]
        if self.fetches and any(not one.address for one in media if one.is_picture or self.documents):
            return f"{name} fetches pictures from us, and this installation has no public address: the link goes out."
        if len(media) > len(pictures) and not self.documents:
            return f"{name} takes no documents: the link goes out with its card."
        if len(pictures) > self.pictures:
            if not self.pictures:
                return f"{name} takes no pictures of ours: the link goes out."
            return f"{name} takes {self.pictures} pictures: the first {self.pictures} go out."
        return ""


def media_problems(name: str, carries: Carries, draft: Draft) -> list[Problem]:
    """Everything about a draft besides its words that the platform called `name` would refuse."""
    pictures = [one for one in draft.media if one.is_picture]
    documents = [one for one in draft.media if not one.is_picture]
    refusals = {
        ("pictures", f"{name} takes at most {carries.pictures} pictures in a post."): len(pictures) > carries.pictures,
        ("document", f"{name} takes no documents."): bool(documents) and not carries.documents,
        ("mixed", "A post holds either pictures or one document."): len(documents) > (0 if pictures else 1),
        ("large", f"A picture is too large for {name}."): any(
            len(one.content) > carries.picture_bytes for one in pictures
        ),
        ("large", f"The document is too large for {name}."): carries.documents
        and any(len(one.content) > carries.document_bytes for one in documents),
        ("alt", f"{name} takes descriptions of at most {carries.alt} characters."): any(
            len(one.alt) > carries.alt for one in pictures
        ),
        ("no_address", f"{name} fetches pictures from us, and this installation has no public address."): (
            carries.fetches and any(not one.address for one in draft.media)
        ),
        ("visibility", f"{name} does not know this choice of who may see a post."): (
            draft.visibility not in ("", *carries.visibilities)
        ),
        ("warning", f"{name} has no content warnings."): bool(draft.warning) and not carries.warning,
        ("partnership", f"{name} has no label for partnerships."): draft.partnership and not carries.partnership,
    }
    return [Problem(*refusal) for refusal, is_so in refusals.items() if is_so]


def upload_name(value: object) -> str:
    """What a platform calls a file it was sent; empty where several such names could not be told apart once joined."""
    found = id_of(value, most=LONGEST_UPLOAD_NAME)
    return "" if "," in found else found


def picture_type(image: bytes) -> str:
    return next((kind for start, kind in SIGNATURES.items() if image.startswith(start)), "application/octet-stream")


def until_ready(is_ready: Callable[[], bool], *, ends: float, name: str) -> None:
    """Ask until the platform has what it was sent in order; mostly it is at once."""
    pause = FIRST_PAUSE
    while not is_ready():
        if monotonic() + pause >= ends:
            raise Unavailable(f"{name} takes long to get the post ready.", "in_progress")
        sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


def left(ends: float) -> float:
    """Seconds until then, for a call that shares its time with others."""
    return max(0.1, ends - monotonic())
