from django.contrib.postgres.fields import ArrayField
from django.db import models

from content.models.campaigns import Campaign

LONGEST_WORDING = 160


class DisclosureRule(models.Model):
    """The words that say who is speaking, where the firm wants others than the usual ones.

    What is left empty holds for all. Which of several that fit is used: `content.queries.disclosures`.
    """

    country = models.CharField(max_length=2, blank=True)  # of the member, not of the reader
    campaign = models.ForeignKey(Campaign, null=True, blank=True, on_delete=models.CASCADE, related_name="disclosures")
    language = models.CharField(max_length=10, blank=True)  # of the post
    connector = models.CharField(max_length=20, blank=True)  # the platform, or the place of an assisted share
    wordings = ArrayField(models.CharField(max_length=LONGEST_WORDING))  # the first is offered first
    before = models.BooleanField(default=True)
    # Counts what was saved. A share keeps the number, and the audit trail keeps what each number said.
    version = models.PositiveIntegerField(default=1)
    # Where the law asks for a label, "I work at" alone is the firm's own legal choice: whose, since when, and why.
    decided_by = models.CharField(max_length=120, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["country", "campaign", "language", "connector"],
                name="one_disclosure_per_combination",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=~models.Q(wordings=[]), name="disclosures_say_something"),
        ]

    @property
    def is_documented(self) -> bool:
        return bool(self.decided_by and self.decided_on and self.decided_why)
