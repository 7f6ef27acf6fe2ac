"""What an auditor reads. Nothing here is ever changed or deleted: the database refuses it to the program itself."""

from django.conf import settings
from django.db import models

from guidelines.models.versions import Guideline, Version

SIGNED, DECLINED, LEFT, SUPERSEDED, WITHDRAWN = "signed", "declined", "left", "superseded", "withdrawn"
# That somebody went through the situations of a publication, or passed them where that was asked for
GONE, PASSED = "gone", "passed"
KINDS = (SIGNED, DECLINED, LEFT, SUPERSEDED, WITHDRAWN)


class Publication(models.Model):
    """A version as it was published: its words, their fingerprint, and whom it was for. `previous` is the fingerprint
    of the one before, so that a row that is missing is noticed."""

    append_only = True

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="publication")
    guideline = models.ForeignKey(Guideline, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10)  # of the original
    content = models.JSONField()
    what_changed = models.JSONField(default=dict)
    change = models.CharField(max_length=9)
    terms = models.JSONField(null=True)  # of its audience then; null is everybody
    some_terms = models.JSONField(null=True)  # of those whom a change for some is about
    sign_within = models.PositiveSmallIntegerField()
    least_seconds = models.PositiveSmallIntegerField()
    proof = models.CharField(max_length=5)
    asks = models.PositiveSmallIntegerField(default=0)  # how many situations each member goes through
    must_pass = models.BooleanField(default=False)
    pool = models.CharField(max_length=64, blank=True)  # fingerprint of the situations they are drawn from
    fingerprint = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["guideline", "number"], name="published_once")]


class Receipt(models.Model):
    """What became of one member's being asked for one publication: signed; or that it was not, and why. `opened` says
    whether they had it before them. Never how long they took or what they answered to situations."""

    append_only = True

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="receipts")
    kind = models.CharField(max_length=10)
    asked_at = models.DateTimeField(null=True)  # since when; who left and came back was asked anew
    opened = models.BooleanField()
    language = models.CharField(max_length=10, blank=True)  # in which it was shown, or printed
    fingerprint = models.CharField(max_length=64)  # of what was shown, or would have been
    proof = models.CharField(max_length=8, blank=True)  # name, again, or paper: recorded for somebody without a device
    situations = models.CharField(max_length=6, blank=True)  # gone through, passed, or none were asked
    signed_on = models.DateField(null=True)  # the day on the paper; `at` is when it was recorded
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )  # who did it: the member, whoever recorded it for them, or nobody
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "publication"], name="signed_once", condition=models.Q(kind=SIGNED)
            ),
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="receipts_are_of_a_kind"),
            models.CheckConstraint(
                condition=models.Q(situations__in=["", GONE, PASSED]), name="situations_were_gone_through_or_passed"
            ),
        ]
        indexes = [models.Index(fields=["publication", "kind"], name="receipts_of_a_publication")]


class Reminder(models.Model):
    """That somebody was reminded to sign; or that their manager was told, by the rule beside the text."""

    append_only = True
    PERSON, MANAGER = "person", "manager"

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=7)
    told = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["publication", "at"], name="reminders_of_a_publication")]


class ReceiptPersonal(models.Model):
    """What a receipt says about a person: erasable, while the receipt stays whole."""

    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="personal")
    typed_name = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # why somebody cannot agree yet, for HR alone
