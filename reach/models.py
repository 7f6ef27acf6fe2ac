from django.db import models

from shares.models import Share


class Reading(models.Model):
    """One measurement of one post at one time; a null figure is one the platform did not give. Partitioned by month."""

    append_only = True

    share = models.ForeignKey(
        Share, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="readings"
    )
    at = models.DateTimeField()
    likes = models.PositiveIntegerField(null=True)
    reposts = models.PositiveIntegerField(null=True)
    replies = models.PositiveIntegerField(null=True)
    quotes = models.PositiveIntegerField(null=True)
    impressions = models.PositiveIntegerField(null=True)
    clicks = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["share", "-at"], name="readings_of_share")]


class ReadingPlan(models.Model):
    """When a post is read next. Polling slows with the age of the post; `gone_at` ends it."""

    share = models.OneToOneField(Share, on_delete=models.CASCADE, related_name="reading_plan", primary_key=True)
    due_at = models.DateTimeField(null=True)
    rung_until = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="readings_due", condition=models.Q(due_at__isnull=False))]
