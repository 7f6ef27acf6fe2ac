"""What was asked beside a published text, and how often each answer was chosen. Nobody is named here."""

from django.db import models

from guidelines.models.evidence import Publication


class Pool(models.Model):
    """The situations of one publication as they were shown, from which each member is asked a few. The publication
    holds their fingerprint."""

    append_only = True

    publication = models.OneToOneField(Publication, on_delete=models.PROTECT, related_name="asked_from")
    situations = models.JSONField()  # guidelines/bank.py


class Tally(models.Model):
    """How often each answer to a situation was somebody's first. Pages show `shown` alone, which follows once at least
    ten more have answered: from two looks at it nobody can tell what a single person chose."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="tallies")
    situation = models.CharField(max_length=40)
    choice = models.PositiveSmallIntegerField()  # counted from nought, as its answers stand
    count = models.PositiveIntegerField(default=0)
    shown = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "situation", "choice"], name="one_tally_per_answer")
        ]
