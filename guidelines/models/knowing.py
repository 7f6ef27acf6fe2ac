"""How well guidelines are known, in numbers only: what each day began with, and three anonymous questions a year."""

from django.conf import settings
from django.db import models

from guidelines.models.versions import Guideline


class CoverageDay(models.Model):
    """What a day began with."""

    guideline = models.ForeignKey(Guideline, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    people = models.PositiveIntegerField()
    signed = models.PositiveIntegerField()
    overdue = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["guideline", "day"], name="a_day_is_counted_once")]


class Poll(models.Model):
    """Three questions to everybody, open for some weeks; one a year."""

    year = models.PositiveSmallIntegerField(unique=True)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()


class PollTally(models.Model):
    """How many chose an answer. Nothing leads from here to anybody: no member, no time."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="tallies")
    question = models.CharField(max_length=12)
    answer = models.PositiveSmallIntegerField()  # from 1, not at all, to 5, entirely
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "question", "answer"], name="one_poll_tally_per_answer")]


class PollDone(models.Model):
    """That somebody has answered or said no, so that they are not asked twice; not what, and not when."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="done")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "member"], name="asked_once_a_poll")]
