"""Writing stories and the words suggested for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from audiences.models import Audience
from connectors.alike import print_of
from connectors.text import one_line, printable
from content import rules
from content.actions.attachments import AttachmentWords, are_saved, replace_attachments
from content.actions.errors import EditedMeanwhile, MovedOn, NotAllowed, NotReady
from content.actions.kinds import NEED_ADDRESS, address_of, belongs, pictures_of
from content.actions.pictures import look_again
from content.actions.versions import OF_CAPTION, keep_version, of_captions
from content.models import Campaign, Caption, Story, Topic
from core import audit


class Unchanged(Enum):
    """Whoever does not speak of a story's audience must not open it to everybody by that."""

    AS_IT_IS = "as it is"


UNCHANGED = Unchanged.AS_IT_IS


@dataclass(frozen=True)
class StoryWords:
    """What a curator writes. `picture` and `video` are names in storage; "" is for none, None leaves what is there.
    `audience` None is everybody."""

    title: str
    url: str = ""
    summary: str = ""
    kind: str = Story.WEB
    video: str | None = None
    picture: str | None = None
    picture_alt: str = ""
    picture_rights: str = ""
    picture_note: str = ""
    topic: Topic | None = None
    language: str = "en"
    live_from: datetime | None = None
    expires_at: datetime | None = None
    pinned_until: datetime | None = None
    urgent_until: datetime | None = None
    partnership: bool = False
    campaign: Campaign | None = None
    utm_campaign: str = ""
    audience: Audience | None | Unchanged = UNCHANGED


@dataclass(frozen=True)
class CaptionWords:
    """One suggestion. `connector` empty is for every platform; `id` names the caption it replaces. Words that are
    `locked` go out as they stand; those `for_makers` are offered to nobody else."""

    text: str
    connector: str = ""
    language: str = "en"
    id: int | None = None
    locked: bool = False
    for_makers: bool = False
    first_comment: str = ""


def make_story(
    *,
    actor: User,
    words: StoryWords,
    captions: Sequence[CaptionWords] = (),
    attachments: Sequence[AttachmentWords] = (),
    fetches_picture: bool = False,
    key: UUID | None = None,
    at: datetime,
) -> Story:
    """A draft. `fetches_picture` asks the page for its own picture where none is given; a `key` sent twice makes one
    story. Raises NotReady, NotAllowed."""
    if not rules.can_curate(actor):
        raise NotAllowed(_("Only curators write stories."))
    fields = fields_of(words, attachments)
    looks = fetches_picture and not words.picture and words.kind in NEED_ADDRESS
    try:
        with transaction.atomic():
            story = Story.objects.create(
                state="draft", state_at=at, created_at=at, created_by=actor, edited_at=at, edited_by=actor, key=key,
                picture_due_at=at if looks else None, **fields,
            )  # fmt: skip
            _replace_captions(story, captions if belongs("captions", words.kind) else ())
            replace_attachments(story, attachments if belongs("attachments", words.kind) else ())
            keep_version(story, by=actor, at=at)
            audit.record(actor=actor, kind="story_made", about=f"story:{story.pk}", at=at)
    except IntegrityError:
        made = Story.objects.filter(key=key, created_by=actor).first() if key else None
        if made is None:
            raise
        return made
    return story


def edit_story(
    *,
    actor: User,
    story: Story,
    words: StoryWords,
    captions: Sequence[CaptionWords] | None = None,
    attachments: Sequence[AttachmentWords] | None = None,
    edition: int | None = None,
    at: datetime,
) -> Story:
    """Save a draft. `edition` is the one the person was shown: EditedMeanwhile when somebody saved since.

    `captions` and `attachments` replace all of them; None leaves them. Raises NotReady, NotAllowed, MovedOn.
    """
    _allow(actor, story)
    fields = fields_of(words, attachments)
    captions = captions if belongs("captions", words.kind) else ()
    attachments = attachments if belongs("attachments", words.kind) else ()
    shown = story.edition if edition is None else edition
    with transaction.atomic():
        if shown == story.edition:
            keep_version(story, by=story.edited_by, at=story.edited_at or story.created_at)
        rows = Story.objects.filter(pk=story.pk, state="draft", edition=shown)
        # A picture chosen, or taken away, by a person is not overwritten by one that is still being fetched.
        done = look_again(story, url=fields["url"], at=at)
        if words.picture is not None:
            done = {"picture_due_at": None, "picture_problem": ""}
        if not rows.update(edition=F("edition") + 1, edited_at=at, edited_by=actor, **fields, **done):
            if _saved_already(story, actor, fields, captions, attachments, shown):
                story.refresh_from_db()
                return story
            raise _why_not(story)
        if captions is not None:
            _replace_captions(story, captions)
        if attachments is not None:
            replace_attachments(story, attachments)
        audit.record(actor=actor, kind="story_edited", about=f"story:{story.pk}", at=at, data={"edition": shown + 1})
        story.refresh_from_db()
        keep_version(story, by=actor, at=at)
    return story


