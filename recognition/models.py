from django.conf import settings
from django.db import models

from accounts.models import Team
from shares.models import Share


class LedgerRow(models.Model):
    """One line of a member's points history: rule, version, cause, time. A correction is another row."""

    append_only = True

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, related_name="ledger"
    )
    team = models.ForeignKey(Team, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    share = models.ForeignKey(Share, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="ledger")
    rule = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=80)  # "share:12"; unique per rule, so that deriving again adds nothing
    about = models.CharField(max_length=80, blank=True)  # "story:3"
    points = models.DecimalField(max_digits=8, decimal_places=2)
    at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "cause"], name="one_row_per_rule_and_fact")]
        indexes = [
            models.Index(fields=["member", "at"], name="ledger_of_member"),
            models.Index(fields=["at"], name="ledger_of_period"),
        ]


class Derived(models.Model):
    """One row: until when the facts have been looked at. Forgetting it costs one long look, never a point."""

    until = models.DateTimeField()


class BoardChoice(models.Model):
    """What a member wants of boards: on the personal one or not, hidden or not. No row means neither."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="board_choice")
    personal = models.BooleanField(default=False)
    hidden = models.BooleanField(default=False)
