"""Pictures people send: decoded, turned upright, made small and written anew, so that nothing hidden in them stays."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

LARGEST_FILE = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
KINDS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")


class BadPicture(ValueError):
    """Its text says what to do instead."""


def face(upload: UploadedFile) -> ContentFile:
    """A square of 256 pixels."""
    return encoded(ImageOps.fit(opened(upload), (256, 256), Image.Resampling.LANCZOS), "face")


def logo(upload: UploadedFile) -> ContentFile:
    """At most 480 by 160, seen through where it was."""
    picture = opened(upload)
    picture.thumbnail((480, 160), Image.Resampling.LANCZOS)
    return encoded(picture, "logo")


def opened(upload: UploadedFile) -> Image.Image:
    if (upload.size or 0) > LARGEST_FILE:
        raise BadPicture(_("This file is larger than 8 MB. Please choose a smaller picture."))
    try:
        picture = Image.open(upload, formats=KINDS)
        if picture.width * picture.height > MOST_PIXELS:
            raise BadPicture(_("This picture has too many pixels. Please choose a smaller one."))
        upright = ImageOps.exif_transpose(picture)
        return upright.convert("RGBA")
    except BadPicture:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise BadPicture(_("We cannot read this picture. A JPEG or PNG works.")) from None


def encoded(picture: Image.Image, name: str) -> ContentFile:
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return ContentFile(out.getvalue(), name=f"{name}.png")
