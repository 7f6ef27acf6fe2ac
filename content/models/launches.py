from django.conf import settings
from django.db import models

from content.models.campaigns import Campaign
from content.models.stories import Story
from core.flow import Flow, FlowModel


class Launch(FlowModel):
    """A campaign, or one urgent story, is told to everybody it is for: each of them once. What is still to be done are
    its rows that wait (`Told`); whoever tells holds this row meanwhile, so that a stop takes effect between two
    batches."""

    # Done: everybody has their line; mails and pushes may still wait for their hours, and can still be stopped.
    # What a curator stopped may end besides.
    flow = Flow("telling", {"telling": "done stopped", "done": "stopped", "stopped": "telling stopped"})

    campaign = models.OneToOneField(Campaign, null=True, on_delete=models.CASCADE, related_name="launch")
    story = models.OneToOneField(Story, null=True, on_delete=models.CASCADE, related_name="launch")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    begun_at = models.DateTimeField()
    people = models.PositiveIntegerField(default=0)  # how many it was for when it began
    reason = models.CharField(max_length=20, blank=True)  # why it stopped by itself

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(campaign__isnull=False, story__isnull=True)
                | models.Q(campaign__isnull=True, story__isnull=False),
                name="a_launch_is_of_one_thing",
            )
        ]
        indexes = [models.Index(fields=["begun_at"], name="launches_to_tell", condition=models.Q(state="telling"))]

    def __str__(self) -> str:
        return str(self.campaign or self.story)

    @property
    def about(self) -> str:
        """What its messages are known by afterwards."""
        return f"launch:{self.pk}"


class Told(FlowModel):
    """One member of a launch. The row is why nobody is told twice."""

    flow = Flow("waiting", {"waiting": "told skipped"})

    launch = models.ForeignKey(Launch, on_delete=models.CASCADE, related_name="told")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=10, blank=True)  # why they were not told

    class Meta:
        constraints = [models.UniqueConstraint(fields=["launch", "member"], name="told_once_in_a_launch")]
        indexes = [models.Index(fields=["launch", "id"], name="to_be_told", condition=models.Q(state="waiting"))]