def write_caption(
    *, actor: User, story: Story, text: str, connector: str = "", language: str = "", at: datetime
) -> Caption:
    """Add one suggestion to a draft."""
    _allow(actor, story)
    words = CaptionWords(text, connector, language or story.language)
    with transaction.atomic():
        if not Story.objects.filter(pk=story.pk, state="draft").update(edition=F("edition") + 1):
            raise _why_not(story)
        caption = Caption.objects.create(story=story, **_caption_fields(words))
        audit.record(actor=actor, kind="caption_written", about=f"story:{story.pk}", at=at)
        story.refresh_from_db(fields=["edition"])
        keep_version(story, by=actor, at=at)
    return caption


def fields_of(words: StoryWords, attachments: Sequence[AttachmentWords] | None) -> dict[str, Any]:
    """What is kept of these words. Raises NotReady with what is wrong with them."""
    title = one_line(words.title)
    if not title:
        raise NotReady(_("Please give the story a title."))
    if words.live_from and words.expires_at and words.expires_at <= words.live_from:
        raise NotReady(_("The story would end before it begins. Please choose a later end."))
    fields: dict[str, Any] = {
        "title": title[:300],
        "kind": words.kind,
        "url": address_of(words.kind, words.url),
        "summary": printable(words.summary).strip(),
        "picture_alt": printable(words.picture_alt).strip()[:500],
        "picture_rights": words.picture_rights,
        "picture_note": printable(words.picture_note).strip()[:200],
        "topic": words.topic,
        "language": words.language,
        "live_from": words.live_from,
        "expires_at": words.expires_at,
        "pinned_until": words.pinned_until,
        "urgent_until": words.urgent_until,
        "partnership": words.partnership,
        "campaign": words.campaign,
        "utm_campaign": words.utm_campaign.strip()[:60],
    }
    if not isinstance(words.audience, Unchanged):
        fields["audience"] = words.audience
    video = words.video if belongs("video", words.kind) else ""
    kept = {name: name_ for name, name_ in (("picture", words.picture), ("video", video)) if name_ is not None}
    return fields | kept | pictures_of(words.kind, attachments)


def _replace_captions(story: Story, captions: Sequence[CaptionWords]) -> None:
    written = [words for words in captions if printable(words.text).strip()]
    kept = {words.id for words in written if words.id}
    story.captions.exclude(pk__in=kept).delete()
    before = story.captions.in_bulk()
    for words in written:
        fields = _caption_fields(words)
        old = before.get(words.id) if words.id else None
        if old is None:
            Caption.objects.create(story=story, **fields)
            continue
        if old.given_by_id and not print_of(old.text).alike(print_of(fields["text"])):
            fields["given_by"] = None  # no longer what they said, so their name does not stand on it
        story.captions.filter(pk=old.pk).update(**fields)


def _caption_fields(words: CaptionWords) -> dict[str, Any]:
    text = printable(words.text).strip()
    if not text:
        raise NotReady(_("There are no words in this suggestion yet."))
    comment = printable(words.first_comment).strip()
    return {name: getattr(words, name) for name in OF_CAPTION} | {"text": text, "first_comment": comment}


def _allow(actor: User, story: Story) -> None:
    if not rules.can_curate(actor):
        raise NotAllowed(_("Only curators write stories."))
    if not rules.can_edit(actor, story):
        raise MovedOn(_("This story is no longer a draft. Take it back to the drafts to change it."))


def _saved_already(
    story: Story,
    actor: User,
    fields: dict[str, Any],
    captions: Sequence[CaptionWords] | None,
    attachments: Sequence[AttachmentWords] | None,
    shown: int,
) -> bool:
    """A double click: the very same was saved a moment ago by the same person."""
    now = Story.objects.filter(pk=story.pk, state="draft", edition=shown + 1, edited_by=actor).first()
    if now is None or any(getattr(now, name) != value for name, value in fields.items()):
        return False
    if attachments is not None and not are_saved(now, attachments):
        return False
    wanted = [_caption_fields(words) for words in captions or () if printable(words.text).strip()]
    return captions is None or wanted == of_captions(now)


def _why_not(story: Story) -> Exception:
    now = Story.objects.select_related("edited_by").get(pk=story.pk)
    if now.state != "draft":
        return MovedOn(_("Somebody else has just moved this story on, so it was not saved. Your words are still here."))
    name = now.edited_by.name if now.edited_by else _("Somebody")
    return EditedMeanwhile(
        _("%(name)s saved this story while you were writing. Your words are still here and not saved yet.")
        % {"name": name}
    )
