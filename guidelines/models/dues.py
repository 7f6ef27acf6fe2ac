from django.conf import settings
from django.db import models

from core.flow import Flow, FlowModel
from guidelines.models.evidence import Publication
from guidelines.models.versions import Guideline

# Until it is signed, sharing waits. "I cannot agree yet" is an answer, and no signature.
OWED = ("open", "declined")
# How far somebody was, and when they opened it, is kept no longer than it is needed: beside the moment of a signature
# it would tell how long they took. The receipt says whether they had it before them.
FORGOTTEN = {"answered": 0, "passed": 0, "opened_at": None}


class Due(FlowModel):
    """One member is asked to sign one publication. Made and ended by `settle_dues`, from who belongs to its
    audience."""

    flow = Flow("open", {"open": "signed declined left over", "declined": "signed left over", "left": "open over"})

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="dues")
    guideline = models.ForeignKey(Guideline, on_delete=models.PROTECT, related_name="dues")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="dues")
    asked_at = models.DateTimeField()
    set_for = models.DateTimeField()  # by when it should be signed, as it was set first
    due_at = models.DateTimeField()  # the same, or some days after somebody is back who is away
    waits_from = models.DateTimeField()  # sharing waits only from then on
    remind_at = models.DateTimeField(null=True)  # when they are reminded next
    manager_told_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # by a message; once, whatever version it is by now
    opened_at = models.DateTimeField(null=True)  # first shown to them
    # How many situations they have answered, and where these must be passed, how many well. Never which answer, and
    # nought again once it is signed.
    answered = models.PositiveSmallIntegerField(default=0)
    passed = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "publication"], name="asked_once"),
            models.UniqueConstraint(
                fields=["member", "guideline"], name="one_due_at_once", condition=models.Q(state__in=OWED)
            ),
        ]
        indexes = [
            models.Index(fields=["member", "waits_from"], name="dues_of_member", condition=models.Q(state__in=OWED)),
            models.Index(fields=["guideline", "state"], name="dues_of_a_guideline"),
            models.Index(
                fields=["remind_at"], name="dues_to_remind", condition=models.Q(state="open", remind_at__isnull=False)
            ),
            models.Index(fields=["id"], name="dues_to_tell", condition=models.Q(told_at__isnull=True, state="open")),
        ]
