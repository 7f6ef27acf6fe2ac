from django.conf import settings
from django.db import models

from core.flow import Flow, FlowModel
from shares.models.shares import Share


class WordsApproval(FlowModel):
    """Own words of one share, put before one reader in a regulated firm. A yes is for exactly what the fingerprint was
    made of, and stays with the share as the record of who said it."""

    flow = Flow("waits", {"waits": "approved refused expired dropped"})

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="approvals")
    fingerprint = models.CharField(max_length=64)  # shares.queries.approvals makes it
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()  # without an answer by then it has expired
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=200, blank=True)  # of a no; its member reads it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["share"], name="one_open_question", condition=models.Q(state="waits")),
        ]
        indexes = [
            models.Index(fields=["reader", "due_at"], name="words_that_wait", condition=models.Q(state="waits")),
        ]
