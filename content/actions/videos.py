"""Videos are kept as they come. What was sent says by its first bytes whether it is one."""

import hashlib
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from content.actions.errors import BadPicture

LARGEST_VIDEO = 40_000_000
# The box a file of ISO 14496-12 begins with, after four bytes that say how long it is; and the brands browsers play.
BOX, BRANDS = b"ftyp", (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash")


def take_video(parts: Iterable[bytes]) -> str:
    """Keep an MP4 and answer its name in storage. BadPicture says what is wrong; no more is read than we take."""
    content = b""
    for part in parts:
        content += part
        if len(content) > LARGEST_VIDEO:
            raise BadPicture(_("This video is larger than 40 MB. Please use a shorter or smaller one."))
    if content[4:8] != BOX or content[8:12] not in BRANDS:
        raise BadPicture(_("This file is not an MP4 video. Please save it as MP4 once more."))
    name = f"stories/{hashlib.sha256(content).hexdigest()[:32]}.mp4"
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(content))
