"""One story: written while it is a draft, read afterwards."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.rules import is_administrator, is_curator, require
from audiences.forms import AudienceChoice
from content import actions, queries, rules
from content.actions.errors import CannotDo, EditedMeanwhile
from content.forms import AttachmentRows, CaptionRows, ScheduleForm, StoryForm
from content.models import Story
from content.views.audience import choice_of, meant_audience, whom_it_is_for
from content.views.cards import card, differences
from content.views.keeping import keeps_words, take_words
from core import clock
from core.editions import edition_in


def story_or_404(story_id: int) -> Story:
    story = queries.story_or_none(story_id)
    if story is None:
        raise Http404
    return story


@keeps_words
@require(is_curator)
def new_story(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _save(request, None)
    if words := take_words(request):
        return _restored(request, None, words)
    line = queries.disclosure(request.user.country, language=request.user.language)
    rows = CaptionRows.of([], line=line, language=request.user.language)
    return _form_page(request, None, StoryForm(member=request.user), rows, AttachmentRows([]))


@keeps_words
@require(is_curator)
def story(request: HttpRequest, story_id: int) -> HttpResponse:
    story = story_or_404(story_id)
    if request.method == "POST":
        return _save(request, story)
    if words := take_words(request):
        return _restored(request, story, words)
    if not rules.can_edit(request.user, story):
        return _read_page(request, story, ScheduleForm(member=request.user, story=story))
    line = queries.disclosure(request.user.country, language=story.language, story=story)
    files = AttachmentRows.of(story.attachments.all())
    captions = list(story.captions.all())
    beside = {"with_media": bool(files.words), "with_link": bool(story.url)}
    rows = CaptionRows.of(captions, line=line, language=story.language, **beside)
    return _form_page(request, story, StoryForm(member=request.user, story=story), rows, files)


def _save(request: HttpRequest, story: Story | None) -> HttpResponse:
    """Add or drop a row, or save; with "submit" send it on as well. What was typed comes back in any case."""
    form = StoryForm(request.POST, request.FILES, member=request.user, story=story)
    spoken = request.POST.get("language", "")
    line = queries.disclosure(request.user.country, language=spoken, story=story)
    rows = CaptionRows.sent(request.POST, line=line, language=spoken)
    files = AttachmentRows.sent(request)
    do, _colon, row = request.POST.get("do", "save").partition(":")
    fits = form.is_valid() & rows.is_valid() & files.is_valid() & AudienceChoice.sent(request.POST).is_valid()
    if do in ("add", "first", "drop", "attach", "detach", "kind", "count"):
        _change(do, row, rows, files)
        typed = form.as_typed() | ({"kind": row} if do == "kind" else {})
        fresh = StoryForm(member=request.user, story=story, initial=typed)
        fresh.kept_video = form.kept_video
        return _form_page(request, story, fresh, rows, files, kept=form.kept_token)
    if not fits:
        return _form_page(request, story, form, rows, files, kept=form.kept_token, status=422)
    try:
        saved = _keep(request, story, form, rows, files)
    except CannotDo as error:
        form.add_error(None, error.sentence)
        theirs = story_or_404(story.pk) if story and isinstance(error, EditedMeanwhile) else None
        return _form_page(request, story, form, rows, files, kept=form.kept_token, theirs=theirs, status=409)
    if rows.too_long_for:
        text = _("One suggestion is too long for %(names)s. Whoever posts there has to shorten it.")
        messages.info(request, text % {"names": get_text_list(rows.too_long_for, _("and"))})
    return _submit(request, saved) if do == "submit" else _saved(request, saved)


def _change(do: str, row: str, rows: CaptionRows, files: AttachmentRows) -> None:
    """What was sent to be attached is among `files` already; then nothing on the page is complained about yet."""
    if do == "add":
        rows.add()
    elif do == "first":
        text, language = queries.first_person(rows.language)
        rows.add(text=text, language=language, for_makers=True)
    elif do == "drop":
        rows.drop(row)
    elif do == "detach":
        files.drop(row)
    rows.untie()


def _restored(request: HttpRequest, story: Story | None, words: QueryDict) -> HttpResponse:
    """The form as it was typed before the person had to sign in again. Nothing is saved until they say so."""
    request.POST = words
    form = StoryForm(words, member=request.user, story=story)
    form.is_valid()
    line = queries.disclosure(request.user.country)
    rows = CaptionRows.sent(words, line=line, language=words.get("language", ""))
    rows.untie()
    messages.info(request, _("Your words are still here. They are not saved yet."))
    fresh = StoryForm(member=request.user, story=story, initial=form.as_typed())
    return _form_page(request, story, fresh, rows, AttachmentRows.sent(request), kept=form.kept_token)


def _keep(
    request: HttpRequest, story: Story | None, form: StoryForm, rows: CaptionRows, files: AttachmentRows
) -> Story:
    at = clock.now()
    words = replace(form.words, audience=meant_audience(request, at))
    given: dict[str, Any] = {"actor": request.user, "words": words, "captions": rows.words, "at": at}
    given["attachments"] = files.words
    if story is None:
        return actions.make_story(
            **given, fetches_picture=form.cleaned_data["fetches_picture"], key=_key(request.POST.get("key", ""))
        )
    saved = actions.edit_story(**given, story=story, edition=edition_in(request.POST))
    if form.cleaned_data["nothing_seen"]:
        actions.vouch_for_photo(actor=request.user, story=story_or_404(saved.pk), at=at)
    return saved


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _saved(request: HttpRequest, story: Story) -> HttpResponse:
    messages.success(request, _("Saved."))
    if queries.reaches_nobody(story):
        messages.warning(request, queries.nobody())
    return redirect("content:story", story.pk)


def _submit(request: HttpRequest, story: Story) -> HttpResponse:
    try:
        actions.submit_story(actor=request.user, story=story, at=clock.now())
    except CannotDo as error:
        messages.warning(request, _("Saved, but not sent to review yet. %(why)s") % {"why": error.sentence})
        return redirect("content:story", story.pk)
    sentence = _("“%(title)s” is sent to review.") if story.state == "in_review" else _("“%(title)s” is approved.")
    messages.success(request, sentence % {"title": story.title})
    return redirect("content:board")


@require(is_curator)
@require_POST
def reschedule(request: HttpRequest, story_id: int) -> HttpResponse:
    story = story_or_404(story_id)
    form = ScheduleForm(request.POST, member=request.user, story=story)
    if form.is_valid():
        try:
            actions.reschedule_story(actor=request.user, story=story, at=clock.now(), **form.cleaned_data)
        except CannotDo as error:
            form.add_error(None, error.sentence)
        else:
            return _saved(request, story)
    return _read_page(request, story, form, status=422)


@require(is_curator)
@require_POST
def lengths(request: HttpRequest) -> HttpResponse:
    """The meters under one suggestion while it is being written."""
    line = queries.disclosure(request.user.country)
    forms = CaptionRows.sent(request.POST, line=line, language="").forms
    number = request.POST.get("row", "")
    if not (number.isdecimal() and len(number) < 4 and int(number) < len(forms)):
        raise Http404
    return render(request, "curate/_lengths.html", {"row": forms[int(number)]})


def _form_page(
    request: HttpRequest,
    story: Story | None,
    form: StoryForm,
    rows: CaptionRows,
    files: AttachmentRows,
    *,
    kept: str = "",
    theirs: Story | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "story": story,
        "form": form,
        "rows": rows,
        "files": files,
        "kept": kept,
        "kept_url": form.kept_url,
        "theirs": differences(theirs, form) if theirs else [],
        # After a conflict has been shown, saving again means it.
        "edition": theirs.edition if theirs else request.POST.get("edition") or (story.edition if story else ""),
        "key": request.POST.get("key") or uuid4(),
        "card": card(story) if story else None,
        "given": queries.suggestion_behind(story) if story else None,
        "photo": queries.given_photo(story) if story else None,
        "asks": _asks(form, files),
        "ready": _ready(story, rows),
        **_who_reads(request, story),
        "choice": choice_of(request, story, checked=status == 422),
    }
    return render(request, "curate/edit.html", context, status=status)


def _ready(story: Story | None, rows: CaptionRows) -> tuple[str, str] | None:
    """A sentence for those who worked on it, and its language, where nothing stands here for them yet."""
    if story is None or rows.speak_for_makers or not queries.has_makers(story):
        return None
    return queries.first_person(rows.language)


def _asks(form: StoryForm, files: AttachmentRows) -> dict[str, bool]:
    """Which parts the form shows. A page that posts pictures itself keeps them until they are taken off."""
    kind = form.chosen_kind
    asks = {part: form.asks_for(part) for part in ("url", "picture", "video", "attachments", "captions")}
    return asks | {
        "needs_url": kind in (Story.WEB, Story.VIDEO),
        "attachments": asks["attachments"] and (kind != Story.WEB or bool(files.rows)),
    }


def _who_reads(request: HttpRequest, story: Story | None) -> dict[str, Any]:
    """How many others have to approve, and how many others there are."""
    needed = queries.approvers_needed()
    return {
        "needed": needed,
        "others": queries.other_curators(request.user, story) if needed else 0,
        "may_set": is_administrator(request.user),
    }


def _read_page(request: HttpRequest, story: Story, form: ScheduleForm, *, status: int = 200) -> HttpResponse:
    member = request.user
    context = {
        "story": story,
        "form": form,
        "card": card(story),
        "captions": [
            (one, queries.uses_of(one.connector, one.language, one.locked, one.for_makers))
            for one in story.captions.all()
        ],
        "is_for": whom_it_is_for(story),
        "photo": queries.given_photo(story),
        "can_approve": rules.can_approve(member, story),
        "goes_live": queries.is_last_yes(story) and (story.live_from is None or story.live_from <= clock.now()),
        "own": story.submitted_by_id == member.pk,
        "wrote": queries.has_written(member, story),
        "approvals": queries.approvals(story) if story.state == "in_review" else story.approvals.select_related("by"),
        **_who_reads(request, story),
        "demo": settings.DEMO,
        "launch": queries.launch_of(story),
        "can_reschedule": rules.can_reschedule(member, story),
    }
    return render(request, "curate/read.html", context, status=status)
