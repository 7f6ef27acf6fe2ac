"""HR's pages: all guidelines with how many have signed, and each version on its way."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.queries import organisation
from accounts.rules import require
from core import clock, languages, reading
from core.editions import edition_in
from guidelines import actions, queries, rules, texts
from guidelines.forms import BeginForm, TermsForm, VersionForm
from guidelines.models import Guideline, Version
from guidelines.starting import starters
from guidelines.views.versions import read_version, shown
from guidelines.views.warnings import warnings

READ_WITH = ("guideline__audience", "guideline__helper", "some", "sent_back_by", "submitted_by")
LONGEST_FOR_A_NEWCOMER = 240  # seconds, for all that somebody new owes together
ARRANGING = ("up-", "down-", "insert-")  # a section, in the form as it was typed


@require(rules.can_write)
def desk(request: HttpRequest) -> HttpResponse:
    """The one figure first: of all who should have signed, how many have."""
    newcomer = queries.newcomer_seconds()
    context = {
        "rows": queries.overview(at=clock.now()), "starters": starters(),
        "minutes": sum(map(reading.in_minutes, newcomer)), "is_long": sum(newcomer) > LONGEST_FOR_A_NEWCOMER,
    }  # fmt: skip
    return render(request, "guidelines/desk.html", context)


@require(rules.can_write)
def begin(request: HttpRequest) -> HttpResponse:
    key = request.POST.get("starter", request.GET.get("starter", ""))
    text = starters().get(key, texts.Text("", "", ()))
    form = (
        BeginForm(request.POST)
        if request.method == "POST"
        else BeginForm(initial={"name": text.title, "helper": request.user})
    )
    if request.method == "POST" and form.is_valid():
        # Ours are English; of another firm's language HR writes its own.
        language = "en" if text.sections else (organisation().languages or ["en"])[0]
        words = actions.VersionWords(texts={language: text})
        try:
            made = actions.begin_guideline(
                actor=request.user, language=language, words=words, starter=key, at=clock.now(), **form.cleaned_data
            )
        except actions.CannotDo as error:
            form.add_error("name", error.sentence)
        else:
            return redirect("guidelines:version", made.pk)
    context = {"form": form, "starter": key, "text": text, "sections": shown(text), "language": "en"}
    return render(request, "guidelines/begin.html", context, status=422 if form.errors else 200)


@require(rules.can_write)
def version(request: HttpRequest, version_id: int) -> HttpResponse:
    found = get_object_or_404(Version.objects.select_related(*READ_WITH), pk=version_id)
    if request.method != "POST" and not rules.can_edit(request.user, found):
        return read_version(request, found)
    form, differs = VersionForm(request.POST or None, version=found), []
    do = request.POST.get("do", "")
    if do.startswith(ARRANGING):
        form.arrange(do)
        return _edit(request, found, form, differs, edition=edition_in(request.POST))
    if request.method == "POST" and form.is_valid():
        at = clock.now()
        try:
            saved = actions.edit_version(
                actor=request.user, version=found, edition=edition_in(request.POST),
                words=form.words, at=at,
            )  # fmt: skip
            if do == "preview":
                return redirect("guidelines:preview", found.pk)
            if do == "submit":
                actions.submit_version(actor=request.user, version=saved, at=at)
                messages.success(request, _("It waits to be read and published. Your colleagues in HR are told."))
            else:
                messages.success(request, _("Saved."))
            return redirect("guidelines:version", found.pk)
        except actions.CannotDo as error:
            form.add_error(None, error.sentence)
            found = get_object_or_404(Version.objects.select_related(*READ_WITH), pk=version_id)
            form.keep(found)
            differs = _differs(form)
    return _edit(request, found, form, differs)


def _edit(
    request: HttpRequest, found: Version, form: VersionForm, differs: list[queries.Clause], edition: int | None = None
) -> HttpResponse:
    text = texts.Text("", form.kept.summary, form.kept.sections)
    context = {
        "version": found,
        "edition": found.edition if edition is None else edition,
        "form": form,
        "seconds": reading.reading_seconds(text.words, form.language),
        "ease": reading.reading_ease(text.words, form.language),
        "words": reading.count_words(text.words),
        "differs": differs,
        **warnings(form.kept),
        "translations": _translations(found),
    }
    return render(request, "guidelines/edit.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True)
class Translation:
    """`behind`: titles of what changed in the original since; `lacks`: how many parts are not translated."""

    code: str
    name: str
    is_there: bool
    behind: list[str]
    lacks: int = 0


def _translations(version: Version) -> list[Translation]:
    """Each language of the firm but the original's."""
    original = version.guideline.language
    if original not in version.content:
        return []
    lacking, behind = actions.untranslated(version), actions.outdated(version)
    return [
        Translation(code, name, code in version.content, behind.get(code, []), len(lacking.get(code, [])))
        for code, name in languages.choices()
        if code != original
    ]


