"""HR's page of a draft's situations."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.rules import require
from core import clock
from core.editions import edition_in
from core.reading import in_minutes
from guidelines import actions, queries, rules
from guidelines.forms.situations import SituationsForm
from guidelines.models import Version


@require(rules.can_write)
def situations(request: HttpRequest, version_id: int) -> HttpResponse:
    found = get_object_or_404(Version.objects.select_related("guideline"), pk=version_id)
    if request.method != "POST" and not rules.can_edit(request.user, found):
        return redirect("guidelines:version", found.pk)
    form = SituationsForm(request.POST if request.method == "POST" else None, version=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_situations(
                actor=request.user, version=found, edition=edition_in(request.POST),
                chosen=form.chosen, at=clock.now(),
            )  # fmt: skip
        except actions.CannotDo as error:
            form.add_error(None, error.sentence)
            found = get_object_or_404(Version.objects.select_related("guideline"), pk=version_id)
            form.keep(found)
        else:
            messages.success(request, _("Saved."))
            return redirect("guidelines:situations", found.pk)
    minutes = in_minutes(queries.seconds_of(found, found.guideline.language))
    context = {"version": found, "form": form, "minutes": minutes}
    return render(request, "guidelines/situations.html", context, status=422 if form.errors else 200)
