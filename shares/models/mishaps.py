"""“It went wrong”: kept while it lasts, seen by two people, and thrown away when its member closes it."""

from django.conf import settings
from django.db import models

from shares.models.shares import Share


class Mishap(models.Model):
    """One member asks one person for help with what they posted. No state: it is there, or it is over and gone."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mishap")
    helper = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.CharField(max_length=4000, blank=True)  # what happened, in their own words
    added_at = models.DateTimeField(null=True)  # when they last added to it
    shares = models.ManyToManyField(Share, related_name="+")  # what they want taken down
    began_at = models.DateTimeField()
    held = models.PositiveIntegerField(default=0)  # how many of their plans were held then
    seen_at = models.DateTimeField(null=True)  # by the helper, as it stands
    answer = models.CharField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True)
