"""What somebody looks for who may mean a guideline."""

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from audiences import queries as audiences
from guidelines import texts
from guidelines.models import Publication

MOST_WORDS, MOST_FOUND = 8, 5


def guidelines_with(member: User, asked: str) -> list[tuple[int, str]]:
    """Number and title of those for this member that have all of these words, as they read them."""
    words = [word.casefold() for word in asked.split()[:MOST_WORDS]]
    if not words:
        return []
    mine = Q(guideline__audience=None) | Q(guideline__audience__in=audiences.reaching(member))
    found = []
    for one in Publication.objects.filter(mine, version__state="published").order_by("guideline_id"):
        text, _language = texts.text_of(one.content, member.language, one.language)
        # Whoever types “guideline” means any of them.
        said = " ".join([_("Guidelines"), text.words]).casefold()
        if all(word in said for word in words):
            found.append((one.guideline_id, text.title))
    return found[:MOST_FOUND]
