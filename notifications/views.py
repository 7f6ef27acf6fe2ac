from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from notifications import choosing, pushing, stopping
from notifications.actions import read_notices
from notifications.kinds import BY_KEY
from notifications.models import Mail, Notice

PER_PAGE = 50


@require_safe
@login_required
def notices(request: HttpRequest) -> HttpResponse:
    rows = Notice.objects.filter(member_id=request.user.pk).order_by("-at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    unread = any(notice.read_at is None for notice in page)
    return render(request, "notifications/notices.html", {"page": page, "unread": unread})


@require_POST
@login_required
def mark_read(request: HttpRequest) -> HttpResponse:
    named = request.POST.getlist("notice")
    ids = [int(number) for number in named if number.isdecimal() and len(number) < 18]
    read_notices(actor=request.user, at=clock.now(), ids=ids if named else None)  # type: ignore[arg-type]
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return redirect(target if safe else "notifications:notices")


@require_POST
@login_required
def push(request: HttpRequest) -> HttpResponse:
    """A browser whose member just tapped "show messages here"."""
    sent = {name: request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth", "browser")}
    try:
        pushing.allow_browser(actor=request.user, at=clock.now(), **sent)
    except pushing.BadAddress:
        return HttpResponse(_("This browser sent no address that messages could go to."), status=422)
    return HttpResponse(status=204)


@require_POST
@login_required
def forget_push(request: HttpRequest, number: int) -> HttpResponse:
    if pushing.forget_browser(actor=request.user, number=number):
        messages.success(request, _("That device shows no more messages."))
    return redirect("accounts:messages")


@csrf_exempt  # a mail program has no token of ours, and the address is signed
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """RFC 8058: a POST ends this kind of mail at once, for whoever holds the mail; a GET only shows the button."""
    try:
        number, key = stopping.read(token)
        member = get_user_model().objects.get(pk=number)
    except (stopping.Unknown, ObjectDoesNotExist):
        return render(request, "notifications/stop_unknown.html", status=410)
    shown = {"topic": BY_KEY[key], "token": token, "done": False}
    if request.method == "POST":
        choosing.stop_topic(member=member, topic=key)
        shown["done"] = True
    return render(request, "notifications/stop.html", shown)


def demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The demo has no mail server, so what it sent can be read here. Anywhere else the page does not exist."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return shown


@require_safe
@demo_only
def outbox(request: HttpRequest) -> HttpResponse:
    page = Paginator(Mail.objects.order_by("-created_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notifications/outbox.html", {"page": page})


@require_safe
@demo_only
def outbox_mail(request: HttpRequest, number: int) -> HttpResponse:
    return render(request, "notifications/outbox_mail.html", {"mail": get_object_or_404(Mail, pk=number)})


@require_safe
@demo_only
@xframe_options_sameorigin
def outbox_shown(request: HttpRequest, number: int) -> HttpResponse:
    """The mail as a mail program shows it: a page of its own, with nothing allowed but its own looks and pictures."""
    return as_shown(get_object_or_404(Mail, pk=number).html)


def as_shown(html: str) -> HttpResponse:
    response = HttpResponse(html)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox"
    return response
