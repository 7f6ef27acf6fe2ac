"""Who made what the stories tell, what colleagues gave, and the hints that HR keeps."""

from datetime import timedelta

from advocacy.demo.sharing import Firm
from content.models import Maker

# story, who worked on it, how they answered, and whether colleagues may pass on their post
MAKERS = [
    ("a-left-handed-bench", "mina", "willing", True),
    ("forty-wheels-before-lunch", "mina", "asked", False),
]


def give(firm: Firm) -> None:
    """After stories and shares are saved."""
    make_makers(firm)


def make_makers(firm: Firm) -> None:
    sofia = firm.person("sofia").user
    Maker.objects.bulk_create(
        Maker(
            story=firm.story(slug).story, member=firm.person(key).user, state=state, asked_by=sofia,
            state_at=firm.at - timedelta(days=2), lends_post=lends,
        )
        for slug, key, state, lends in MAKERS
    )  # fmt: skip
