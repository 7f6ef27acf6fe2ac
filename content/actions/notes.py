"""A word between curators, left on a story."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from connectors.text import printable
from content import rules
from content.actions.errors import NotAllowed, NotReady
from content.models import Story, StoryNote
from core import audit
from notifications.actions import tell

LONGEST = 1000


def write_note(*, actor: User, story: Story, text: str, at: datetime) -> StoryNote:
    """Leave a note; whoever began, sent or noted the story is told. Raises NotAllowed, NotReady."""
    if not rules.can_curate(actor):
        raise NotAllowed(_("Only curators may do this."))
    words = printable(text).strip()
    if not words:
        raise NotReady(_("There are no words in this note yet."))
    if len(words) > LONGEST:
        raise NotReady(_("A note has at most 1,000 characters. Please shorten it."))
    with transaction.atomic():
        note = StoryNote.objects.create(story=story, by=actor, text=words, at=at)
        audit.record(actor=actor, kind="story_noted", about=f"story:{story.pk}", at=at)
        for curator in _concerned(story, actor):
            with override(curator.language):
                said = _("%(name)s left a note on “%(title)s”.") % {"name": actor.name, "title": story.title}
            tell(member=curator, kind="story_note", text=said, url=reverse("content:history", args=[story.pk]), at=at)
    return note


def _concerned(story: Story, actor: User) -> list[User]:
    known = (story.created_by_id, story.submitted_by_id, *story.notes.values_list("by", flat=True))
    ids = {pk for pk in known if pk and pk != actor.pk}
    return [one for one in User.objects.filter(pk__in=ids, is_active=True) if rules.can_curate(one)]
