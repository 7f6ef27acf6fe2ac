from django.conf import settings
from django.db import models
from django.db.models.functions import Lower


class MemberList(models.Model):
    """A named list of members, kept by hand, for what no team or place says: apprentices, first aiders."""

    name = models.CharField(max_length=80)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Listed", through_fields=("list", "member"), related_name="+"
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="one_list_per_name")]

    def __str__(self) -> str:
        return self.name


class Listed(models.Model):
    """One member on one list."""

    list = models.ForeignKey(MemberList, on_delete=models.CASCADE, related_name="rows")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "member"], name="on_a_list_once")]


class Audience(models.Model):
    """Everyone `in` … `who` … `except` …: who may see something. `terms` has the shape that audiences/terms.py reads.

    Without a name it was composed for one story; such a row is never changed, since others may use the same words.
    """

    name = models.CharField(max_length=80, blank=True)
    terms = models.JSONField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    # Counts what was saved, so that two people writing at once notice each other.
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), name="one_audience_per_name", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name
