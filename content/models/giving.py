"""What colleagues add to stories: themselves as makers, and what they suggest."""

from django.conf import settings
from django.db import models

from content.models.stories import Caption, Story
from core.flow import Flow, FlowModel


class Maker(FlowModel):
    """Somebody who worked on what a story tells. Asked first; named only while they are willing."""

    flow = Flow("asked willing", {"asked": "willing rather_not", "willing": "rather_not", "rather_not": "willing"})

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="makers")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    lends_post = models.BooleanField(default=False)  # colleagues may pass on their own post of the story

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "member"], name="a_maker_is_asked_once")]


class Suggestion(FlowModel):
    """An address, a photo or two sentences somebody offers for a story, or (`about`) a sentence lent to one there is.
    Always answered: it is used, or declined with a reason."""

    flow = Flow("open", {"open": "used declined taken_back", "used": "taken_back"})

    NOBODY, AGREED, UNASKED = "nobody", "agreed", "unasked"

    key = models.UUIDField(null=True, unique=True)  # of the form it was written in: sent twice, it is made once
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="suggestions"
    )
    given_at = models.DateTimeField()
    title = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    words = models.TextField(blank=True)
    language = models.CharField(max_length=10, default="en")
    picture = models.ImageField(upload_to="stories/", blank=True)
    picture_alt = models.CharField(max_length=500, blank=True)
    picture_consent = models.CharField(max_length=8, blank=True)  # whether who is in it agrees
    picture_who = models.CharField(max_length=300, blank=True)
    picture_hide = models.CharField(max_length=300, blank=True)  # what must not be seen
    # Who looked at the photo as it is and said that nothing of that can be seen.
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    seen_at = models.DateTimeField(null=True)
    lends_words = models.BooleanField(default=False)  # colleagues may post these words
    credited = models.BooleanField(default=False)  # the giver's name goes along
    worked_on = models.BooleanField(default=False)  # the giver is a maker too
    about = models.ForeignKey(Story, null=True, on_delete=models.CASCADE, related_name="lent_sentences")
    story = models.ForeignKey(Story, null=True, on_delete=models.SET_NULL, related_name="suggestions")
    caption = models.ForeignKey(Caption, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(picture_consent__in=["", "nobody", "agreed", "unasked"]), name="pictures_of_people"
            ),
            models.UniqueConstraint(
                fields=["giver", "about"],
                name="one_open_sentence_a_story",
                condition=models.Q(state="open", about__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["given_at"], name="suggestions_to_answer", condition=models.Q(state="open")),
            models.Index(fields=["giver", "-given_at"], name="suggestions_of_member"),
        ]

    @property
    def is_to_cover(self) -> bool:
        """Something in its photo must not be seen, and nobody has said yet that it cannot be."""
        return bool(self.picture_hide) and self.seen_at is None

    @property
    def lacks_consent(self) -> bool:
        """Somebody in the picture has not been asked yet: it goes nowhere until they have."""
        return bool(self.picture) and self.picture_consent == self.UNASKED
