from django.conf import settings
from django.db import models

from content.models import Story


class Mark(models.Model):
    """What one member has seen of one story and put aside: for their own feed alone. No page, report or export shows
    it to anybody else, and they can have it forgotten."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="marks")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="marks")
    days_seen = models.PositiveSmallIntegerField(default=0)  # it was in front of them on so many days
    seen_at = models.DateTimeField(null=True)
    skipped_at = models.DateTimeField(null=True)  # "not now"
    not_for_me_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "story"], name="one_mark_per_story")]
        indexes = [
            models.Index(fields=["member"], name="stories_put_away", condition=models.Q(not_for_me_at__isnull=False)),
        ]


class Tally(models.Model):
    """How one live story goes, counted now and then for all, so that no page counts everybody's shares."""

    story = models.OneToOneField(Story, primary_key=True, on_delete=models.CASCADE, related_name="tally")
    voices = models.PositiveIntegerField(default=0)  # colleagues who have told it
    visits = models.PositiveIntegerField(default=0)  # through their links
    counted_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["counted_at"], name="tallies_to_count")]


class SavedSearch(models.Model):
    """A search one member keeps; theirs alone."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    wish = models.JSONField()  # {"q", "topic", "language", "kind", "untold"}, only what was asked for
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "wish"], name="a_search_is_kept_once")]
