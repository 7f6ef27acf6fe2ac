"""What colleagues offer: taken in, answered every time, and taken back by whoever gave it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from connectors.text import LONGEST, one_line, printable
from content import queries, rules
from content.actions.addresses import as_title, web_address
from content.actions.errors import MovedOn, NotAllowed, NotReady
from content.actions.plain_text import cut, plain
from content.actions.versions import keep_version
from content.models import Attachment, Caption, Maker, Story, Suggestion, small_name
from core import audit
from core.flow import ForbiddenMove, LostRace, move
from notifications.actions import tell

GIVEN = "/given/"  # the giver's own page, which belongs to a package above this one
LONGEST_WORDS = 2000
TITLE_FROM_WORDS = 90


@dataclass(frozen=True)
class GivenWords:
    """What somebody offers. `picture` is a name in storage, or empty."""

    title: str = ""
    url: str = ""
    words: str = ""
    language: str = "en"
    picture: str = ""
    picture_alt: str = ""
    picture_consent: str = ""
    picture_who: str = ""
    picture_hide: str = ""
    lends_words: bool = False
    credited: bool = False
    worked_on: bool = False


def give_suggestion(*, actor: User, given: GivenWords, key: UUID | None = None, at: datetime) -> Suggestion:
    """Offer something for a story; a `key` sent twice makes one. Raises NotReady with what is missing."""
    words, url = printable(given.words).strip(), given.url.strip()
    if not (words or url or given.picture):
        raise NotReady(_("Give an address, a photo or a sentence or two: one of them is enough."))
    if given.picture and given.picture_consent not in (Suggestion.NOBODY, Suggestion.AGREED, Suggestion.UNASKED):
        raise NotReady(_("Please say whether the people in the picture agree."))
    fields: dict[str, Any] = {
        "title": plain(given.title)[:300], "url": web_address(url) if url else "", "words": words[:LONGEST_WORDS],
        "language": given.language, "credited": given.credited, "worked_on": given.worked_on,
        "lends_words": given.lends_words,
    }  # fmt: skip
    if given.picture:
        fields |= {"picture": given.picture, "picture_consent": given.picture_consent}
        fields |= {name: plain(getattr(given, name))[:300] for name in ("picture_alt", "picture_who", "picture_hide")}
    try:
        with transaction.atomic():
            made = Suggestion.objects.create(giver=actor, given_at=at, state="open", state_at=at, key=key, **fields)
            audit.record(actor=actor, kind="suggestion_given", about=f"suggestion:{made.pk}", at=at)
    except IntegrityError:
        if already := Suggestion.objects.filter(key=key, giver=actor).first():
            return already
        raise
    return made


def lend_sentence(*, actor: User, story: Story, words: str, language: str, credited: bool, at: datetime) -> Suggestion:
    """Let colleagues start from one's own words about a story. A curator reads them first. Raises NotReady."""
    text = printable(words).strip()
    if not text or len(text) > LONGEST:
        raise NotReady(_("There are no words here that could be lent."))
    if story.state != "live":
        raise NotReady(_("The story is no longer current, so nobody needs words for it any more."))
    if queries.is_caption(story, text):
        raise NotReady(_("These words are suggested to colleagues already."))
    try:
        with transaction.atomic():
            made = Suggestion.objects.create(
                giver=actor, given_at=at, state="open", state_at=at, about=story, words=text, language=language,
                credited=credited,
            )  # fmt: skip
            audit.record(actor=actor, kind="sentence_lent", about=f"suggestion:{made.pk}", at=at)
    except IntegrityError:
        raise NotReady(_("A sentence of yours for this story is being read already.")) from None
    return made


