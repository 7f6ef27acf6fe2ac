from django.conf import settings
from django.db import models

from core.flow import Flow, FlowModel


class Notice(models.Model):
    """One thing a member should know, in their own language, shown in the page until read."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    text = models.TextField()
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["member", "-at"], name="notices_of_member")]


class Mail(FlowModel):
    """One e-mail to one address. Pages write the row; a task hands it to the mail server."""

    flow = Flow("queued", {"queued": "sending", "sending": "sent queued failed", "sent": "bounced"})
    due_field = "due_at"

    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["to", "-id"], name="mails_to_one_address"),
            models.Index(fields=["due_at"], name="mails_due", condition=models.Q(state__in=["queued", "sending"])),
        ]
