"""What keeps a story from being sent on: said all at once, before anybody else reads it."""

from datetime import datetime

from django.utils.translation import gettext as _

from content import queries
from content.actions.kinds import missing_of_kind
from content.models import Caption, Story


def missing_parts(story: Story, *, at: datetime) -> list[str]:
    """What keeps a draft from being sent to review, one sentence each."""
    captions = [caption.text for caption in story.captions.all() if caption.text.strip()]
    comments = [caption.first_comment for caption in story.captions.all()]
    sentences = {
        _("Please write at least one suggestion people can share."): story.is_for_sharing and not captions,
        _("One suggestion is too long for every platform. Please shorten it."): any(
            map(_fits_nowhere, story.captions.all())
        ),
        _(
            "One suggestion asks colleagues for reviews, which the law forbids where the text does not say who is "
            "speaking. Please leave that out, or write it so that the words themselves say “I work here”."
        ): any(map(queries.asks_for_reviews, [*captions, *comments])),
        _("Please describe the picture for people who cannot see it."): bool(story.picture) and not story.picture_alt,
        _("Please describe each picture that is posted, for people who cannot see it, and name a document."): any(
            not one.alt for one in story.attachments.all()
        ),
        _("The story's end has already passed. Please choose a later one, or none."): bool(
            story.expires_at and story.expires_at <= at
        ),
        queries.nobody(): queries.reaches_nobody(story),
        _(
            "Something in the photo must not be seen. Please replace it by one in which that is cut off or covered, or "
            "say that nothing of it can be seen."
        ): queries.shows_what_must_not_be_seen(story),
    } | missing_of_kind(story)
    return [sentence for sentence, is_missing in sentences.items() if is_missing] + _stray(story) + ruled_out(story)


def ruled_out(story: Story) -> list[str]:
    """Suggestions that a rule of HR's list stops: every colleague would be refused with them."""
    sentence = _("One suggestion holds words that nobody may post here. %(why)s")
    texts = [text for one in story.captions.all() for text in (one.text, one.first_comment)]
    broken = [" ".join(queries.forbidden(text)) for text in texts]
    return [sentence % {"why": why} for why in dict.fromkeys(broken) if why]


def _stray(story: Story) -> list[str]:
    found = (queries.blank_problem(caption.text, locked=caption.locked) for caption in story.captions.all())
    return [sentence for sentence in dict.fromkeys(found) if sentence]


def _fits_nowhere(caption: Caption) -> bool:
    """Even without the line that says where somebody works."""
    lengths = queries.caption_lengths(
        caption.text,
        connector=caption.connector,
        line=queries.Line(""),
        with_media=bool(caption.story.attachments.all()),
        with_link=bool(caption.story.url),
    )
    return all(one.over for one in lengths)
