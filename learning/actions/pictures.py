"""A picture for a card, through the door that pictures of members take: nothing hidden in a file stays."""

from datetime import datetime
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image

from accounts import pictures
from accounts.models import User
from core.refusals import NotAllowed, NotReady
from learning import rules
from learning.models import LessonPicture, WrittenLesson

LARGEST = (1200, 900)
MOST = 40  # of one lesson


def keep_picture(*, actor: User, lesson: WrittenLesson, upload: "UploadedFile[Any]", at: datetime) -> LessonPicture:
    if not rules.can_write(actor):
        raise NotAllowed(_("Lessons are written by curators."))
    if lesson.pictures.count() >= MOST:
        raise NotReady(_("This lesson holds many pictures already. Please use one of those."))
    try:
        picture = pictures.opened(upload)
    except pictures.BadPicture as error:
        raise NotReady(str(error)) from None
    picture.thumbnail(LARGEST, Image.Resampling.LANCZOS)
    out = BytesIO()
    picture.save(out, "WEBP", quality=85)
    return LessonPicture.objects.create(lesson=lesson, file=ContentFile(out.getvalue(), name="card.webp"), made_at=at)
