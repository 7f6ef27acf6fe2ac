"""The curators' inbox of what colleagues offer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.rules import is_curator, require
from content import actions, queries, rules
from content.actions.errors import CannotDo
from content.models import Suggestion
from core import clock

ON_A_PAGE = 20


@require(is_curator)
def suggestions(request: HttpRequest) -> HttpResponse:
    answered = "answered" in request.GET
    rows = queries.answered_suggestions() if answered else queries.open_suggestions()
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    usable = [one.pk for one in page if rules.can_use(request.user, one)]
    return render(request, "curate/suggestions.html", {"page": page, "answered": answered, "usable": usable})


@require(is_curator)
@require_POST
def answer(request: HttpRequest, suggestion_id: int, name: str) -> HttpResponse:
    row = get_object_or_404(Suggestion.objects.select_related("giver", "about"), pk=suggestion_id)
    try:
        if name == "use":
            story = actions.use_suggestion(actor=request.user, suggestion=row, at=clock.now())
            if row.about_id:
                messages.success(request, _("Colleagues can start from these words now."))
                return redirect("content:suggestions")
            messages.success(request, _("It is a draft now, and whoever gave it is thanked."))
            return redirect("content:story", story.pk)
        if name == "decline":
            reason = request.POST.get("reason", "")
            actions.decline_suggestion(actor=request.user, suggestion=row, reason=reason, at=clock.now())
            messages.success(request, _("Declined, with thanks and your reason."))
            return redirect("content:suggestions")
    except CannotDo as error:
        messages.error(request, error.sentence)
        return redirect("content:suggestions")
    raise Http404
