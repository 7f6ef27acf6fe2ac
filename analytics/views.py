"""My impact, for the member alone; how far a campaign is, and what worked, in totals."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.queries import organisation
from accounts.rules import is_curator, is_member, require
from analytics import queries
from content import queries as content
from content.models import Campaign
from core import clock
from core.zones import zone_of
from recognition.queries import choice_of

ON_A_PAGE = 20


@require_safe
@require(is_member)
def impact(request: HttpRequest) -> HttpResponse:
    """What came through my posts: the number first, then how it went, then which of them did it."""
    at = clock.now()
    span = queries.span(request.GET.get("by", ""), at=at, zone=zone_of(request.user.time_zone))
    context = {
        "impact": queries.my_impact(member=request.user, span=span, at=at),
        "since": queries.since_words(span),
        "spans": spans(span.key),
        "choice": choice_of(request.user),
        "boards_on": organisation().boards_on,
    }
    return render(request, "analytics/impact.html", context)


def spans(current: str) -> list[dict[str, Any]]:
    labels = (("days", _("Four weeks by day")), ("weeks", _("Twelve weeks")))
    return [
        {"url": f"{reverse('analytics:impact')}?by={key}", "label": label, "current": key == current}
        for key, label in labels
    ]


@require_safe
@require(is_member)
def posts(request: HttpRequest) -> HttpResponse:
    """Every post of mine that is out, newest first, with its figures."""
    page = Paginator(queries.own_posts(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = queries.with_figures(list(page))
    most = max((post.visits for post in shown), default=0) or 1
    return render(request, "analytics/posts.html", {"page": page, "posts": shown, "most": most})


@require_safe
@require(is_curator)
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Its goal and days, its stories, and how far it is."""
    campaign = get_object_or_404(Campaign, pk=campaign_id)
    stories = campaign.stories.select_related("topic", "feed", "created_by", "submitted_by").order_by("-created_at")
    context = {"campaign": campaign, "stories": stories, "progress": queries.progress_of(campaign)}
    context["launch"] = content.launch_of(campaign)
    return render(request, "analytics/campaign.html", context | {"today": clock.now().date()})


@require_safe
@require(is_curator)
def worked(request: HttpRequest) -> HttpResponse:
    """What was opened most for each colleague who told it, beside what there is to share next."""
    return render(request, "analytics/worked.html", {"worked": queries.what_worked(at=clock.now())})