def use_suggestion(*, actor: User, suggestion: Suggestion, at: datetime) -> Story:
    """Make it a draft with everything filled in, or a suggested caption of its story; and thank the giver."""
    _allow(actor, suggestion)
    if not rules.can_use(actor, suggestion):
        raise NotAllowed(_("These are your own words, so another curator has to read them first."))
    with transaction.atomic():
        story = _as_caption(suggestion, actor, at) if suggestion.about_id else _as_draft(suggestion, actor, at)
        audit.record(actor=actor, kind="suggestion_used", about=f"suggestion:{suggestion.pk}", at=at)
        thanks = _thanks_for_words if suggestion.about_id else _thanks_for_draft
        # Who has left the audience meanwhile is thanked with their own words.
        knows = suggestion.giver is not None and rules.may_know(suggestion.giver, story)
        _answer(suggestion, "suggestion_used", thanks, at, title=story.title if knows else what_of(suggestion))
    return story


def decline_suggestion(*, actor: User, suggestion: Suggestion, reason: str, at: datetime) -> Suggestion:
    """Say no, with a reason the giver reads. Photos and what was said about people in them are let go."""
    _allow(actor, suggestion)
    why = one_line(reason)[:300]
    if not why:
        raise NotReady(_("Please say why; whoever gave it reads this, and gives again if it is kind."))
    with transaction.atomic():
        name = suggestion.picture.name or ""
        _step(suggestion, "declined", at, answered_by=actor, answer=why, **_NO_PICTURE)
        audit.record(actor=actor, kind="suggestion_declined", about=f"suggestion:{suggestion.pk}", at=at)
        _answer(suggestion, "suggestion_declined", _not_this_time, at, title=what_of(suggestion), why=why)
        transaction.on_commit(lambda: _forget_file(name))
    return suggestion


def take_back_suggestion(*, actor: User, suggestion: Suggestion, at: datetime) -> Suggestion:
    """The giver's own: what is not used yet is withdrawn, lent words leave the suggestions, a name leaves a story."""
    if suggestion.giver_id != actor.pk:
        raise NotAllowed(_("Only whoever gave it can take it back."))
    with transaction.atomic():
        if suggestion.state == "used" and not suggestion.about_id:
            Suggestion.objects.filter(pk=suggestion.pk).update(credited=False)
            if suggestion.caption_id:
                Caption.objects.filter(pk=suggestion.caption_id).update(given_by=None)
            suggestion.credited = False
        else:
            name = suggestion.picture.name or ""
            if suggestion.caption_id:
                Caption.objects.filter(pk=suggestion.caption_id).delete()
            _step(suggestion, "taken_back", at, caption=None, **_NO_PICTURE)
            transaction.on_commit(lambda: _forget_file(name))
        audit.record(actor=actor, kind="suggestion_taken_back", about=f"suggestion:{suggestion.pk}", at=at)
    return suggestion


def vouch_for_photo(*, actor: User, story: Story, at: datetime) -> None:
    """A curator looked: nothing of what must not be seen can be seen in the photo of this story, as it is."""
    if not rules.can_curate(actor):
        raise NotAllowed(_("Only curators may do this."))
    photo = queries.given_photo(story)
    if photo is None or not photo.is_to_cover:
        return
    with transaction.atomic():
        if Suggestion.objects.filter(pk=photo.pk, seen_at=None).update(seen_by=actor, seen_at=at):
            audit.record(actor=actor, kind="photo_vouched", about=f"story:{story.pk}", at=at)


_NO_PICTURE = {"picture": "", "picture_who": "", "picture_hide": "", "picture_alt": ""}


def _thanks_for_draft() -> str:
    return _("Thank you: “%(title)s” is becoming a story.")


def _thanks_for_words() -> str:
    return _("Thank you: colleagues can start from your words about “%(title)s”.")


def _not_this_time() -> str:
    return _("Thank you for “%(title)s”. Not this time: %(why)s")


