"""Which suggestions may go to whom: for makers only, fixed words, and stories that take no others."""

from collections.abc import Iterable

from accounts.models import User
from accounts.queries import organisation
from content.models import Caption, Story
from content.queries.makers import is_maker


def open_captions(story: Story, *, member: User) -> list[Caption]:
    """The suggestions this member may use. Reads `story.captions.all()`, so a prefetch spares the query."""
    found = list(story.captions.all())
    if takes_only_locked(found):
        found = [one for one in found if one.locked]
    makes = any(one.for_makers for one in found) and is_maker(member, story)
    return [one for one in found if makes or not one.for_makers]


def takes_only_locked(captions: Iterable[Caption]) -> bool:
    """In a regulated firm a story with fixed words takes no others."""
    return any(one.locked for one in captions) and organisation().regulated


def as_one_line(words: str) -> str:
    """A form sends its line ends in another way than a table keeps them; that changes no words."""
    return " ".join(words.split())
