"""What a member looks for, and what they find: everything they may see, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from content import queries as content
from content.models import Story, Topic
from shares.models import SavedSearch, Share

LONGEST = 200
OPEN_OR_TOLD = ["scheduled", "retrying", "sending", "held", "uncertain", "asked", "published", "said_posted"]
KINDS = {
    Story.WEB: gettext_lazy("A page"),
    Story.PICTURES: gettext_lazy("Pictures"),
    Story.DOCUMENT: gettext_lazy("A document"),
    Story.WORDS: gettext_lazy("Words"),
    Story.VIDEO: gettext_lazy("A video"),
    Story.INTERNAL: gettext_lazy("Only to read"),
}


@dataclass(frozen=True)
class Wish:
    """What is looked for. Whatever is none of the choices is not asked for."""

    q: str = ""
    topic: int | None = None
    language: str = ""
    kind: str = ""
    untold: bool = False

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> "Wish":
        topic = str(asked.get("topic") or "")
        language, kind = str(asked.get("language") or ""), str(asked.get("kind") or "")
        return cls(
            q=" ".join(str(asked.get("q") or "").split())[:LONGEST],
            topic=int(topic) if topic.isascii() and topic.isdecimal() and len(topic) < 10 else None,
            language=language if language in dict(settings.LANGUAGES) else "",
            kind=kind if kind in KINDS else "",
            untold=bool(asked.get("untold")),
        )

    @property
    def kept(self) -> dict[str, Any]:
        """Only what was asked for, so that two of the same are the same."""
        named = {"q": self.q, "topic": self.topic, "language": self.language, "kind": self.kind}
        return {name: value for name, value in named.items() if value} | ({"untold": 1} if self.untold else {})

    @property
    def query(self) -> str:
        return urlencode(self.kept)

    @property
    def is_empty(self) -> bool:
        return not self.kept

    @property
    def has_filters(self) -> bool:
        return bool(self.kept.keys() - {"q"})


def find(member: User, wish: Wish) -> QuerySet[Story]:
    found = content.find_stories(member, wish.q)
    if wish.topic:
        found = found.filter(topic=wish.topic)
    if wish.language:
        found = found.filter(language__startswith=wish.language)
    if wish.kind:
        found = found.filter(kind=wish.kind)
    if wish.untold:
        found = found.exclude(pk__in=Share.objects.filter(member=member, state__in=OPEN_OR_TOLD).values("story"))
    return found


def languages() -> list[tuple[str, Any]]:
    return list(settings.LANGUAGES)


def kinds() -> list[tuple[str, Any]]:
    return list(KINDS.items())


@dataclass(frozen=True)
class Saved:
    """A kept search as its member reads it."""

    number: int
    label: str
    query: str


def saved_searches(member: User) -> list[Saved]:
    rows = list(SavedSearch.objects.filter(member=member).order_by("pk"))
    topics = [row.wish["topic"] for row in rows if row.wish.get("topic")]
    names = dict(Topic.objects.filter(pk__in=topics).values_list("pk", "name"))
    return [Saved(row.pk, label_of(Wish.of(row.wish), names), urlencode(row.wish)) for row in rows]


def is_saved(member: User, wish: Wish) -> bool:
    return not wish.is_empty and SavedSearch.objects.filter(member=member, wish=wish.kept).exists()


def label_of(wish: Wish, topics: Mapping[int, str]) -> str:
    parts = [
        f"“{wish.q}”" if wish.q else "",
        topics.get(wish.topic or 0, ""),
        str(dict(settings.LANGUAGES).get(wish.language, "")),
        str(KINDS.get(wish.kind, "")),
        _("not shared yet") if wish.untold else "",
    ]
    return " · ".join(filter(None, parts)) or _("Everything")