def _as_draft(suggestion: Suggestion, actor: User, at: datetime) -> Story:
    """A page with its address is a story of the web; without one, what is posted is the photo, or the words."""
    # A picture of somebody who has not been asked stays behind.
    picture = "" if suggestion.lacks_consent else suggestion.picture.name
    story = Story.objects.create(
        state="draft", state_at=at, created_at=at, created_by=actor, edited_at=at, edited_by=actor,
        kind=Story.WEB if suggestion.url else Story.PICTURES if picture else Story.WORDS,
        title=suggestion.title or what_of(suggestion), url=suggestion.url,
        summary=suggestion.words[:1000] if suggestion.lends_words else "",
        language=suggestion.language, picture=picture, picture_alt=suggestion.picture_alt if picture else "",
        picture_due_at=at if suggestion.url and not (suggestion.picture and suggestion.title) else None,
    )  # fmt: skip
    if picture and not suggestion.url:
        size = {"width": suggestion.picture.width, "height": suggestion.picture.height}
        Attachment.objects.create(
            story=story, position=0, kind=Attachment.PICTURE, file=picture, alt=suggestion.picture_alt, **size
        )  # fmt: skip
    caption = _lent_caption(suggestion, story) if suggestion.words and suggestion.lends_words else None
    if suggestion.worked_on and suggestion.giver and suggestion.giver.is_active:
        Maker.objects.create(
            story=story, member=suggestion.giver, asked_by=actor, state_at=at,
            state="willing" if suggestion.credited else "asked",
        )  # fmt: skip
    keep_version(story, by=actor, at=at)
    _step(suggestion, "used", at, answered_by=actor, story=story, caption=caption)
    audit.record(actor=actor, kind="story_made", about=f"story:{story.pk}", at=at)
    return story


def _as_caption(suggestion: Suggestion, actor: User, at: datetime) -> Story:
    story = suggestion.about
    assert story is not None
    if story.state != "live":
        raise MovedOn(_("The story is no longer live, so these words are not needed any more. Decline them kindly."))
    lengths = queries.caption_lengths(suggestion.words, line=queries.Line(""))
    if all(one.over for one in lengths):
        raise NotReady(_("These words are too long for every platform."))
    if stray := queries.blank_problem(suggestion.words):
        raise NotReady(stray)
    if broken := queries.forbidden(suggestion.words):
        text = _("Nobody may post these words here, so they cannot be offered. %(why)s")
        raise NotReady(text % {"why": " ".join(broken)})
    _step(suggestion, "used", at, answered_by=actor, caption=_lent_caption(suggestion, story))
    return story


def _lent_caption(suggestion: Suggestion, story: Story) -> Caption:
    """With the giver's name where they like, and for makers alone where they speak of their own work."""
    return Caption.objects.create(
        story=story, text=suggestion.words, language=suggestion.language, for_makers=suggestion.worked_on,
        given_by=suggestion.giver if suggestion.credited else None,
    )  # fmt: skip


def what_of(suggestion: Suggestion) -> str:
    """What to call it where it has no title: the beginning of its words, else its address."""
    return (
        suggestion.title or cut(plain(suggestion.words), TITLE_FROM_WORDS) or as_title(suggestion.url) or _("A photo")
    )


def _allow(actor: User, suggestion: Suggestion) -> None:
    if not rules.can_curate(actor):
        raise NotAllowed(_("Only curators answer suggestions."))
    if suggestion.state != "open":
        raise _answered()


def _step(suggestion: Suggestion, to: str, at: datetime, **changes: Any) -> None:
    try:
        move(suggestion, to, at=at, **changes)
    except (LostRace, ForbiddenMove):
        raise _answered() from None


def _answered() -> MovedOn:
    return MovedOn(_("This was answered or taken back meanwhile. Here it is as it stands now."))


def _answer(suggestion: Suggestion, kind: str, sentence: Any, at: datetime, **values: str) -> None:
    giver = suggestion.giver
    if giver is None or not giver.is_active:
        return
    with override(giver.language):
        tell(member=giver, kind=kind, text=sentence() % values, url=GIVEN, at=at)


def _forget_file(name: str) -> None:
    """Unless something else shows the very same picture."""
    if not name or Suggestion.objects.filter(picture=name).exists():
        return
    if not (Story.objects.filter(picture=name).exists() or Attachment.objects.filter(file=name).exists()):
        default_storage.delete(name)
        default_storage.delete(small_name(name))
