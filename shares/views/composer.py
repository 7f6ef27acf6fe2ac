from collections.abc import Collection
from datetime import datetime
from typing import Any

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
from content import queries as content
from content import rules as content_rules
from content.models import Caption, Story
from core import clock
from shares import actions, finding, queries
from shares.forms import Chosen, ShareForm, answers_in
from shares.models import SavedDraft
from shares.views.composing import (
    each_in,
    fresh_form,
    kept_draft,
    more_in,
    offered,
    once,
    page_context,
    taken_sentence,
)
from shares.views.feed import shareable_story, visible_story
from shares.views.gone import or_words_back
from shares.views.opening import forget_words


@require(is_member)
@or_words_back
def compose(request: HttpRequest, story_id: int) -> HttpResponse:
    """The post as it will go out: accounts, own words, what the platforms say to it, now or later."""
    story = visible_story(request, story_id)
    if not story.is_for_sharing:
        return render(request, "shares/for_reading.html", {"story": story}, status=404)
    story = shareable_story(request, story_id)
    if request.method != "POST":
        return _page(request, story, fresh_form(request, story))
    form = ShareForm(request.POST, member=request.user)
    if not form.is_valid():
        return _page(request, story, form, status=422)
    due_at, note = _when(request.user, story, form.chosen)
    planned, sentences = _plan_all(request.user, story, form, due_at)
    if sentences:
        for sentence in sentences:
            form.add_error(None, sentence)
        # What could go out is on its way; the words stay for the accounts that could not.
        _keep_draft(request, story)
        for share in planned:
            messages.info(request, _("Your post to %(handle)s is planned.") % {"handle": share.account.handle})
        return _page(request, story, form, status=422)
    _forget_draft(request.user, story)
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
    if refusals := _refusals(member, story, chosen, wordings, at):
        return [], refusals
    planned, refused = [], []
    known = accounts.connectors()
    for account in chosen.accounts:
        try:
            planned.append(
                actions.plan_share(
                    actor=member,
                    story=story,
                    account=account,
                    words=chosen.words_for(account),
                    due_at=due_at,
                    at=at,
                    key=chosen.key,
                    options=chosen.options(known[account.connector]),
                    wordings=wordings,
                )
            )
        except actions.CannotPlan as refusal:
            refused += [(account, sentence) for sentence in refusal.sentences]
    if not planned:
        return [], once([sentence for _account, sentence in refused])
    # Some are on their way: then each sentence has to say which one it holds back.
    return planned, [f"{known[one.connector].name}, {one.handle}: {sentence}" for one, sentence in refused]


def _refusals(member: User, story: Story, chosen: Chosen, wordings: Collection[str], at: datetime) -> list[str]:
    """What the platforms, the story or a colleague's words have against it, for all accounts at once."""
    found = []
    for choice in queries.account_choices(member, story, at):
        if choice.account in chosen.accounts:
            words = chosen.words_for(choice.account)
            lines = queries.lines_of(member, story, words, captions=story.captions.all(), chosen=wordings)
            options = chosen.options(choice.connector)
            found += queries.measure(choice, lines.wording(words, choice.platform), story, options).problems
            found += queries.word_problems(member=member, story=story, connector=choice.platform, words=words, at=at)
            found += filter(
                None, [content.forbidden_sentence(words), queries.unread_sentence(member, story, words, at)]
            )
    return once(found)


@require(is_member)
@require_POST
@or_words_back
def save_draft(request: HttpRequest, story_id: int) -> HttpResponse:
    """Keep what is typed and answer with how it stands. A chip of the caption picker puts its words in."""
    story = shareable_story(request, story_id)
    _keep_draft(request, story, use=request.POST.get("use", ""))
    if "connect" in request.POST:
        back = urlencode({"next": reverse("shares:compose", args=[story.pk])})
        return redirect(f"{reverse('accounts:connected')}?{back}")
    if not request.htmx:
        return redirect("shares:compose", story_id=story.pk)
    context = page_context(request, story, fresh_form(request, story)) | {"saved": True}
    # While somebody types into a blank, the blanks are left alone.
    context["keeps_blanks"] = (request.htmx.trigger_name or "").startswith("blank_")
    return render(request, "shares/_measured.html", context)


