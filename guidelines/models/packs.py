"""An archive for auditors, asked for and made piece by piece. Its files lie under DATA_DIR and go after a while; that
it was asked for, and the hash of its manifest, stand in the audit trail for good."""

from django.conf import settings
from django.db import models

from core.flow import Flow, FlowModel
from guidelines.models.versions import Guideline


class Pack(FlowModel):
    """Between two pieces it waits as `asked`, so that several packs take turns; `making` is one piece in the hands of
    one worker until `lease_until`."""

    flow = Flow("asked", {"asked": "making", "making": "asked ready failed", "ready": "gone"})
    due_field = "state_at"

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    language = models.CharField(max_length=10)  # of its words; names of columns are the same in all
    day = models.DateField()  # as it stood at the end of this day
    until = models.DateTimeField()  # that end, or when it was asked for
    guideline = models.ForeignKey(Guideline, null=True, on_delete=models.PROTECT, related_name="+")
    # One person's; also of somebody who is here no more, whose receipts keep their number
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    plan = models.JSONField(default=dict)  # where tables are cut, and the head of the audit chain; made once
    files = models.JSONField(default=list)  # those written: name, bytes, sha256, rows
    total = models.PositiveIntegerField(default=0)  # files there will be
    turn = models.PositiveIntegerField(default=0)  # counts claims: who was too slow notices
    tries = models.PositiveSmallIntegerField(default=0)  # workers lost since the last piece
    lease_until = models.DateTimeField(null=True)
    manifest = models.CharField(max_length=64, blank=True)  # SHA-256 of manifest.sha256
    problem = models.CharField(max_length=200, blank=True)  # why it failed, as a sentence
    size = models.BigIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["state_at"], name="packs_to_make", condition=models.Q(state__in=["asked", "making"])),
        ]

    @property
    def is_under_way(self) -> bool:
        return self.state in ("asked", "making")

    @property
    def stem(self) -> str:
        """The name of its archive, and of the folder in it."""
        return f"evidence-{self.day.isoformat()}-{self.pk}"
