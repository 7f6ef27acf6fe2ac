from django.db import models

from accounts.models import LinkedAccount
from connectors.base import Reading as Figures
from shares.models import Share

# Kinds of figures, never added together: a null is one the platform did not give.
KINDS = ("impressions", "reach", "views", "likes", "replies", "reposts", "quotes", "saves", "clicks")


class FiguresModel(models.Model):
    """The kinds of figures as columns. A kind that a platform does not tell is null, which never means nought."""

    likes = models.PositiveIntegerField(null=True)
    reposts = models.PositiveIntegerField(null=True)
    replies = models.PositiveIntegerField(null=True)
    quotes = models.PositiveIntegerField(null=True)
    impressions = models.PositiveIntegerField(null=True)
    reach = models.PositiveIntegerField(null=True)
    views = models.PositiveIntegerField(null=True)
    saves = models.PositiveIntegerField(null=True)
    clicks = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()
    share_id: int

    class Meta:
        abstract = True


def kinds_of(figures: Figures) -> dict[str, int | None]:
    return {kind: getattr(figures, kind) for kind in KINDS}


class Reading(FiguresModel):
    """One measurement of one post at one time. Partitioned by month; months older than a setting says are dropped."""

    append_only = True

    share = models.ForeignKey(
        Share, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="readings"
    )

    class Meta:
        indexes = [models.Index(fields=["share", "-at"], name="readings_of_share")]


class DailyReading(FiguresModel):
    """What a post's figures were at the end of one day (UTC). Made from readings, and made again at will; it stays."""

    share = models.ForeignKey(Share, on_delete=models.CASCADE, db_index=False, related_name="daily_readings")
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["share", "day"], name="one_daily_reading")]
        indexes = [models.Index(fields=["day"], name="daily_readings_by_day")]


class ReadingPlan(models.Model):
    """When a post is read next: from `due_at` on, together with others, and by itself at `late_at`.

    `pool` names those it can be read with by one call: a platform, one server of it, or one account.
    """

    share = models.OneToOneField(Share, on_delete=models.CASCADE, related_name="reading_plan", primary_key=True)
    pool = models.CharField(max_length=240, default="")
    due_at = models.DateTimeField(null=True)
    late_at = models.DateTimeField(null=True)
    rung_until = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    said = models.CharField(
        max_length=120, blank=True, default=""
    )  # the figures of the last reading, to tell stillness
    still = models.PositiveSmallIntegerField(default=0)  # readings in a row that said the same
    failures = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["late_at"], name="readings_late", condition=models.Q(late_at__isnull=False)),
            models.Index(
                fields=["pool", "late_at"], name="readings_of_pool", condition=models.Q(late_at__isnull=False)
            ),
            models.Index(fields=["pool", "due_at"], name="readings_to_come", condition=models.Q(due_at__isnull=False)),
        ]

    @property
    def account(self) -> LinkedAccount:
        """Whose post it is; one by hand has no plan."""
        assert self.share.account is not None
        return self.share.account


class ReadingCost(models.Model):
    """What reading took on one platform on one day (UTC): calls made, posts read."""

    connector = models.CharField(max_length=20)
    day = models.DateField()
    calls = models.PositiveIntegerField(default=0)
    posts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connector", "day"], name="one_cost_per_day")]
