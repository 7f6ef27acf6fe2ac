from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.rules import is_curator, require
from content import actions, queries
from content.actions.errors import CannotDo
from content.forms import CampaignForm
from content.models import Campaign
from core import clock

PAGE = "analytics:campaign"  # with its totals, which stand above us
ACTS = {
    "end": (actions.end_campaign, gettext_lazy("The campaign has ended. Its stories stay.")),
    "reopen": (actions.reopen_campaign, gettext_lazy("The campaign runs again.")),
}


@require_safe
@require(is_curator)
def campaigns(request: HttpRequest) -> HttpResponse:
    return render(request, "curate/campaigns.html", {"campaigns": queries.campaigns(), "today": clock.now().date()})


@require(is_curator)
def new_campaign(request: HttpRequest) -> HttpResponse:
    form = CampaignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_campaign(actor=request.user, words=form.words, at=clock.now())
        except CannotDo as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("The campaign is made. Stories join it where they are written."))
            return redirect(PAGE, made.pk)
    return _form_page(request, form, None)


@require(is_curator)
def edit_campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign, pk=campaign_id)
    form = CampaignForm(request.POST or None, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_campaign(actor=request.user, campaign=campaign, words=form.words, at=clock.now())
        except CannotDo as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect(PAGE, campaign.pk)
    return _form_page(request, form, campaign)


def _form_page(request: HttpRequest, form: CampaignForm, campaign: Campaign | None) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "curate/campaign_form.html", {"form": form, "campaign": campaign}, status=status)


@require(is_curator)
@require_POST
def act(request: HttpRequest, campaign_id: int, name: str) -> HttpResponse:
    if name not in ACTS:
        raise Http404
    campaign, (verb, done) = get_object_or_404(Campaign, pk=campaign_id), ACTS[name]
    try:
        verb(actor=request.user, campaign=campaign, at=clock.now())
    except CannotDo as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, str(done))
    return redirect(PAGE, campaign.pk)
