from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import queries as accounts
from accounts.models import User
from accounts.rules import is_member, require
from connectors.text import LONGEST
from content import queries as content
from content.models import Caption, Story
from core import clock
from shares import actions, finding, queries
from shares.forms import Chosen, ShareForm, options_of, visibilities_in
from shares.models import SavedDraft
from shares.views.feed import shareable_story, visible_story
from shares.views.opening import forget_words, words_from_before


@require(is_member)
def compose(request: HttpRequest, story_id: int) -> HttpResponse:
    """The post as it will go out: accounts, own words, what the platforms say to it, now or later."""
    story = visible_story(request, story_id)
    if not story.is_for_sharing:
        return render(request, "shares/for_reading.html", {"story": story}, status=404)
    story = shareable_story(request, story_id)
    if request.method != "POST":
        return _page(request, story, _form(request, story))
    form = ShareForm(request.POST, member=request.user)
    if not form.is_valid():
        return _page(request, story, form, status=422)
    due_at, note = _when(request.user, story, form.chosen)
    planned, sentences = _plan_all(request.user, story, form, due_at)
    if sentences:
        for sentence in sentences:
            form.add_error(None, sentence)
        if not planned:
            return _page(request, story, form, status=422)
        messages.warning(request, " ".join(sentences))
    SavedDraft.objects.filter(member=request.user, story=story).delete()
    forget_words(request, story)
    for said in filter(None, (form.chosen.note, note)):
        messages.info(request, said)
    return redirect("shares:plans")


def _when(member: User, story: Story, chosen: Chosen) -> tuple[datetime | None, str]:
    """When it goes out, None for now, and what is to be said about that."""
    at = clock.now()
    if chosen.when == "good":
        if chosen.good_at and at < chosen.good_at < at + finding.LONGEST_LOOK:
            return chosen.good_at, ""
        found = finding.good_time(member=member, story=story, at=at)
        return found.at, found.why
    if chosen.due_at is None:
        return None, finding.too_soon(member=member, story=story, at=at)
    if not at < chosen.due_at < at + actions.FARTHEST:
        return chosen.due_at, ""  # refused in words by whoever plans it
    found = finding.kind_time(member=member, story=story, chosen=chosen.due_at)
    return found.at, found.why


def _plan_all(member: User, story: Story, form: ShareForm, due_at: datetime | None) -> tuple[list[Any], list[str]]:
    """Plan to every chosen account, or to none when one of them cannot take these words."""
    chosen, at = form.chosen, clock.now()
    wordings = queries.chosen_in(form.data)
    lines = queries.lines_of(member, story, chosen.words, captions=story.captions.all(), chosen=wordings)
    refusals = [
        problem
        for choice in queries.account_choices(member, story, clock.now())
        if choice.account in chosen.accounts
        for problem in queries.measure(
            choice, lines.wording(chosen.words, choice.platform), story, chosen.options(choice.connector)
        ).problems
    ]
    if refusals:
        return [], once(refusals)
    planned, sentences = [], []
    known = accounts.connectors()
    for account in chosen.accounts:
        try:
            planned.append(
                actions.plan_share(
                    actor=member,
                    story=story,
                    account=account,
                    words=chosen.words,
                    due_at=due_at,
                    at=at,
                    key=chosen.key,
                    options=chosen.options(known[account.connector]),
                    wordings=wordings,
                )
            )
        except actions.CannotPlan as refusal:
            sentences += refusal.sentences
    return planned, once(sentences)


def once(sentences: list[str]) -> list[str]:
    """What holds for all accounts is said once; a sentence about one platform names it."""
    return list(dict.fromkeys(sentences))


@require(is_member)
@require_POST
def save_draft(request: HttpRequest, story_id: int) -> HttpResponse:
    """Keep what is typed and answer with how it stands. A chip of the caption picker puts its words in."""
    story = shareable_story(request, story_id)
    use = request.POST.get("use", "")
    old = SavedDraft.objects.filter(member=request.user, story=story).first()
    own = old.content.get("own", "") if old else ""
    words = request.POST.get("words", "")[: ShareForm.base_fields["words"].max_length]
    if use == "own":
        words = own
    elif use:
        own = words if words.strip() and not content.is_caption(story, words) else own
        words = _caption_words(story, use) or words
    # With nothing linked there is nothing to choose: what is linked meanwhile is then chosen.
    can_choose = request.user.linked_accounts.exclude(state="unlinked").exists()
    chosen = request.POST.getlist("accounts") if can_choose else None
    content_ = {"words": words, "own": own, "accounts": chosen, "more": _more(request)}
    content_["wordings"] = [text[:500] for text in queries.chosen_in(request.POST)]
    forget_words(request, story)
    SavedDraft.objects.update_or_create(
        member=request.user, story=story, defaults={"content": content_, "saved_at": clock.now()}
    )
    if "connect" in request.POST:
        back = urlencode({"next": reverse("shares:compose", args=[story.pk])})
        return redirect(f"{reverse('accounts:connected')}?{back}")
    if not request.htmx:
        return redirect("shares:compose", story_id=story.pk)
    context = _context(request, story, _form(request, story)) | {"saved": True}
    return render(request, "shares/_measured.html", context)


