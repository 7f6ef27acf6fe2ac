"""What members say they know: in their own words, in one spelling."""

from collections.abc import Iterable

from django.db.models import F, Func

from accounts.models import User
from accounts.queries import organisation
from connectors.text import one_line

MOST, LONGEST = 20, 60


def known_skills() -> list[str]:
    """What the firm offers in the profile, and what colleagues have added."""
    told = User.objects.filter(is_active=True).exclude(skills=[])
    used = told.annotate(skill=Func(F("skills"), function="unnest")).order_by().values_list("skill", flat=True)
    return sorted(set(organisation().skills) | set(used.distinct()), key=str.casefold)


def tidy(words: Iterable[str]) -> list[str]:
    """Each skill once, as the firm or a colleague has written it before: “welding” finds those who wrote “Welding”."""
    spelt = {skill.casefold(): skill for skill in reversed([*organisation().skills, *known_skills()])}
    typed = [one_line(word)[:LONGEST].strip() for word in words]
    found = {word.casefold(): spelt.get(word.casefold(), word) for word in typed if word}
    return list(found.values())[:MOST]
