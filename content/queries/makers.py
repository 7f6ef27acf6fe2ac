"""The people behind a story."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.models import User
from content.models import Maker, Story

FOUND = 10
# What a maker can start from, where nobody has written anything for them. By the language it is in.
FIRST_PERSON = {
    "en": "I was part of the team that built this, and we are proud of it.",
    "de": "Ich gehöre zu dem Team, das das gebaut hat, und wir sind stolz darauf.",
}


def makers(story: Story) -> QuerySet[Maker]:
    """Everybody who was asked, for the curators."""
    rows = story.makers.filter(member__is_active=True).select_related("member", "member__team")
    return rows.order_by("member__name", "pk")


def named_makers(story: Story) -> QuerySet[Maker]:
    """Who said yes and is still here: these the story shows."""
    return makers(story).filter(state="willing")


def lending_makers(story: Story) -> QuerySet[Maker]:
    """Whose own post of the story colleagues may pass on."""
    return named_makers(story).filter(lends_post=True)


def maker_of(member: User, story: Story) -> Maker | None:
    return story.makers.filter(member=member).first()


def is_maker(member: User, story: Story) -> bool:
    """Whether words in the first person suit them. Who would rather not be named is left alone with it."""
    return story.makers.filter(member=member).exclude(state="rather_not").exists()


def has_makers(story: Story) -> bool:
    """Whether somebody said that they worked on it, or is asked."""
    return makers(story).exclude(state="rather_not").exists()


def first_person(language: str) -> tuple[str, str]:
    """A ready sentence for makers, and the language it is in: this one, else English."""
    spoken = language.partition("-")[0]
    return (FIRST_PERSON[spoken], language) if spoken in FIRST_PERSON else (FIRST_PERSON["en"], "en")


def made_by(members: Iterable[int]) -> dict[int, set[int]]:
    """Of which stories each of these members is a maker, and did not say that they would rather not be, by their
    numbers."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Maker.objects.filter(member__in=members).exclude(state="rather_not")
    for member, story in rows.values_list("member", "story"):
        found[member].add(story)
    return found


def findable(letters: str, story: Story) -> QuerySet[User]:
    """Colleagues by a part of their name, without those who were asked already."""
    if not letters.strip():
        return User.objects.none()
    asked = story.makers.values("member")
    known = User.objects.filter(is_active=True).exclude(pk__in=asked).select_related("team")
    return known.filter(Q(name__icontains=letters.strip())).order_by("name", "pk")[:FOUND]
