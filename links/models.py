from django.conf import settings
from django.db import models


class ShortLink(models.Model):
    """Our tracked address of one target. `group` names what visits are told apart for, a story as "story:12"."""

    code = models.CharField(max_length=16, unique=True)
    target = models.URLField(max_length=2000)
    group = models.CharField(max_length=40, db_index=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="short_links"
    )
    counts = models.BooleanField(default=True)  # the owner may switch counting off
    created_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)  # from then on it leads to a page that says the story is over


class Click(models.Model):
    """One use of a short link. Partitioned by month of `at`; never says who. (id, at) is unique: written twice, it is
    there once."""

    append_only = True

    at = models.DateTimeField()
    link = models.ForeignKey(
        ShortLink, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="clicks"
    )
    first_today = models.BooleanField()  # this visitor's first of the day for the link's group
    robot = models.BooleanField()
    own_network = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["link", "at"], name="clicks_of_link")]
