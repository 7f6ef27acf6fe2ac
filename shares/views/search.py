"""Looking for a story among all one may see, and the searches a member keeps."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.rules import is_member, require
from content import queries as content
from core import clock
from core.shell.notices import done
from guidelines import queries as guidelines
from shares import actions, queries
from shares.queries import Wish

CARDS = 30


@require(is_member)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    wish = Wish.of(request.GET)
    member = request.user
    page = Paginator(queries.find(member, wish).values_list("pk", flat=True), CARDS).get_page(request.GET.get("page"))
    shown = {
        "wish": wish,
        "page": page,
        "cards": queries.cards(list(page.object_list), member, at=clock.now()),
        "topics": content.topics(),
        "languages": queries.languages(),
        "kinds": queries.kinds(),
        "saved": queries.saved_searches(member),
        # Whoever finds no story may have looked for what one may say.
        "guidelines": [] if page.paginator.count else guidelines.guidelines_with(member, wish.q),
        "cases": 0 if page.paginator.count or not wish.q else guidelines.cases(wish.q).count(),
        "is_saved": queries.is_saved(member, wish),
    }
    return render(request, "shares/search.html", shown)


@require(is_member)
@require_POST
def keep_search(request: HttpRequest) -> HttpResponse:
    wish = Wish.of(request.POST)
    if not actions.keep_search(actor=request.user, wish=wish.kept, at=clock.now()):
        done(request, _("You keep twenty searches already. Forget one of them first."))
    return redirect(f"/search/?{wish.query}")


@require(is_member)
@require_POST
def forget_search(request: HttpRequest, number: int) -> HttpResponse:
    actions.forget_search(actor=request.user, number=number)
    done(request, _("That search is forgotten."))
    return redirect("shares:search")
