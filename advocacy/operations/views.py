"""Operations: what this installation is doing, and the few things that need somebody. For administrators.

Not in Django's admin, because posts belong to people: here one is a number, a platform and a state.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions as accounts
from accounts.queries import connectors
from accounts.rules import is_administrator, require
from advocacy.operations import queries
from advocacy.operations.forms import PauseForm, PostedForm
from core import clock
from reach.queries import costs
from shares import actions as shares
from shares.models import Share

administrators_only = require(is_administrator)


@require_safe
@administrators_only
def page(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    alerts, over = queries.alerts(at)
    context = {
        "alerts": alerts,
        "alerts_over": over,
        "platforms": queries.platforms(at),
        "flows": queries.flows(at),
        "costs": costs(at),
        "charts": queries.attempts_by_hour(at),
        "needing": [
            (kind, [shown(share) for share in kind.shares]) for kind in queries.needing_a_person(at) if kind.count
        ],
    }
    return render(request, "operations/page.html", context)


def shown(share: Share) -> dict[str, Any]:
    known = connectors()
    name = known[share.connector].name if share.connector in known else share.connector
    # The usual word for it is a question to the member.
    word = _("Its member was asked") if share.state == "asked" else ""
    return {"share": share, "platform": name, "outcome": queries.outcome_word(share), "state_word": word}


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def pause(request: HttpRequest, key: str) -> HttpResponse:
    connector = known_platform(key)
    form = PauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = clock.now()
        accounts.hold_platform(
            actor=request.user, connector=key, until=form.until(at), why=form.cleaned_data["why"], at=at
        )
        messages.success(request, _("%(name)s is paused.") % {"name": connector.name})
        return redirect("operations:page")
    context = {"form": form, "connector": connector}
    return render(request, "operations/pause.html", context, status=422 if form.errors else 200)


@require_POST
@administrators_only
def resume(request: HttpRequest, key: str) -> HttpResponse:
    connector = known_platform(key)
    accounts.open_platform(actor=request.user, connector=key, at=clock.now())
    messages.success(request, _("%(name)s is open again.") % {"name": connector.name})
    return redirect("operations:page")


def known_platform(key: str) -> Any:
    if key not in connectors():
        raise Http404
    return connectors()[key]


@require_safe
@administrators_only
def post(request: HttpRequest, share_id: int) -> HttpResponse:
    return post_page(request, share_id, PostedForm())


def post_page(request: HttpRequest, share_id: int, form: PostedForm, status: int = 200) -> HttpResponse:
    at = clock.now()
    share = get_object_or_404(queries.operated(Share.objects.filter(account__isnull=False)), pk=share_id)
    may = {"may_retry": shares.can_retry(share, at), "may_mark": shares.can_mark_posted(share)}
    return render(request, "operations/post.html", {**shown(share), **may, "form": form}, status=status)


@require_POST
@administrators_only
def retry(request: HttpRequest, share_id: int) -> HttpResponse:
    try:
        shares.retry_for_member(actor=request.user, share=whole(share_id), at=clock.now())
        messages.success(request, _("It is tried again."))
    except shares.CannotPlan as refusal:
        messages.error(request, " ".join(refusal.sentences))
    return redirect("operations:post", share_id=share_id)


@require_POST
@administrators_only
def posted(request: HttpRequest, share_id: int) -> HttpResponse:
    share, form = whole(share_id), PostedForm(request.POST)
    if form.is_valid():
        try:
            shares.mark_posted(actor=request.user, share=share, url=form.cleaned_data["url"], at=clock.now())
            messages.success(request, _("Noted as posted. Its member is told."))
            return redirect("operations:post", share_id=share_id)
        except shares.CannotPlan as refusal:
            form.add_error("url", " ".join(refusal.sentences))
    return post_page(request, share_id, form, status=422)


def whole(share_id: int) -> Share:
    known = Share.objects.filter(account__isnull=False).select_related("member", "story", "account", "link")
    return get_object_or_404(known, pk=share_id)
