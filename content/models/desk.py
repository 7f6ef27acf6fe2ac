"""What curators leave on a story: who approved which edition, notes for one another, and what each edition said."""

from django.conf import settings
from django.db import models

from content.models.stories import Story


class Approval(models.Model):
    """One person's yes to one edition. `asked_at` is when it was sent to review: what is sent anew is asked anew."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="approvals")
    edition = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["story", "asked_at", "by"], name="one_approval_by_each_of_those_asked"),
        ]


class StoryNote(models.Model):
    """A word between curators; never shown to anybody else."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.CharField(max_length=1000)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]


class StoryVersion(models.Model):
    """What one saved edition said: {"title", "summary", …, "captions": [{"text", …}], "attachments": [{…}]}."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="versions")
    edition = models.PositiveIntegerField()
    content = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["edition"]
        constraints = [models.UniqueConstraint(fields=["story", "edition"], name="each_edition_is_kept_once")]
