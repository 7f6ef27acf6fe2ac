from django.conf import settings
from django.db import models

from audiences.models import Audience
from core.flow import Flow, FlowModel
from guidelines.rhythm import DAYS, USUAL

# Whether a new version has to be signed again: by nobody, by all, or by those whom the change is about.
EDITORIAL, MATERIAL, SOME = "editorial", "material", "some"
CHANGES = (EDITORIAL, MATERIAL, SOME)
# What a signature takes: a typed name, or besides it showing once more who one is.
NAME, AGAIN = "name", "again"
PAPER = "paper"  # or on paper, recorded by somebody of HR
MOST_ASKED = 5  # situations


class Guideline(models.Model):
    """What some of the staff are asked to know and sign, through all of its versions."""

    name = models.CharField(max_length=120)  # the title of what is out; before that, of the draft
    language = models.CharField(max_length=10)  # of the original; the others are translations
    # Who is asked; null is everybody.
    audience = models.ForeignKey(Audience, null=True, blank=True, on_delete=models.PROTECT, related_name="guidelines")
    # The named person who answers questions about it
    helper = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    grace_days = models.PositiveSmallIntegerField(default=0)  # after its day, before sharing waits
    rhythm = models.CharField(max_length=6, default=USUAL, choices=[(one, one) for one in DAYS])
    # So many days after its day the manager is told, too; null is never. Who signs reads it beside the text.
    manager_after = models.PositiveSmallIntegerField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name"], name="one_guideline_per_name")]

    def __str__(self) -> str:
        return self.name


class Version(FlowModel):
    """One wording of a guideline on its way. What was published stands in a Publication, which nothing changes."""

    flow = Flow(
        "draft",
        {
            "draft": "in_review",
            "in_review": "draft published",
            "published": "superseded withdrawn",
        },
    )

    guideline = models.ForeignKey(Guideline, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField(default=dict)  # {language: text}; guidelines/texts.py
    what_changed = models.JSONField(default=dict)  # {language: a sentence}, for who signed the one before
    translated_from = models.JSONField(default=dict)  # {language: the original as it was when it was translated}
    change = models.CharField(max_length=9, default=MATERIAL, choices=[(one, one) for one in CHANGES])
    # Whom a change for some is about
    some = models.ForeignKey(Audience, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sign_within = models.PositiveSmallIntegerField(default=14)  # days
    least_seconds = models.PositiveSmallIntegerField(default=20)  # between opening and signing
    proof = models.CharField(max_length=5, default=NAME, choices=[(NAME, NAME), (AGAIN, AGAIN)])
    asks = models.PositiveSmallIntegerField(default=3)  # situations for each member, of those that are chosen
    must_pass = models.BooleanField(default=False)  # or is it enough to go through them
    ours = models.JSONField(default=list)  # keys of the bank's situations that are on
    own = models.JSONField(default=list)  # HR's own, as guidelines/bank.py reads them
    # Counts what was saved, so that two people writing at once notice each other.
    edition = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    edited_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_all_at = models.DateTimeField(null=True)  # when everybody it is for had been asked
    sent_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_back_reason = models.CharField(max_length=300, blank=True)

    @property
    def asked(self) -> int:
        """How many situations each member goes through: no more than are chosen."""
        return min(self.asks, len(self.ours) + len(self.own))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guideline", "number"], name="versions_are_numbered"),
            models.UniqueConstraint(
                fields=["guideline"],
                name="one_version_is_written",
                condition=models.Q(state__in=["draft", "in_review"]),
            ),
            models.UniqueConstraint(
                fields=["guideline"], name="one_version_is_published", condition=models.Q(state="published")
            ),
            models.CheckConstraint(condition=models.Q(asks__lte=MOST_ASKED), name="few_situations_are_asked"),
            models.CheckConstraint(
                condition=~models.Q(change=SOME) | models.Q(some__isnull=False), name="a_change_for_some_says_for_whom"
            ),
        ]