@require(is_member)
@require_POST
def by_hand(request: HttpRequest, story_id: int) -> HttpResponse:
    """Hand the words over for a platform that lets nobody post for its members."""
    story = shareable_story(request, story_id)
    target = request.POST.get("target", "")
    if target not in queries.targets():
        messages.error(request, _("We do not know that place. Choose one of those below."))
        return redirect("shares:compose", story_id=story.pk)
    given = {"words": request.POST.get("words", ""), "wordings": queries.chosen_in(request.POST)}
    try:
        share = actions.plan_assisted(actor=request.user, story=story, target=target, at=clock.now(), **given)
    except actions.CannotPlan as refusal:
        messages.error(request, " ".join(refusal.sentences))
        return redirect("shares:compose", story_id=story.pk)
    return redirect("shares:share", share_id=share.pk)


def _caption_words(story: Story, use: str) -> str:
    caption = Caption.objects.filter(story=story, pk=int(use)).first() if use.isdecimal() and len(use) < 18 else None
    return caption.text if caption else ""


def _page(request: HttpRequest, story: Story, form: ShareForm, status: int = 200) -> HttpResponse:
    return render(request, "shares/compose.html", _context(request, story, form), status=status)


def _context(request: HttpRequest, story: Story, form: ShareForm) -> dict[str, Any]:
    member = request.user
    draft = SavedDraft.objects.filter(member=member, story=story).first()
    choices = queries.account_choices(member, story, clock.now())
    captions = content.offered_captions(story, member=member)
    words, chosen = _typed(form, draft, captions, choices)
    words = words if form.is_bound else words_from_before(request, story) or words
    picked = [choice for choice in choices if str(choice.id) in chosen and choice.ready]
    wordings = queries.chosen_in(request.POST) or (draft.content.get("wordings", []) if draft else [])
    lines = queries.lines_of(
        member, story, words[:LONGEST], captions=story.captions.all(), chosen=wordings,
        offered={choice.platform: choice.platform_name for choice in choices},
    )  # fmt: skip
    more = {field.name: str(field.value() or "") for field in form.more_choices}
    seen_by, warning = visibilities_in(more), more.get("warning", "")
    options = {one.platform: options_of(one.connector, seen_by, warning) for one in picked}
    measured = [
        queries.measure(one, lines.wording(words[:LONGEST], one.platform), story, options[one.platform])
        for one in picked
    ]
    lacks = [queries.left_out(choice.connector, story) for choice in choices]
    return {
        "story": story,
        "card": queries.FeedCard(story, ""),
        "form": form,
        "words": words,
        "choices": [(choice, choice in picked) for choice in choices],
        "captions": [(caption, caption.text == words) for caption in captions],
        "own_words": (draft.content.get("own", "") if draft else ""),
        "is_own": all(caption.text != words for caption in captions),
        "lines": lines,
        "hints": content.hints(words),
        "same_lines": request.POST.get("lines") == lines.key,
        "measured": measured,
        "lacks": once([sentence for sentence in lacks if sentence]),
        "more_is_open": any(options.values()) or any(field.errors for field in form.more_choices),
        "fits": not any(one.problems for one in measured),
        "picked": picked,
        "targets": queries.targets_for(story),
        "by_hand": once([choice.by_hand for choice in choices if choice.by_hand]),
        "good": finding.good_time(member=member, story=story, at=clock.now()),
        "key": form["key"].value() or uuid4(),
        "saved": draft is not None,
    }


def _more(request: HttpRequest) -> dict[str, str]:
    """Who may see it, by platform, and the content warning; empty ones are left out."""
    longest = ShareForm.base_fields["warning"].max_length
    names = [field.name for field in ShareForm(member=request.user).more_choices]
    chosen = {name: request.POST.get(name, "")[:longest] for name in names}
    return {name: value for name, value in chosen.items() if value.strip()}


def _form(request: HttpRequest, story: Story) -> ShareForm:
    """A fresh form, with what was kept of the further choices."""
    draft = SavedDraft.objects.filter(member=request.user, story=story).first()
    return ShareForm(member=request.user, initial=draft.content.get("more", {}) if draft else {})


def _typed(form: ShareForm, draft: SavedDraft | None, captions: list[Caption], choices: Any) -> tuple[str, set[str]]:
    """The words and accounts to show: what was just sent, else what was kept, else a first suggestion and all ready."""
    if form.is_bound:
        return form.data.get("words", ""), set(form.data.getlist("accounts"))
    ready = {str(choice.id) for choice in choices if choice.ready}
    if draft:
        kept = draft.content["accounts"]
        return draft.content["words"], ready if kept is None else set(kept)
    return captions[0].text if captions else "", ready
