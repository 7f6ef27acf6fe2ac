"""Words: what colleagues have said already, and suggestions kept for whoever composes."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from content.models import Caption
from shares.models.shares import Share


class Fingerprint(models.Model):
    """What a share says, as numbers that near-duplicates are found by; connectors.alike tells how. Kept while its
    words count: from planning until thirty days after it was to go out."""

    share = models.OneToOneField(Share, primary_key=True, on_delete=models.CASCADE, related_name="fingerprint")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    connector = models.CharField(max_length=20)
    at = models.DateTimeField()  # when these words were decided: of two alike the earlier goes out
    until = models.DateTimeField()
    pairs = ArrayField(models.IntegerField())
    bands = ArrayField(models.IntegerField())

    class Meta:
        indexes = [
            # Without a list of pending entries: whoever plans a moment later must find it as fast as the others.
            GinIndex(fields=["bands"], name="fingerprints_alike", fastupdate=False),
            models.Index(fields=["until"], name="fingerprints_to_forget"),
        ]


class Reservation(models.Model):
    """A suggestion kept for one member while they compose, until a time. `family` is a platform that takes the same
    words from one account only, and there one member has it at a time; empty for all others, where several may."""

    caption = models.ForeignKey(Caption, on_delete=models.CASCADE, related_name="reservations")
    family = models.CharField(max_length=20, blank=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reservations")
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["caption", "family"], name="reserved_for_one", condition=~models.Q(family="")
            ),
            models.UniqueConstraint(fields=["caption", "family", "member"], name="reserved_once"),
        ]
        indexes = [models.Index(fields=["until"], name="reservations_to_forget")]
