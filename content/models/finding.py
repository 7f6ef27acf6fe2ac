from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from content.models.stories import Story


class Findable(models.Model):
    """The words one live story is found by, as PostgreSQL keeps them in the story's own language. A table beside the
    stories, so that no other page carries them along."""

    story = models.OneToOneField(Story, primary_key=True, on_delete=models.CASCADE, related_name="findable")
    config = models.CharField(max_length=20)  # PostgreSQL's name of the language
    words = SearchVectorField()
    edition = models.PositiveIntegerField()  # of the story when they were read

    class Meta:
        indexes = [GinIndex(fields=["words"], name="stories_by_words")]
