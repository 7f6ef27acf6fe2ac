"""HR translates: the original on one side, the translation on the other, and what changed in between marked."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.rules import require
from core import clock, languages
from core.editions import edition_in
from guidelines import actions, queries, rules, texts
from guidelines.forms import TranslationForm
from guidelines.models import Version


@require(rules.can_write)
def translate(request: HttpRequest, version_id: int, language: str) -> HttpResponse:
    found = get_object_or_404(Version.objects.select_related("guideline"), pk=version_id)
    known = dict(languages.choices())
    if language not in known or language == found.guideline.language or found.guideline.language not in found.content:
        raise Http404
    if not rules.can_edit(request.user, found):
        return redirect("guidelines:version", found.pk)
    form, differs = TranslationForm(request.POST or None, version=found, language=language), []
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, found, language, form)
            return redirect("guidelines:version", found.pk)
        except actions.CannotDo as error:
            form.add_error(None, error.sentence)
            found = get_object_or_404(Version.objects.select_related("guideline"), pk=version_id)
            differs = _differs(found, language, form)
    context = {
        "version": found,
        "differs": differs,
        "form": form,
        "language": language,
        "language_name": known[language],
    }
    context["is_new"] = language not in found.content
    return render(request, "guidelines/translate.html", context, status=422 if form.errors else 200)


def _save(request: HttpRequest, found: Version, language: str, form: TranslationForm) -> None:
    edition = edition_in(request.POST)
    actor, at = request.user, clock.now()
    if request.POST.get("do") == "remove":
        actions.remove_translation(actor=actor, version=found, edition=edition, language=language, at=at)
        messages.success(request, _("The translation is taken away."))
        return
    if request.POST.get("do") == "fits":
        actions.confirm_translation(actor=actor, version=found, edition=edition, language=language, at=at)
        messages.success(request, _("Noted: the translation still fits."))
        return
    said = form.cleaned_data.get("what_changed", "")
    actions.translate_version(
        actor=actor, version=found, edition=edition, language=language, text=form.text, what_changed=said, at=at
    )
    messages.success(request, _("Saved."))


def _differs(found: Version, language: str, form: TranslationForm) -> list[queries.Clause]:
    """Sections of which what was typed is not what a colleague has saved meanwhile."""
    raw = found.content.get(language)
    kept = texts.read(raw) if raw else texts.Text("", "", ())
    return [one for one in queries.clauses(kept, form.text, marks=True) if one.is_changed]
