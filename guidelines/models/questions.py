"""“May I?”: a question to a named person, and the book of cases that everybody may read."""

from django.conf import settings
from django.db import models

from core.flow import Flow, FlowModel
from guidelines.models.versions import Guideline


class Question(FlowModel):
    """Somebody asks before they post. The answer is theirs alone."""

    flow = Flow("open", {"open": "answered withdrawn"})

    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="questions")
    # Who was asked, by name. Another of HR answers where they have left.
    helper = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    guideline = models.ForeignKey(Guideline, null=True, on_delete=models.PROTECT, related_name="questions")
    section = models.CharField(max_length=40, blank=True)  # the key of the paragraph it is about
    words = models.CharField(max_length=1000)
    draft = models.TextField(blank=True)  # what they would post
    asked_at = models.DateTimeField()
    promised_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                fields=["helper", "promised_at"], name="questions_that_wait", condition=models.Q(state="open")
            ),
            models.Index(fields=["asker", "-asked_at"], name="questions_of_a_member"),
            models.Index(fields=["guideline", "section"], name="questions_by_paragraph"),
        ]


class Case(FlowModel):
    """A question and its answer, written anew without anybody in it. It is read by all once its asker agrees, and can
    be taken out by either of the two."""

    flow = Flow("proposed", {"proposed": "agreed declined", "agreed": "taken_out"})

    question = models.OneToOneField(Question, null=True, on_delete=models.SET_NULL, related_name="case")
    guideline = models.ForeignKey(Guideline, null=True, on_delete=models.PROTECT, related_name="cases")
    section = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10)
    words = models.CharField(max_length=1000)
    answer = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-state_at"], name="cases_in_the_book", condition=models.Q(state="agreed"))]
