"""What colleagues have offered."""

from django.db.models import QuerySet

from accounts.models import User
from content.models import Story, Suggestion


def open_suggestions() -> QuerySet[Suggestion]:
    """What waits for an answer, longest first."""
    return _shown().filter(state="open").order_by("given_at", "pk")


def answered_suggestions() -> QuerySet[Suggestion]:
    """For the curators, newest answer first; what was taken back is nobody's any more."""
    return _shown().filter(state__in=["used", "declined"]).order_by("-state_at", "-pk")


def open_count() -> int:
    return Suggestion.objects.filter(state="open").count()


def given_by(member: User) -> QuerySet[Suggestion]:
    return _shown().filter(giver=member).exclude(state="taken_back").order_by("-given_at", "-pk")


def suggested_by(story: Story) -> list[str]:
    """Names of those whose suggestion it was, who like to be named and are still here."""
    rows = story.suggestions.filter(state="used", credited=True, giver__is_active=True)
    return list(rows.order_by("pk").values_list("giver__name", flat=True))


def suggestion_behind(story: Story) -> Suggestion | None:
    """What a story was made from."""
    return story.suggestions.filter(state="used").select_related("giver").order_by("pk").first()


def given_photo(story: Story) -> Suggestion | None:
    """Whose photo the story shows or posts as it was given, with what was said about it; not once it was replaced.
    Reads `story.attachments.all()`, so a prefetch spares the query."""
    names = {story.picture.name, *(one.file.name for one in story.attachments.all())} - {"", None}
    rows = story.suggestions.filter(state="used", picture__in=names).select_related("giver", "seen_by")
    return rows.order_by("pk").first() if names else None


def shows_what_must_not_be_seen(story: Story) -> bool:
    photo = given_photo(story)
    return photo is not None and photo.is_to_cover


def _shown() -> QuerySet[Suggestion]:
    return Suggestion.objects.select_related("giver", "about", "story", "answered_by")
