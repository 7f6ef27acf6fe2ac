"""Whom a story is for, as the editor takes it and the curators read it."""

from datetime import datetime

from django.http import HttpRequest

from audiences import queries as audiences
from audiences.actions import compose_audience
from audiences.forms import AudienceChoice
from audiences.models import Audience
from audiences.sentences import sentence
from audiences.terms import cleaned
from content.actions import UNCHANGED
from content.actions.stories import Unchanged
from content.models import Story


def choice_of(request: HttpRequest, story: Story | None, *, checked: bool = False) -> AudienceChoice:
    """What was just sent; else what is saved. `checked` says what is wrong with it."""
    if "for" not in request.POST:
        return AudienceChoice.of(story.audience if story else None)
    choice = AudienceChoice.sent(request.POST)
    if checked:
        choice.is_valid()
    return choice


def meant_audience(request: HttpRequest, at: datetime) -> Audience | None | Unchanged:
    choice = AudienceChoice.sent(request.POST)
    if not choice.typed:
        return UNCHANGED
    if choice.is_composed:
        return compose_audience(actor=request.user, terms=choice.terms, at=at)
    return choice.audience


def whom_it_is_for(story: Story) -> str:
    """The sentence curators read; empty for everybody."""
    return sentence(cleaned(story.audience.terms), audiences.names()) if story.audience else ""
