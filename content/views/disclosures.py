"""What says who is speaking, for every combination; and the rules behind it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.rules import require
from content import actions, queries, rules
from content.actions.errors import CannotDo
from content.forms import DisclosureForm
from content.forms.languages import own_name
from content.models import DisclosureRule
from core import clock


@require_safe
@require(rules.can_read_disclosures)
def disclosures(request: HttpRequest) -> HttpResponse:
    campaigns = list(queries.open_campaigns())
    asked = request.GET.get("campaign", "")
    campaign = next((one for one in campaigns if str(one.pk) == asked), None)
    rows, unused = queries.disclosure_table(campaign, {code: own_name(code) for code in queries.languages()})
    context = {
        "campaigns": campaigns,
        "campaign": campaign,
        "rows": rows,
        "unused": unused,
        "can_set": rules.can_set_disclosures(request.user),
        "can_curate": rules.can_curate(request.user),
    }
    return render(request, "curate/disclosures.html", context)


@require(rules.can_set_disclosures)
def new_disclosure(request: HttpRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("country", "language", "connector", "campaign")}
    form = DisclosureForm(request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            actions.make_disclosure(actor=request.user, words=form.words, at=clock.now())
        except CannotDo as error:
            form.add_error(None, error.sentence)
        else:
            return _saved(request)
    return _form_page(request, form, None)


@require(rules.can_set_disclosures)
def disclosure(request: HttpRequest, rule_id: int) -> HttpResponse:
    rule = get_object_or_404(DisclosureRule, pk=rule_id)
    form = DisclosureForm(request.POST or None, rule=rule)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.edit_disclosure(actor=request.user, rule=rule, words=form.words, version=version, at=clock.now())
        except CannotDo as error:
            form.add_error(None, error.sentence)
        else:
            return _saved(request)
    return _form_page(request, form, rule)


def _saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Saved. It holds for what is planned from now on."))
    return redirect("content:disclosures")


def _form_page(request: HttpRequest, form: DisclosureForm, rule: DisclosureRule | None) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "curate/disclosure.html", {"form": form, "rule": rule}, status=status)


@require(rules.can_set_disclosures)
@require_POST
def remove(request: HttpRequest, rule_id: int) -> HttpResponse:
    rule = get_object_or_404(DisclosureRule, pk=rule_id)
    actions.remove_disclosure(actor=request.user, rule=rule, at=clock.now())
    messages.success(request, _("Removed. The next rule that fits holds from now on, or our usual wording."))
    return redirect("content:disclosures")
