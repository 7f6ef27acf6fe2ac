"""A story, and a page of today, as a made-up person of an audience would see them. Nobody's own page is ever opened."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.rules import is_curator, require
from audiences.forms import PersonForm
from audiences.models import Audience
from audiences.queries import names
from audiences.sentences import sentence
from audiences.terms import cleaned, everybody
from content import queries as content
from content.forms.languages import own_name
from core import clock
from shares import queries


@require_safe
@require(is_curator)
def story_seen_as(request: HttpRequest, story_id: int) -> HttpResponse:
    """The card, why it is picked, and the composer's first screen."""
    story = content.story_or_none(story_id)
    if story is None:
        raise Http404
    terms = cleaned(story.audience.terms) if story.audience else everybody()
    form = PersonForm(request.GET, terms=terms)
    seen = queries.seen_as(form.person, story, at=clock.now())
    caption = seen.screen.caption if seen.screen else None
    context = {
        "story": story,
        "form": form,
        "seen": seen,
        "whom": sentence(terms, names()),
        "is_for": content.kind_words(story),
        "caption_language": own_name(caption.language) if caption else "",
    }
    return render(request, "shares/story_seen_as.html", context)


@require_safe
@require(is_curator)
def audience_seen_as(request: HttpRequest, number: int) -> HttpResponse:
    """What is picked for them today, each card with the way to how they see it."""
    audience = get_object_or_404(Audience, pk=number)
    terms = cleaned(audience.terms)
    form = PersonForm(request.GET, terms=terms)
    before, after = reverse("shares:story_seen_as", args=[0]).split("0")
    cards = queries.today_as(form.person, at=clock.now(), leads_to=(before, f"{after}?{urlencode(form.asked)}"))
    context = {"audience": audience, "form": form, "cards": cards, "whom": sentence(terms, names())}
    return render(request, "shares/audience_seen_as.html", context)
