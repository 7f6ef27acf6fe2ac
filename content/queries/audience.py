"""Whom a story is for."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from audiences import queries as audiences
from audiences import sentences
from audiences.terms import cleaned, everybody
from content.models import Story


def members_for(story: Story) -> QuerySet[User]:
    """Everybody a story is for: whoever is told of it is among these."""
    return audiences.members_of(cleaned(story.audience.terms) if story.audience else everybody())


def reaches_nobody(story: Story) -> bool:
    return story.audience_id is not None and not members_for(story).exists()


def nobody() -> str:
    return _("Nobody belongs to the audience of this story. Please choose another one, or everybody.")


def kind_words(story: Story) -> str:
    """What a member reads on a closed story that is for them; empty where it is for everybody."""
    return sentences.kind_words(cleaned(story.audience.terms), audiences.names()) if story.audience else ""
