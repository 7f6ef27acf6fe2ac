"""The tables of learning: what curators write, and how far a member is, which nobody else reads."""

from django.conf import settings
from django.db import models

from core.flow import Flow, FlowModel


class WrittenLesson(FlowModel):
    """A lesson by curators; `in_place_of` is the key of the one of ours that it was made from. While such a one is out,
    it stands where ours stood."""

    flow = Flow("draft", {"draft": "published withdrawn", "published": "withdrawn", "withdrawn": "draft"})

    in_place_of = models.CharField(max_length=40, blank=True)
    topic = models.CharField(max_length=10)
    kind = models.CharField(max_length=10)  # where the exercise leads; learning/exercises.py
    language = models.CharField(max_length=10)  # of the original; the others are translations
    content = models.JSONField(default=dict)  # {language: text}; learning/texts.py
    # Counts what was saved, so that two people writing at once notice each other.
    edition = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    edited_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["in_place_of"],
                name="one_lesson_in_place_of_ours",
                condition=models.Q(state="published") & ~models.Q(in_place_of=""),
            ),
        ]
        indexes = [models.Index(fields=["id"], name="lessons_that_are_out", condition=models.Q(state="published"))]

    @property
    def key(self) -> str:
        return self.in_place_of or f"own-{self.pk}"


class LessonPicture(models.Model):
    """A picture that a curator has put on a card: made small and written anew."""

    lesson = models.ForeignKey(WrittenLesson, on_delete=models.CASCADE, related_name="pictures")
    file = models.ImageField(upload_to="lessons/")
    made_at = models.DateTimeField()


class HiddenLesson(models.Model):
    """A lesson of ours that does not suit this firm."""

    key = models.CharField(max_length=40, unique=True)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    hidden_at = models.DateTimeField()


class Progress(models.Model):
    """How far one member is with one lesson. Theirs alone: no page, export or figure shows it to anybody else, and they
    can delete it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    lesson = models.CharField(max_length=40)
    card = models.PositiveSmallIntegerField(default=0)  # where they are, counted from nought
    begun_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)  # came to its exercise
    done_at = models.DateTimeField(null=True)  # said that the exercise is done; nobody checks

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "lesson"], name="one_progress_a_lesson")]


class ChosenPath(models.Model):
    """A path somebody has chosen. As private as their progress."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=40)
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "path"], name="paths_are_chosen_once")]


class Certificate(models.Model):
    """A finished path, as it was then: what was learned and when, and no score. Only its owner can look it up."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=40)
    number = models.CharField(max_length=9, unique=True)
    language = models.CharField(max_length=10)  # of the title of the path
    title = models.CharField(max_length=120)
    lessons = models.JSONField()  # [{"title", "language", "day"}], in the order of the path
    finished_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "path"], name="one_certificate_a_path")]
