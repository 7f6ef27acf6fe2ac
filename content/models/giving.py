"""What colleagues add to stories: themselves as makers."""

from django.conf import settings
from django.db import models

from content.models.stories import Story
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
