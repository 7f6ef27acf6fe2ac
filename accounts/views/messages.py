"""Messages: the table of what reaches a member and how, the pause, and the browsers that may show something."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms.messages import MessagesForm
from accounts.views.linking import member_only, safe_next
from core import clock
from notifications import choosing, pushing
from notifications.actions import settle_notices
from notifications.models import PushAddress
from notifications.queries import wishes_of


@require_http_methods(["GET", "HEAD", "POST"])
@member_only
def messages_page(request: HttpRequest) -> HttpResponse:
    member, wishes = request.user, wishes_of(request.user)
    form = MessagesForm(request.POST or None, member=member, wishes=wishes)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        choosing.choose_channels(actor=member, channels=form.channels())
        choosing.limit_messages(actor=member, most_a_day=data["most_a_day"])
        weekday = wishes.digest_weekday if data["weekday"] is None else data["weekday"]
        choosing.choose_digest(
            actor=member, every=data["digest"], weekday=weekday, minute=form.minute(), at=clock.now()
        )
        # Who was asked whether they would like some has answered.
        settle_notices(member=member, url=reverse("accounts:messages") + "#digest", at=clock.now())
        messages.success(request, _("That is how we will do it."))
        return redirect("accounts:messages")
    shown = {
        "form": form,
        "wishes": wishes,
        "browsers": PushAddress.objects.filter(member=member, state="open").order_by("-made_at"),
        "push_key": pushing.public_key(),
        "digest_due_at": wishes.digest_due_at,
    }
    return render(request, "accounts/messages.html", shown, status=422 if form.errors else 200)


@require_POST
@member_only
def pause(request: HttpRequest) -> HttpResponse:
    """Two weeks of nothing but the page, or the end of them."""
    if "end" in request.POST:
        choosing.end_pause(actor=request.user)
        messages.success(request, _("The pause is over."))
    else:
        until = choosing.pause_messages(actor=request.user, at=clock.now())
        text = _("Paused until %(day)s. Everything stands here all the same.")
        messages.success(request, text % {"day": date_format(until)})
    return redirect("accounts:messages")


@require_POST
@member_only
def no_line_after_posts(request: HttpRequest) -> HttpResponse:
    """Off with one tap, from the line itself."""
    choosing.stop_line(actor=request.user, topic="up")
    messages.success(request, _("We will not say that again. Your profile has the switch, should you miss it."))
    return redirect(safe_next(request) or "notifications:notices")
