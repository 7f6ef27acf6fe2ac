from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.rules import is_member, require
from content import actions as content
from content import queries as content_queries
from content.actions.errors import CannotDo
from core import clock
from shares import queries
from shares.views.plans import own_share

ON_A_PAGE = 20


@require(is_member)
def given(request: HttpRequest) -> HttpResponse:
    """What one has offered, what was answered, and where it went: how many passed it on, never who."""
    page = Paginator(content_queries.given_by(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    passed = queries.passed_on(rows)
    # A story that is over, or for others, is not named here either.
    became = [row.about or row.story for row in rows]
    asked = content_queries.live_stories(request.user).filter(pk__in={story.pk for story in became if story})
    there = set(asked.values_list("pk", flat=True))
    shown = [(row, passed[row.pk], story if story and story.pk in there else None)
             for row, story in zip(rows, became, strict=True)]  # fmt: skip
    return render(request, "shares/given.html", {"page": page, "rows": shown})


@require(is_member)
@require_POST
def lend(request: HttpRequest, share_id: int) -> HttpResponse:
    """May colleagues use this sentence? Only whoever wrote it says so."""
    share = own_share(request, share_id)
    try:
        content.lend_sentence(
            actor=request.user, story=share.story, words=share.words, language=share.language,
            credited="credited" in request.POST, at=clock.now(),
        )  # fmt: skip
    except CannotDo as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("Thank you. A curator reads it, then colleagues can start from it."))
    return redirect("shares:share", share_id=share_id)
