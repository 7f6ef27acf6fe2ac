"""Pictures are made anew from their pixels: smaller, of one kind, and without what a camera wrote into them."""

import hashlib
import io
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from content.actions.addresses import as_title
from content.actions.errors import BadPicture
from content.actions.outside import fetch
from content.actions.page_marks import Marks, read_marks
from content.models import Story, small_name
from core.http import HttpError

LARGEST_FILE = 10_000_000
LARGEST_PAGE = 3_000_000
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600
SHORTEST_SIDE = 160
SMALL_SIDE = 288
# JPEG is the one kind that every platform takes, and under a megabyte the one size.
LARGEST_KEPT = 950_000
QUALITIES = (85, 75, 60, 40, 20)
KINDS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
MOST_TRIES = 3
TRY_AGAIN = timedelta(minutes=10)
LEASE = timedelta(minutes=2)


def take_picture(content: bytes) -> str:
    """Keep a picture and answer its name in storage; the same picture is kept once. BadPicture says what is wrong."""
    return keep_picture(remade(content))


def keep_picture(clean: bytes) -> str:
    """With a small copy beside it."""
    name = f"stories/{hashlib.sha256(clean).hexdigest()[:32]}.jpg"
    for each, content in ((name, clean), (small_name(name), small(clean))):
        if not default_storage.exists(each):
            default_storage.save(each, ContentFile(content))
    return name


def small(clean: bytes) -> bytes:
    """For rows, which show it 96 pixels wide: a phone has up to three of its own for each of those."""
    with Image.open(io.BytesIO(clean), formats=("JPEG",)) as image:
        out = io.BytesIO()
        ImageOps.fit(image.convert("RGB"), (SMALL_SIDE, SMALL_SIDE)).save(out, "JPEG", quality=75, optimize=True)
    return out.getvalue()


def remade(content: bytes) -> bytes:
    if len(content) > LARGEST_FILE:
        raise BadPicture(_("This picture is larger than 10 MB. Please use a smaller copy."))
    try:
        with Image.open(io.BytesIO(content), formats=KINDS) as image:
            return _as_jpeg(image)
    except BadPicture:
        raise
    except Exception as error:  # decoders raise whatever they like over damaged or hostile files
        raise BadPicture(_("This file cannot be read as a picture. JPEG, PNG, WebP and GIF work.")) from error


def _as_jpeg(image: Image.Image) -> bytes:
    # The size stands in the head of the file: asked before a single pixel is unpacked.
    if image.width * image.height > MOST_PIXELS:
        raise BadPicture(_("This picture has more than 50 million pixels. Please use a smaller copy."))
    if min(image.size) < SHORTEST_SIDE:
        raise BadPicture(
            _("This picture is only %(width)s × %(height)s pixels; it should be at least %(least)s each way.")
            % {"width": image.width, "height": image.height, "least": SHORTEST_SIDE}
        )
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image)
    seen = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    seen.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new("RGB", seen.size, "white")
    bare.paste(seen, mask=seen if seen.mode == "RGBA" else None)
    for quality in QUALITIES:
        out = io.BytesIO()
        bare.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= LARGEST_KEPT:
            break
    return out.getvalue()


def lease_pictures(*, at: datetime, limit: int) -> list[int]:
    """Stories whose picture is to be fetched now; each is handed out once in two minutes and three times in all."""
    due = Story.objects.filter(picture_due_at__lte=at).order_by("picture_due_at").values_list("pk", flat=True)[:limit]
    return [pk for pk in due if _lease(pk, at)]


def _lease(pk: int, at: datetime) -> bool:
    due = Story.objects.filter(pk=pk, picture_due_at__lte=at)
    return bool(due.update(picture_due_at=at + LEASE, picture_tries=F("picture_tries") + 1))


def fetch_picture(*, story_id: int, at: datetime) -> bool:
    """Fetch the picture a feed named, else the one the page wants to be shared with, and what the page says of itself
    where nobody has written yet. True when the story has a picture. What went wrong is kept as a sentence."""
    story = Story.objects.filter(pk=story_id, picture_due_at__isnull=False).first()
    if story is None:
        return False
    try:
        name = _found_picture(story)
    except HttpError as error:
        later = at + TRY_AGAIN * story.picture_tries if story.picture_tries < MOST_TRIES else None
        _still_wanting(story).update(picture_due_at=later, picture_problem=error.sentence[:300])
        return False
    # Only where nobody has chosen one meanwhile.
    _still_wanting(story).filter(state="draft", picture="").update(picture=name)
    _still_wanting(story).update(picture_due_at=None, picture_problem="")
    return bool(name)


def look_again(story: Story, *, url: str, at: datetime) -> dict[str, Any]:
    """What changes where a page could not be read and its address is another one now: that page is asked."""
    if not story.picture_problem or url == story.url:
        return {}
    return {"picture_problem": "", "picture_tries": 0, "picture_due_at": at if url else None}


def _still_wanting(story: Story) -> QuerySet[Story]:
    return Story.objects.filter(pk=story.pk, url=story.url, picture_due_at__isnull=False)


def _found_picture(story: Story) -> str:
    """Its name in storage, or empty when there is none worth having. HttpError when it may be there later."""
    if story.picture_source and (name := _usable(story.picture_source)):
        return name
    page = fetch(story.url, max_bytes=LARGEST_PAGE)
    if not page.ok:
        raise HttpError(_("The server answered with %(status)s instead of a page.") % {"status": page.status})
    marks = read_marks(page.body, url=page.url, content_type=page.headers.get("content-type", ""))
    _fill_words(story, marks)
    address = marks.shared_picture
    return _usable(address) if address and address != story.picture_source else ""


def _fill_words(story: Story, marks: Marks) -> None:
    """Into a draft, and only where there is nothing yet: a title that is the bare address, and an empty summary."""
    drafts = _still_wanting(story).filter(state="draft")
    if marks.title:
        drafts.filter(title=as_title(story.url)).update(title=marks.title)
    if marks.summary:
        drafts.filter(summary="").update(summary=marks.summary)


def _usable(address: str) -> str:
    answer = fetch(address, max_bytes=LARGEST_FILE)
    try:
        return take_picture(answer.body) if answer.ok else ""
    except BadPicture:
        return ""
