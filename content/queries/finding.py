"""Looking for stories by words, in the language each of them is written in."""

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, FloatField, Q, QuerySet, Value, When

from accounts.models import User
from content.models import Findable, Story
from content.queries.stories import live_stories

LONGEST = 200
# So many letters of a word's beginning are looked for in titles where nothing else is found.
SHORTEST_PART = 3


def find_stories(member: User, typed: str) -> QuerySet[Story]:
    """Live stories this member may see in which the words stand, the best first. "Quotes", or and - are understood;
    whatever else is typed is only words."""
    typed = " ".join(typed.split())[:LONGEST]
    shown = live_stories(member)
    if not typed:
        return shown
    asked = {
        config: SearchQuery(typed, config=config, search_type="websearch")
        for config in Findable.objects.order_by().values_list("config", flat=True).distinct()
    }
    if not asked:
        return shown.none()
    matches = Q()
    for config, query in asked.items():
        matches |= Q(findable__config=config, findable__words=query)
    ranks = [
        When(findable__config=config, then=SearchRank(F("findable__words"), query)) for config, query in asked.items()
    ]
    rank = Case(*ranks, default=Value(0.0), output_field=FloatField())
    found = shown.filter(matches).annotate(rank=rank).order_by("-rank", "-live_at", "-pk")
    if found.exists() or len(typed) < SHORTEST_PART:
        return found
    return shown.filter(title__icontains=typed)
