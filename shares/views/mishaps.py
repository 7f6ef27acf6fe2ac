"""“It went wrong”: one button, three calm steps, one human."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts import queries as accounts
from accounts.rules import is_member, require
from core import clock
from core.refusals import NotReady
from guidelines import queries as guidelines
from shares import actions, queries, rules
from shares.forms import MishapAnswerForm, MishapForm, MishapMoreForm
from shares.models import OWNER, Mishap, Share

SHOWN = 10
PLANNED = ("scheduled", "retrying", "held")
UP = ("published", "said_posted", "uncertain", "asked", "sending")


@require(is_member)
def went_wrong(request: HttpRequest) -> HttpResponse:
    if found := Mishap.objects.filter(member=request.user).first():
        return redirect("shares:mishap", found.pk)
    posts = _posts(request)
    at = clock.now()
    form = MishapForm(
        request.POST if request.method == "POST" else None,
        helpers=guidelines.who_helps(request.user, at),
        at=at,
        initial=_first(request, posts),
    )
    form.fields["posts"].queryset = posts
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.begin_mishap(
                actor=request.user, helper=given.get("helper"), shares=given["posts"], words=given["words"], at=at
            )
        except actions.CannotDo as error:
            form.add_error(None, error.sentence)
        else:
            return redirect("shares:mishap", made.pk)
    plans, held = queries.under_way(request.user).filter(state__in=PLANNED), Q(state="held", held_for=OWNER)
    context = {
        "form": form,
        "planned": plans.exclude(held).count(),
        "held": plans.filter(held).count(),
    }
    return render(request, "shares/went_wrong.html", context, status=422 if form.errors else 200)


def _posts(request: HttpRequest) -> QuerySet[Share]:
    """The newest, and the one they came from."""
    up = queries.own_shares(request.user).filter(state__in=UP)
    newest = list(up.values_list("pk", flat=True)[:SHOWN])
    came_from = request.GET.get("post", "")
    return up.filter(pk__in=[*newest, _number(came_from)])


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 15 else 0


def _first(request: HttpRequest, posts: QuerySet[Share]) -> dict[str, object]:
    """Only the one they came from: nobody deletes by a tick they did not set."""
    came_from = request.GET.get("post", "")
    return {"posts": [post.pk for post in posts if str(post.pk) == came_from]}


@require(is_member)
def mishap(request: HttpRequest, mishap_id: int) -> HttpResponse:
    found = get_object_or_404(Mishap.objects.select_related("member", "helper"), pk=mishap_id)
    if not rules.sees_mishap(request.user, found):
        raise Http404
    is_helper = rules.helps_with(request.user, found)
    form = MishapAnswerForm(request.POST if "answer" in request.POST else None) if is_helper else None
    more = None if is_helper else MishapMoreForm(request.POST if request.POST.get("do") == "add" else None)
    if request.method == "POST":
        answer = _act(request, found, form or more)
        if answer is not None:
            return answer
    elif is_helper:
        actions.see_mishap(actor=request.user, mishap=found, at=clock.now())
    at = clock.now()
    shares = found.shares.select_related("story", "account").order_by("-planned_at")
    rows = [_row(share, is_helper) for share in shares]
    context = {
        "mishap": found,
        "rows": rows,
        "is_helper": is_helper,
        "form": form,
        "more": more,
        "told_at": found.added_at or found.began_at,
        "held": 0 if is_helper else queries.under_way(found.member).filter(state="held").count(),
        "waits": any(queries.is_lively(row["share"], at) for row in rows),
    }
    return render(request, "shares/mishap.html", context, status=422 if (form or more).errors else 200)


def _row(share: Share, is_helper: bool) -> dict[str, object]:
    """`by_hand`: up, and nobody but its owner can take it down, there. `down`: here. `soon`: here, once it is up."""
    target = None if share.connector in accounts.connectors() else queries.targets().get(share.connector)
    down = share.state == "published" and actions.can_delete(share)
    soon = share.state in ("sending", "uncertain") and actions.lets_delete(share)
    by_hand = share.state in UP and not (down or soon)
    address = share.post_url or (share.account.profile_url if share.account else target.own_page if target else "")
    return {
        "share": share,
        "platform": queries.platform_of(share),
        "at": share.published_at or share.state_at,
        "by_hand": by_hand,
        "address": address,
        "to_delete": target.to_delete if target and not share.post_url else "",
        "down": down and not is_helper,
        "soon": soon,
    }


def _act(request: HttpRequest, found: Mishap, form: MishapAnswerForm | MishapMoreForm) -> HttpResponse | None:
    at = clock.now()
    try:
        if form.is_bound and not form.is_valid():
            return None
        if form.is_bound and "words" in form.cleaned_data:
            actions.add_words(actor=request.user, mishap=found, words=form.cleaned_data["words"], at=at)
            messages.success(request, _("It stands below what you wrote."))
        elif form.is_bound:
            actions.answer_mishap(actor=request.user, mishap=found, answer=form.cleaned_data["answer"], at=at)
            messages.success(request, _("%(name)s has your words.") % {"name": found.member.name})
        elif request.POST.get("do") == "take-down":
            chosen = found.shares.filter(pk__in=[_number(request.POST.get("share", ""))])
            actions.take_down(actor=request.user, mishap=found, shares=chosen, at=at)
        elif request.POST.get("do") == "close":
            actions.close_mishap(actor=request.user, mishap=found, at=at)
            messages.success(request, _("It is over, and its page is deleted. What was held waits for you below."))
            return redirect("shares:plans")
    except NotReady as error:
        form.add_error(None, error.sentence)
        return None
    except actions.CannotDo as error:
        messages.error(request, error.sentence)
    return redirect("shares:mishap", found.pk)