def _differs(form: VersionForm) -> list[queries.Clause]:
    """Sections of which what was typed is not what is saved."""
    typed = texts.Text("", "", tuple(row.section for row in form.rows if row.section.key))
    return [one for one in queries.clauses(form.kept, typed, marks=True) if one.is_changed]


@require(rules.can_write)
def terms(request: HttpRequest, guideline_id: int) -> HttpResponse:
    """What holds for all versions: whom it is for, who helps, reminders and grace."""
    guideline = get_object_or_404(Guideline.objects.select_related("audience", "helper"), pk=guideline_id)
    held = {name: getattr(guideline, name) for name in ("rhythm", "grace_days", "manager_after")}
    held |= {"helper": guideline.helper_id, "audience": guideline.audience_id}
    form = TermsForm(request.POST or None, initial=held)
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.Terms(**form.cleaned_data)
            actions.change_terms(actor=request.user, guideline=guideline, terms=changed, at=clock.now())
        except actions.CannotDo as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("Saved. Whoever joins or leaves it by this is told within a minute."))
            return redirect("guidelines:desk")
    context = {"form": form, "guideline": guideline, "version": guideline.versions.order_by("-number").first()}
    return render(request, "guidelines/terms.html", context, status=422 if form.errors else 200)


@require(rules.can_write)
def compare(request: HttpRequest, guideline_id: int) -> HttpResponse:
    """Any two versions, word by word."""
    guideline = get_object_or_404(Guideline, pk=guideline_id)
    versions = list(guideline.versions.order_by("number"))
    older = _chosen(versions, request.GET.get("from", ""), versions[max(0, len(versions) - 2)])
    newer = _chosen(versions, request.GET.get("to", ""), versions[-1])
    language = request.GET.get("language", guideline.language)
    both = language if language in older.content and language in newer.content else guideline.language
    before, _found = texts.text_of(older.content, both, guideline.language)
    after, shown = texts.text_of(newer.content, both, guideline.language)
    context = {
        "guideline": guideline, "versions": versions, "older": older, "newer": newer, "language": shown,
        "languages": sorted({*older.content, *newer.content}), "clauses": queries.clauses(before, after),
        "title": queries.changed(before.title, after.title), "summary": queries.changed(before.summary, after.summary),
        "text": after,
    }  # fmt: skip
    return render(request, "guidelines/compare.html", context)


def _chosen(versions: list[Version], number: str, usual: Version) -> Version:
    return next((one for one in versions if str(one.number) == number), usual)


@require(rules.can_write)
@require_POST
def act(request: HttpRequest, version_id: int, name: str) -> HttpResponse:
    found = get_object_or_404(Version.objects.select_related("guideline"), pk=version_id)
    at, actor = clock.now(), request.user
    try:
        if name == "publish":
            actions.publish_version(actor=actor, version=found, edition=edition_in(request.POST), at=at)
            messages.success(request, _("It is published. Whoever has to sign is asked within a minute."))
        elif name == "send-back":
            actions.send_back_version(actor=actor, version=found, reason=request.POST.get("reason", ""), at=at)
            messages.success(request, _("It is a draft again, and whoever sent it is told why."))
        elif name == "withdraw":
            actions.withdraw_version(actor=actor, version=found, at=at)
            messages.success(
                request, _("It is withdrawn. Nobody has to sign it any more; what was signed stays signed.")
            )
        elif name == "discard":
            actions.discard_version(actor=actor, version=found, at=at)
            messages.success(request, _("The draft is thrown away."))
            return redirect("guidelines:desk")
        elif name == "next":
            made = actions.begin_version(actor=actor, guideline=found.guideline, at=at)
            return redirect("guidelines:version", made.pk)
        else:
            raise Http404
    except actions.CannotDo as error:
        messages.error(request, error.sentence)
    return redirect("guidelines:version", found.pk)
