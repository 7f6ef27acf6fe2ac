"""“It went wrong”: one button, three calm steps, one human."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts import queries as accounts
from accounts.rules import is_member, require
from core import clock
from guidelines import queries as guidelines
from shares import actions, queries, rules
from shares.forms import MishapAnswerForm, MishapForm
from shares.models import Mishap, Share

SHOWN = 10
UP = ("published", "said_posted", "uncertain", "asked", "sending")


@require(is_member)
def went_wrong(request: HttpRequest) -> HttpResponse:
    if found := Mishap.objects.filter(member=request.user).first():
        return redirect("shares:mishap", found.pk)
    posts = _posts(request)
    form = MishapForm(request.POST or None, helpers=guidelines.who_helps(request.user), initial=_first(request, posts))
    form.fields["posts"].queryset = posts
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.begin_mishap(
                actor=request.user, helper=given["helper"], shares=given["posts"], words=given["words"], at=clock.now()
            )
        except actions.CannotDo as error:
            form.add_error(None, error.sentence)
        else:
            return redirect("shares:mishap", made.pk)
    context = {
        "form": form,
        "planned": queries.under_way(request.user).filter(state__in=["scheduled", "retrying", "held"]).count(),
    }
    return render(request, "shares/went_wrong.html", context, status=422 if form.errors else 200)


def _posts(request: HttpRequest) -> QuerySet[Share]:
    """The newest, and the one they came from."""
    up = queries.own_shares(request.user).filter(state__in=UP)
    newest = list(up.values_list("pk", flat=True)[:SHOWN])
    came_from = request.GET.get("post", "")
    also = Q(pk=int(came_from)) if came_from.isascii() and came_from.isdecimal() and len(came_from) < 15 else Q()
    return up.filter(Q(pk__in=newest) | also) if also else up.filter(pk__in=newest)


def _first(request: HttpRequest, posts: QuerySet[Share]) -> dict[str, object]:
    came_from = request.GET.get("post", "")
    chosen = [post for post in posts if str(post.pk) == came_from] or list(posts[:1])
    return {"posts": [post.pk for post in chosen]}


@require(is_member)
def mishap(request: HttpRequest, mishap_id: int) -> HttpResponse:
    found = get_object_or_404(Mishap.objects.select_related("member", "helper"), pk=mishap_id)
    if not rules.sees_mishap(request.user, found):
        raise Http404
    is_helper = rules.helps_with(request.user, found)
    form = MishapAnswerForm(request.POST if "answer" in request.POST else None) if is_helper else None
    if request.method == "POST":
        answer = _act(request, found, form)
        if answer is not None:
            return answer
    elif is_helper:
        actions.see_mishap(actor=request.user, mishap=found, at=clock.now())
    known, at = accounts.connectors(), clock.now()
    rows = [_row(share, known) for share in found.shares.select_related("story", "account").order_by("-planned_at")]
    context = {
        "mishap": found,
        "rows": rows,
        "is_helper": is_helper,
        "form": form,
        "waits": any(queries.is_lively(row["share"], at) for row in rows),
    }
    return render(request, "shares/mishap.html", context, status=422 if form and form.errors else 200)


def _row(share: Share, known: dict[str, object]) -> dict[str, object]:
    """`by_hand`: up, and nobody but its owner can take it down."""
    platform = known[share.connector].name if share.connector in known else queries.targets()[share.connector].name
    by_hand = share.state in UP and not actions.can_delete(share)
    return {"share": share, "platform": platform, "by_hand": by_hand}


def _act(request: HttpRequest, found: Mishap, form: MishapAnswerForm | None) -> HttpResponse | None:
    at = clock.now()
    try:
        if form is not None and form.is_bound:
            if not form.is_valid():
                return None
            actions.answer_mishap(actor=request.user, mishap=found, answer=form.cleaned_data["answer"], at=at)
            messages.success(request, _("%(name)s has your words.") % {"name": found.member.name})
        else:
            actions.close_mishap(actor=request.user, mishap=found, at=at)
            messages.success(request, _("It is over, and nothing of it is kept. What was held waits for you below."))
            return redirect("shares:plans")
    except actions.CannotDo as error:
        messages.error(request, error.sentence)
    return redirect("shares:mishap", found.pk)
