"""What the composer's page holds: the words as they stand, what is offered, and how all of it fits."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts import queries as accounts
from accounts.models import User
from connectors.text import LONGEST
from content import queries as content
from content.models import Caption, Story
from core import clock
from shares import actions, finding, queries
from shares.forms import ShareForm, answers_in, options_of, visibilities_in
from shares.models import SavedDraft
from shares.views.opening import words_from_before

OFFERED = 4  # beside one's own words; more is a list to read instead of something to say


@dataclass(frozen=True)
class Typed:
    """The words as they stand on the page, with other ones for single accounts and what fills their blanks."""

    words: str
    each: Mapping[str, str]
    answers: Mapping[str, str]
    accounts: frozenset[str]

    def words_for(self, account: object) -> str:
        return content.filled((self.each.get(str(account)) or self.words)[:LONGEST], self.answers)

    @property
    def blanks(self) -> list[tuple[str, str, str]]:
        """Key, prompt and answer of each."""
        prompts = content.prompts_of([self.words[:LONGEST], *(words[:LONGEST] for words in self.each.values())])
        keys = [(content.blank_key(prompt), prompt) for prompt in prompts]
        return [(key, prompt, self.answers.get(key, "")) for key, prompt in keys]


def once(sentences: list[str]) -> list[str]:
    """What holds for all accounts is said once; a sentence about one platform names it."""
    return list(dict.fromkeys(sentences))


def fresh_form(request: HttpRequest, story: Story) -> ShareForm:
    """With what was kept of the further choices."""
    draft = kept_draft(request.user, story)
    return ShareForm(member=request.user, initial=draft.content.get("more", {}) if draft else {})


def kept_draft(member: User, story: Story) -> SavedDraft | None:
    return SavedDraft.objects.filter(member=member, story=story).first()


def offered(member: User, story: Story, choices: list[queries.AccountChoice], *, wanted: Caption | None = None) -> Any:
    """A suggestion is kept for whoever composes with one, or has not begun; not for those with words of their own."""
    at, draft = clock.now(), kept_draft(member, story)
    platforms = [choice.platform for choice in choices if choice.ready]
    if wanted or draft is None or content.is_caption(story, draft.content.get("words", "")):
        return actions.reserve_caption(actor=member, story=story, platforms=platforms, at=at, wanted=wanted)
    return queries.offer_of(member, story, platforms, at=at)


def page_context(request: HttpRequest, story: Story, form: ShareForm) -> dict[str, Any]:
    member = request.user
    prefetch_related_objects([story], "captions__given_by")
    draft = kept_draft(member, story)
    choices = queries.account_choices(member, story, clock.now())
    offer = offered(member, story, choices)
    typed = _typed(form, draft, offer, choices)
    if not form.is_bound and (before := words_from_before(request, story)):
        typed = replace(typed, words=before)
    picked = [choice for choice in choices if str(choice.id) in typed.accounts and choice.ready]
    more = {field.name: str(field.value() or "") for field in form.more_choices}
    seen_by, warning = visibilities_in(more), more.get("warning", "")
    options = {one.platform: options_of(one.connector, seen_by, warning) for one in picked}
    wordings = queries.chosen_in(request.POST) or (draft.content.get("wordings", []) if draft else [])
    lines = _lines(member, story, typed.words, wordings, choices)
    measured = []
    for one in picked:
        words = typed.words_for(one.id)
        # Words in another language may need another line.
        own = _lines(member, story, words, wordings, choices) if str(one.id) in typed.each else lines
        measured.append(queries.measure(one, own.wording(words, one.platform), story, options[one.platform]))
    lacks = [queries.left_out(choice.connector, story) for choice in choices]
    ready = [choice for choice in choices if choice.ready]
    several = len(ready) > 1 or any(str(choice.id) in typed.each for choice in ready)
    return _words_context(member, story, offer, typed, picked) | {
        "story": story,
        "card": queries.FeedCard(story, ""),
        "form": form,
        "choices": [(choice, choice in picked) for choice in choices],
        "each": [(choice, typed.each.get(str(choice.id), ""), offer.each.get(choice.platform)) for choice in ready]
        if several
        else [],
        "each_is_open": bool(typed.each),
        "own_words": (draft.content.get("own", "") if draft else ""),
        "lines": lines,
        "same_lines": request.POST.get("lines") == lines.key,
        "measured": measured,
        "lacks": once([sentence for sentence in lacks if sentence]),
        "more_is_open": any(options.values()) or any(field.errors for field in form.more_choices),
        "fits": not any(one.problems for one in measured),
        "picked": picked,
        "targets": queries.targets_for(story),
        "by_hand": once([choice.by_hand for choice in choices if choice.by_hand]),
        "asks_first": asks_first(member),
        "good": finding.good_time(member=member, story=story, at=clock.now()),
        "key": form["key"].value() or uuid4(),
        "saved": draft is not None,
    }


def asks_first(member: User) -> dict[str, Any] | None:
    """In a regulated firm: who reads own words and by when, and that there are none by hand."""
    if not accounts.organisation().regulated:
        return None
    return {"terms": queries.terms(member, clock.now()), "by_hand": queries.not_by_hand()}


def _lines(
    member: User, story: Story, words: str, wordings: Collection[str], choices: list[queries.AccountChoice]
) -> queries.Lines:
    names = {choice.platform: choice.platform_name for choice in choices}
    return queries.lines_of(
        member, story, words[:LONGEST], captions=story.captions.all(), chosen=wordings, offered=names
    )


def _words_context(
    member: User, story: Story, offer: queries.Offer, typed: Typed, picked: list[queries.AccountChoice]
) -> dict[str, Any]:
    as_typed = content.as_one_line(typed.words)
    suggested = next((one for one in offer.in_order if content.as_one_line(one.text) == as_typed), None)
    return {
        "typed": typed,
        "words": typed.words,
        "offer": offer,
        "captions": [(one, one == suggested, one.pk in offer.used) for one in offer.free[:OFFERED]],
        "suggested": suggested,
        "is_own": suggested is None,
        "only_locked": content.takes_only_locked(story.captions.all()),
        "hints": hints_of(typed),
        "said": once(
            [*elsewhere_of(offer, typed, picked), *called_of(typed, picked), *said_of(member, story, typed, picked)]
        ),
    }


def hints_of(typed: Typed) -> list[content.Hint]:
    """What HR says about the words, those of single accounts included; each phrase once, rules first."""
    found = [hint for words in (typed.words, *typed.each.values()) for hint in content.hints(words[:LONGEST])]
    return sorted(dict.fromkeys(found), key=lambda hint: not hint.is_rule)


def elsewhere_of(offer: queries.Offer, typed: Typed, picked: list[queries.AccountChoice]) -> list[str]:
    """That words were written for another platform than they go to."""
    known = accounts.connectors()
    written_for = {content.as_one_line(one.text): one.connector for one in offer.in_order if one.connector}
    found = []
    for choice in picked:
        meant = written_for.get(content.as_one_line(typed.words_for(choice.id)), choice.platform)
        if meant != choice.platform and meant in known:
            names = {"meant": known[meant].name, "name": choice.platform_name}
            found.append(
                _("These suggested words were written for %(meant)s. Look whether they suit %(name)s.") % names
            )
    return found


def called_of(typed: Typed, picked: list[queries.AccountChoice]) -> list[str]:
    """Of an @ that calls nobody where the words go."""
    found = []
    for choice in picked:
        for token in choice.connector.stays_plain(typed.words_for(choice.id)):
            said = _("On %(name)s “%(token)s” stays plain text and calls nobody.")
            if choice.connector.calls_like:
                said = _("On %(name)s “%(token)s” stays plain text: there somebody is called as in %(example)s.")
            names = {"name": choice.platform_name, "token": token, "example": choice.connector.calls_like}
            found.append(said % names)
    return found


def said_of(member: User, story: Story, typed: Typed, picked: list[queries.AccountChoice]) -> list[str]:
    """What colleagues have said before, where the words go now; a blank is seen without being told."""
    found, at = [], clock.now()
    for choice in picked:
        words = typed.words_for(choice.id)
        found += queries.colleague_sentences(member=member, story=story, connector=choice.platform, words=words, at=at)
    return once(found)


def more_in(request: HttpRequest) -> dict[str, str]:
    """Who may see it, by platform, and the content warning; empty ones are left out."""
    longest = ShareForm.base_fields["warning"].max_length
    names = [field.name for field in ShareForm(member=request.user).more_choices]
    chosen = {name: request.POST.get(name, "")[:longest] for name in names}
    return {name: value for name, value in chosen.items() if value.strip()}


def each_in(data: Mapping[str, Any]) -> dict[str, str]:
    """Other words by account, as they were typed."""
    fields = [name for name in data if name.startswith("words_") and name[6:].isdecimal() and len(name) < 26]
    return {name[6:]: str(data[name])[:LONGEST] for name in fields[:40] if str(data[name]).strip()}


def _typed(
    form: ShareForm, draft: SavedDraft | None, offer: queries.Offer, choices: list[queries.AccountChoice]
) -> Typed:
    """What was just sent, else what was kept, else the suggestion kept for this member and all that is ready."""
    if form.is_bound:
        data = form.data
        sent = data.get("words", "")
        return Typed(sent, each_in(data), answers_in(data), frozenset(data.getlist("accounts")))
    first = offer.mine.text if offer.mine else ""
    ready = frozenset(str(choice.id) for choice in choices if choice.ready)
    if draft is None:
        return Typed(first, {}, {}, ready)
    kept = draft.content
    words = kept["words"]
    gone = any(
        content.as_one_line(one.text) == content.as_one_line(words) for one in offer.in_order if not offer.is_free(one)
    )
    # A suggestion that went to somebody else meanwhile is not shown again: the next one is, or the prompts are.
    chosen = ready if kept["accounts"] is None else frozenset(kept["accounts"])
    return Typed(first if gone else words, kept.get("each", {}), kept.get("blanks", {}), chosen)


def taken_sentence() -> str:
    return _("A colleague has just taken that suggestion. Here is what is left.")