def _keep_draft(request: HttpRequest, story: Story, *, use: str = "") -> None:
    member, data = request.user, request.POST
    old = kept_draft(member, story)
    own = old.content.get("own", "") if old else ""
    words = data.get("words", "")[: ShareForm.base_fields["words"].max_length]
    if use == "own":
        words = own
    elif use:
        own = words if words.strip() and not content.is_caption(story, words) else own
        words = _take_caption(request, story, use) or words
    # With nothing linked there is nothing to choose: what is linked meanwhile is then chosen.
    can_choose = member.linked_accounts.exclude(state="unlinked").exists()
    chosen = data.getlist("accounts") if can_choose else None
    kept = {"words": words, "own": own, "accounts": chosen, "more": more_in(request)}
    each = each_in(data) | _words_for_one(request, story)
    kept |= {"each": each, "blanks": answers_in(data)}
    kept["wordings"] = [text[:500] for text in queries.chosen_in(data)]
    forget_words(request, story)
    SavedDraft.objects.update_or_create(member=member, story=story, defaults={"content": kept, "saved_at": clock.now()})


def _words_for_one(request: HttpRequest, story: Story) -> dict[str, str]:
    """A suggestion written for one platform, taken over for one account: `use_for` names both."""
    account, _colon, number = request.POST.get("use_for", "").partition(":")
    if not (account.isdecimal() and number.isdecimal() and len(number) < 18):
        return {}
    caption = Caption.objects.filter(story=story, pk=int(number)).first()
    return {account: caption.text} if caption and caption in content.open_captions(story, member=request.user) else {}


def _take_caption(request: HttpRequest, story: Story, use: str) -> str:
    """The words of a suggestion, once it is kept for this member; what is left where a colleague was quicker."""
    caption = Caption.objects.filter(story=story, pk=int(use)).first() if use.isdecimal() and len(use) < 18 else None
    if caption is None:
        return ""
    choices = queries.account_choices(request.user, story, clock.now())
    offer = offered(request.user, story, choices, wanted=caption)
    if offer.mine == caption:
        return caption.text
    messages.info(request, taken_sentence())
    return offer.mine.text if offer.mine else ""


@require(is_member)
@require_POST
def throw_away(request: HttpRequest, story_id: int) -> HttpResponse:
    """Let go of what was typed, and of the suggestion that was kept for it; of a story that is over, too."""
    draft = SavedDraft.objects.filter(member=request.user, story=story_id).select_related("story").first()
    story = draft.story if draft else shareable_story(request, story_id)
    _forget_draft(request.user, story)
    messages.success(request, _("Your draft is thrown away. Nothing was posted."))
    return redirect("shares:story", story_id=story.pk) if content_rules.can_see(request.user, story) else redirect("/")


def _forget_draft(member: User, story: Story) -> None:
    SavedDraft.objects.filter(member=member, story=story).delete()
    actions.release_captions(actor=member, story=story)


@require(is_member)
@require_POST
@or_words_back
def by_hand(request: HttpRequest, story_id: int) -> HttpResponse:
    """Hand the words over for a platform that lets nobody post for its members."""
    story = shareable_story(request, story_id)
    target = request.POST.get("target", "")
    if target not in queries.targets():
        messages.error(request, _("We do not know that place. Choose one of those below."))
        return redirect("shares:compose", story_id=story.pk)
    words = content.filled(request.POST.get("words", ""), answers_in(request.POST))
    given = {"words": words, "wordings": queries.chosen_in(request.POST)}
    try:
        share = actions.plan_assisted(actor=request.user, story=story, target=target, at=clock.now(), **given)
    except actions.CannotPlan as refusal:
        _keep_draft(request, story)
        messages.error(request, " ".join(refusal.sentences))
        return redirect("shares:compose", story_id=story.pk)
    return redirect("shares:share", share_id=share.pk)


def _page(request: HttpRequest, story: Story, form: ShareForm, status: int = 200) -> HttpResponse:
    return render(request, "shares/compose.html", page_context(request, story, form), status=status)
