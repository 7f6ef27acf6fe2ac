from django.conf import settings
from django.db import models

from content.models.stories import Topic


class Following(models.Model):
    """A topic one member likes to hear of. Theirs alone: it orders their own feed."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followings")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="followings")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "topic"], name="a_topic_is_followed_once")]
