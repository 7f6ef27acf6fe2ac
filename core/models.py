from django.conf import settings
from django.db import models

from core.flow import Flow, FlowModel


class AuditEntry(models.Model):
    """One act, written inside the act's own transaction. Append-only; personal parts stand in AuditPersonal."""

    append_only = True

    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=80)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["about", "at"], name="audit_of_one_thing")]


class AuditPersonal(models.Model):
    """What an entry says about a person: erasable without breaking the chain, which covers only its fingerprint."""

    entry = models.OneToOneField(AuditEntry, on_delete=models.CASCADE, related_name="personal")
    data = models.JSONField(default=dict)


class AuditSeal(models.Model):
    """One link of the hash chain over committed entries, in the order of sealing."""

    append_only = True

    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64)


class Pulse(models.Model):
    """When a periodic part last showed itself: beat through the broker to a worker."""

    name = models.CharField(max_length=30, primary_key=True)
    at = models.DateTimeField()


class Alert(FlowModel):
    """Something about the installation that needs somebody: begun when it was noticed, over when it had healed."""

    flow = Flow("open", {"open": "over"})

    kind = models.CharField(max_length=30)
    about = models.CharField(max_length=60, blank=True)  # which platform, flow …
    data = models.JSONField(default=dict)  # what its sentence counts
    begun_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about"], name="one_alert_at_once", condition=models.Q(state="open")
            ),
        ]
        indexes = [models.Index(fields=["state", "-state_at"], name="alerts_by_time")]


class Taken(models.Model):
    """How much was taken from one bucket (core/buckets.py, the only door) in the window that ends at `resets_at`."""

    key = models.CharField(max_length=200, primary_key=True)
    taken = models.BigIntegerField()
    cap = models.BigIntegerField(null=True)  # what a platform said we may have taken at most when the window ends
    resets_at = models.DateTimeField()


class Job(FlowModel):
    """Long work that shows itself: an import, a launch. What it has to do stands in `data`, what failed in `problems`,
    and one worker at a time holds it until `lease_until`."""

    flow = Flow(
        "checked",
        {"checked": "waiting dropped", "waiting": "running dropped", "running": "waiting done failed"},
    )
    due_field = "state_at"

    kind = models.CharField(max_length=30)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=200, blank=True)  # as its person would call it: of a file, of a campaign
    data = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["state_at"], name="jobs_due", condition=models.Q(state__in=["waiting", "running"])),
            models.Index(fields=["kind", "-created_at"], name="jobs_of_a_kind"),
        ]
