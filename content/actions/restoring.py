"""Back to what a draft said before."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from content.actions.attachments import AttachmentWords
from content.actions.stories import CaptionWords, StoryWords, edit_story
from content.actions.versions import OF_CAPTION, WRITTEN
from content.models import Caption, Story, StoryVersion, Topic
from core import audit

# These are not part of an edition, so that they stay as they are; and so does whom the story is for, which words that
# do not speak of it leave alone.
STAYS = ("live_from", "expires_at", "pinned_until", "urgent_until", "campaign")


def restore_version(*, actor: User, story: Story, version: StoryVersion, at: datetime) -> Story:
    """What a draft said before becomes its newest edition; nothing kept is lost by it. Raises NotAllowed, MovedOn."""
    said = version.content
    # Words that are the same keep their row, and with it whose they are.
    rows = {one.text: one for one in story.captions.all()}
    with transaction.atomic():
        saved = edit_story(
            actor=actor,
            story=story,
            words=StoryWords(
                **{name: said[name] for name in (*WRITTEN, "picture", "video")},
                topic=Topic.objects.filter(pk=said["topic"]).first(),
                **{name: getattr(story, name) for name in STAYS},
            ),
            captions=[_said_again(one, rows.get(one["text"])) for one in said["captions"]],
            attachments=[AttachmentWords(**one) for one in said["attachments"]],
            at=at,
        )
        data = {"edition": version.edition}
        audit.record(actor=actor, kind="story_restored", about=f"story:{story.pk}", at=at, data=data)
    return saved


def _said_again(said: dict[str, Any], row: Caption | None) -> CaptionWords:
    """What an edition from before it was kept does not say of a suggestion, its row does."""
    known = {name: getattr(row, name) for name in OF_CAPTION} | {"id": row.pk} if row else {}
    return CaptionWords(**(known | {name: said[name] for name in OF_CAPTION if name in said}))
