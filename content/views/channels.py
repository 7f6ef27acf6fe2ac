"""Which channels in Slack and Microsoft Teams hear of new stories."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.rules import require
from content import actions, queries, rules
from content.actions.errors import BadAddress, CannotDo
from content.forms import ChannelForm
from content.models import Channel
from core import clock
from notifications import hooks
from notifications.hook_queue import MOST_A_DAY


@sensitive_post_parameters("address")
@require(rules.can_read_channels)
def channels(request: HttpRequest) -> HttpResponse:
    may_keep = rules.can_keep_channels(request.user)
    form = ChannelForm(request.POST or None) if may_keep else None
    if request.method == "POST" and form and _kept(form, lambda: _add(request, form)):
        messages.success(request, _("The channel is on the list. A test message shows whether it arrives."))
        return redirect("content:channels")
    rows = [(channel, fault_of(channel)) for channel in queries.channels()]
    context = {"rows": rows, "form": form, "most_a_day": MOST_A_DAY}
    return render(request, "content/channels.html", context, status=422 if form and form.errors else 200)


@sensitive_post_parameters("address")
@require(rules.can_keep_channels)
def channel(request: HttpRequest, channel_id: int) -> HttpResponse:
    row = get_object_or_404(queries.channels(), pk=channel_id)
    if request.method == "POST" and "remove" in request.POST:
        actions.remove_channel(actor=request.user, channel=row, at=clock.now())
        messages.success(request, _("The channel is off the list and is told nothing more."))
        return redirect("content:channels")
    form = ChannelForm(request.POST or None, channel=row)
    if request.method == "POST" and _kept(form, lambda: _edit(request, row, form)):
        messages.success(request, _("Saved."))
        return redirect("content:channels")
    context = {"form": form, "channel": row, "fault": fault_of(row)}
    return render(request, "content/channel.html", context, status=422 if form.errors else 200)


@require_POST
@require(rules.can_keep_channels)
def try_out(request: HttpRequest, channel_id: int) -> HttpResponse:
    row = get_object_or_404(Channel.objects.select_related("hook", "team", "topic"), pk=channel_id)
    try:
        actions.try_channel(actor=request.user, channel=row, at=clock.now())
    except CannotDo as error:
        messages.error(request, error.sentence)
    else:
        text = _("%(name)s took the test message. Please look into the channel whether it is there.")
        messages.success(request, text % {"name": row.hook.get_kind_display()})
    return redirect("content:channels")


def _add(request: HttpRequest, form: ChannelForm) -> None:
    actions.add_channel(actor=request.user, given=form.words, at=clock.now())


def _edit(request: HttpRequest, row: Channel, form: ChannelForm) -> None:
    actions.edit_channel(actor=request.user, channel=row, given=form.words, at=clock.now())


def _kept(form: ChannelForm, keep: Callable[[], None]) -> bool:
    """Whether it could be saved; where not, the form says why."""
    if not form.is_valid():
        return False
    try:
        keep()
    except BadAddress as error:
        form.add_error("address", error.sentence)
    except CannotDo as error:
        form.add_error(None, error.sentence)
    return not form.errors


def fault_of(channel: Channel) -> str:
    hook = channel.hook
    return hooks.sentence_of(hook.reason, hook.get_kind_display())
