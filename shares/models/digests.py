from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Digest(models.Model):
    """Stories that were picked and told to one member on one of their days. The row is why nobody gets two."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests")
    day = models.DateField()  # in the member's own zone
    stories = ArrayField(models.BigIntegerField(), default=list)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "day"], name="one_digest_a_day")]
