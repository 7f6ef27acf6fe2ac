from django.db import models

from accounts.models import Team
from content.models.stories import Topic
from notifications.models import Hook


class Channel(models.Model):
    """A channel in Slack or Microsoft Teams that hears of new stories: whose it is, and of which topic it hears.

    Who reads a channel is not ours to know: stories for everybody are told there, and in a team's own those for this
    very team, by their title.
    """

    hook = models.OneToOneField(Hook, primary_key=True, on_delete=models.CASCADE, related_name="channel")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="channels")
    # Protected: a channel that loses its topic would suddenly hear of everything.
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="channels")
