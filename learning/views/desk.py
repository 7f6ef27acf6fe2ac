"""Curators' pages: their own lessons, ours to hide or to adapt, and the editor."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.rules import require
from core import clock, reading
from core.editions import edition_in
from core.languages import own_name
from learning import actions, queries, rules, texts
from learning.forms import BeginForm, LessonForm, languages_of, uploads_in
from learning.models import WrittenLesson
from learning.showing import page_of


@require(rules.can_write)
def desk(request: HttpRequest) -> HttpResponse:
    written = WrittenLesson.objects.select_related("edited_by").order_by("-edited_at")
    rows = [(row, _title(row)) for row in written]
    replaced = {row.in_place_of for row in written if row.state == "published"}
    ours = [
        (one, one.shown_in(request.user.language), hidden, one.key in replaced)
        for one, hidden in queries.whole_library()
    ]
    return render(request, "learning/desk.html", {"rows": rows, "ours": ours})


@require(rules.can_write)
def begin(request: HttpRequest) -> HttpResponse:
    form = BeginForm(request.POST or None, initial={"language": request.user.language})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.begin_lesson(actor=request.user, at=clock.now(), **form.cleaned_data)
        except actions.CannotDo as error:
            form.add_error("title", error.sentence)
        else:
            return redirect("learning:edit", made.pk)
    return render(request, "learning/begin.html", {"form": form}, status=422 if form.errors else 200)


@require(rules.can_write)
@require_POST
def ours(request: HttpRequest, key: str) -> HttpResponse:
    """One of ours: hidden, shown again, or copied to be adapted."""
    do, at = request.POST.get("do"), clock.now()
    try:
        if do == "copy":
            made = actions.begin_lesson(actor=request.user, language="", copy_of=key, at=at)
            messages.success(request, _("This is your copy. Once it is published it stands in the place of ours."))
            return redirect("learning:edit", made.pk)
        if do == "hide":
            actions.hide_lesson(actor=request.user, key=key, at=at)
            messages.success(request, _("It is hidden. Paths go on without it."))
        elif do == "show":
            actions.show_lesson(actor=request.user, key=key, at=at)
            messages.success(request, _("It is shown again."))
        else:
            raise Http404
    except actions.CannotDo as error:
        messages.error(request, error.sentence)
    return redirect("learning:desk")


@require(rules.can_write)
def edit(request: HttpRequest, lesson_id: int) -> HttpResponse:
    """One language of a lesson; beside a translation stands the original."""
    found = get_object_or_404(WrittenLesson, pk=lesson_id)
    if found.state == "withdrawn" and request.method != "POST":
        return redirect("learning:preview", found.pk)
    language = request.GET.get("language", found.language)
    if language not in dict(languages_of(found)):
        raise Http404
    form = LessonForm(request.POST or None, lesson=found, language=language)
    if request.method == "POST":
        saved = _save(request, found, form)
        if saved and request.POST.get("do") == "preview":
            return redirect(f"{reverse('learning:preview', args=[found.pk])}?language={language}")
        if saved:
            messages.success(request, _("Saved."))
            return redirect(f"{reverse('learning:edit', args=[found.pk])}?language={language}")
    return _page(request, found, form)


def _save(request: HttpRequest, found: WrittenLesson, form: LessonForm) -> bool:
    """Pictures are kept first: whatever else is refused, nobody has to choose them twice."""
    at = clock.now()
    try:
        for number, upload in uploads_in(request.FILES).items():
            picture = actions.keep_picture(actor=request.user, lesson=found, upload=upload, at=at)
            form.uploaded[number] = f"{texts.OWN}{picture.pk}"
        if not form.is_valid():
            return False
        actions.edit_lesson(
            actor=request.user, lesson=found, edition=edition_in(request.POST), words=form.words,
            at=at,
        )  # fmt: skip
    except actions.CannotDo as error:
        form.add_error(None, error.sentence)
        found.refresh_from_db()
        return False
    return True


def _page(request: HttpRequest, found: WrittenLesson, form: LessonForm) -> HttpResponse:
    text = form.kept
    context: dict[str, Any] = {
        "lesson": found,
        "form": form,
        "title": _title(found),
        "languages": languages_of(found),
        "language": form.language,
        "words": text.count,
        "minutes": texts.minutes(text, form.language),
        "is_long": reading.reading_seconds(text.words, form.language) > 60 * 4,
        "missing": texts.untranslated(form.original, form.kept) if form.is_translation else 0,
        "original_language": own_name(found.language),
    }
    return render(request, "learning/edit.html", context, status=422 if form.errors else 200)


@require(rules.can_write)
def preview(request: HttpRequest, lesson_id: int) -> HttpResponse:
    """As a member sees it, and what can be done with it."""
    found = get_object_or_404(WrittenLesson, pk=lesson_id)
    context = page_of(queries.lesson_of(found), request.GET.get("language", found.language)) | {
        "row": found,
        "missing": actions.missing_parts(found),
        "can_publish": rules.can_publish(request.user, found),
        "can_withdraw": rules.can_withdraw(request.user, found),
        "can_bring_back": rules.can_bring_back(request.user, found),
    }
    return render(request, "learning/preview.html", context)


@require(rules.can_write)
@require_POST
def act(request: HttpRequest, lesson_id: int, name: str) -> HttpResponse:
    found = get_object_or_404(WrittenLesson, pk=lesson_id)
    at, actor = clock.now(), request.user
    try:
        if name == "publish":
            actions.publish_lesson(actor=actor, lesson=found, edition=edition_in(request.POST), at=at)
            messages.success(request, _("It is published. Colleagues find it under Learning."))
        elif name == "withdraw":
            actions.withdraw_lesson(actor=actor, lesson=found, at=at)
            messages.success(request, _("It is withdrawn. Nobody finds it any more."))
        elif name == "bring-back":
            actions.bring_back_lesson(actor=actor, lesson=found, at=at)
            messages.success(request, _("It is a draft again."))
            return redirect("learning:edit", found.pk)
        else:
            raise Http404
    except actions.CannotDo as error:
        messages.error(request, error.sentence)
    return redirect("learning:preview", found.pk)


def _title(row: WrittenLesson) -> str:
    raw = row.content.get(row.language)
    return (texts.read(raw).title if raw else "") or _("a lesson without a title")
