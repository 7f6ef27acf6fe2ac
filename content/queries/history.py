"""What happened to a story, in words, and what its editions said."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from content.models import Story, StoryNote, StoryVersion
from core.models import AuditEntry

MOST_SHOWN = 200
# By the kind of an entry in the audit trail. What is not named here is not about what curators do.
DEEDS: dict[str, Any] = {
    "story_made": gettext_lazy("began this story"),
    "story_edited": gettext_lazy("saved it"),
    "story_restored": gettext_lazy("went back to an earlier edition"),
    "caption_written": gettext_lazy("wrote a suggestion"),
    "story_submitted": gettext_lazy("sent it to review"),
    "story_approved_first": gettext_lazy("approved it, as the first of two"),
    "story_approved": gettext_lazy("approved it"),
    "story_asked_nobody": gettext_lazy("finished it; nobody else is asked here"),
    "story_live": gettext_lazy("let it go live"),
    "story_sent_back": gettext_lazy("took it back to the drafts"),
    "story_rescheduled": gettext_lazy("changed its times"),
    "story_withdrawn": gettext_lazy("withdrew it"),
    "story_reopened": gettext_lazy("made it a draft again"),
    "story_shelved": gettext_lazy("put it back among the past stories"),
    "story_noted": gettext_lazy("left a note"),
    "photo_vouched": gettext_lazy("looked at the photo: nothing that must not be seen can be seen"),
    "story_imported": gettext_lazy("brought it in from a file"),
    "poster_made": gettext_lazy("made a code for posters"),
}
BY_ITSELF: dict[str, Any] = {
    "story_live": gettext_lazy("It went live, as planned."),
    "story_expired": gettext_lazy("It ended, as planned."),
}


@dataclass(frozen=True)
class Deed:
    at: datetime
    who: str
    what: str


def history(story: Story) -> list[Deed]:
    """Newest first; two questions however long it is."""
    rows = AuditEntry.objects.filter(about=f"story:{story.pk}", kind__in=[*DEEDS, *BY_ITSELF]).order_by("-at", "-pk")
    entries = list(rows[:MOST_SHOWN])
    names = dict(User.objects.filter(pk__in={one.actor_id for one in entries}).values_list("pk", "name"))
    return [_deed(one, names.get) for one in entries]


def _deed(entry: AuditEntry, name_of: Callable[[Any], str | None]) -> Deed:
    if entry.actor_id is None:
        return Deed(entry.at, "", str(BY_ITSELF.get(entry.kind) or DEEDS[entry.kind]))
    what = str(DEEDS.get(entry.kind) or BY_ITSELF[entry.kind])
    if edition := entry.data.get("edition"):
        what = _("%(what)s (edition %(n)s)") % {"what": what, "n": edition}
    return Deed(entry.at, name_of(entry.actor_id) or _("Somebody who has left"), what)


def notes(story: Story) -> QuerySet[StoryNote]:
    return StoryNote.objects.filter(story=story).select_related("by")


def versions(story: Story) -> QuerySet[StoryVersion]:
    """Newest first."""
    return StoryVersion.objects.filter(story=story).select_related("by").order_by("-edition")
