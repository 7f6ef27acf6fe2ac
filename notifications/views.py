from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from core import clock
from notifications.actions import read_notices
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
