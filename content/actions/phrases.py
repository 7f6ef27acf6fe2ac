"""The list of words HR explains. Every change stands in the audit trail, and what limits people's rights twice."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from connectors.text import one_line
from content import rules
from content.actions.errors import NotAllowed, NotReady
from content.models import Phrase
from content.queries.phrases import forget_phrases
from core import audit
from core.protected import touches_rights


class TouchesRights(NotReady):
    """The words are about pay, hours, conditions or unions: it takes somebody who has read the warning."""


@dataclass(frozen=True)
class PhraseWords:
    words: str
    why: str
    language: str = ""
    kind: str = "other"
    is_rule: bool = False
    instead: str = ""
    link: str = ""


def keep_phrase(
    *, actor: User, given: PhraseWords, phrase: Phrase | None = None, understood: bool = False, at: datetime
) -> Phrase:
    """Add a phrase, or change one. Raises NotReady; TouchesRights unless the warning was `understood`."""
    _allow(actor)
    fields = _fields(given)
    touched = touches_rights(fields["words"])
    if touched and not understood:
        raise TouchesRights(_warning(touched))
    try:
        with transaction.atomic():
            row = phrase or Phrase()
            for name, value in {**fields, "edited_at": at, "edited_by": actor}.items():
                setattr(row, name, value)
            row.save()
            _record(actor, "phrase_edited" if phrase else "phrase_added", row, at)
            if touched:
                audit.record(
                    actor=actor, kind="phrase_limits_rights", about=f"phrase:{row.pk}", at=at,
                    data={"words": row.words, "about": touched, "rule": row.is_rule, "warning": "read"},
                )  # fmt: skip
    except IntegrityError:
        raise NotReady(_("These words are on the list already.")) from None
    transaction.on_commit(forget_phrases)
    forget_phrases()
    return row


def remove_phrase(*, actor: User, phrase: Phrase, at: datetime) -> None:
    _allow(actor)
    with transaction.atomic():
        _record(actor, "phrase_removed", phrase, at)
        phrase.delete()
    forget_phrases()


def add_usual_phrases(*, actor: User, at: datetime) -> int:
    """A list to begin with; what is there already stays as it is. Answers how many came."""
    added = 0
    for given in usual_phrases():
        if not Phrase.objects.filter(words__iexact=given.words, language=given.language).exists():
            keep_phrase(actor=actor, given=given, at=at)
            added += 1
    return added


def usual_phrases() -> list[PhraseWords]:
    """Requests for reviews (16 CFR 465), hashtags that do not say who is speaking (FTC endorsement guides), and claims
    that have to be proved (UK CAP code 3.7, German UWG section 5)."""
    review = _("Asking people for reviews can mislead readers, and is forbidden in several countries.")
    tag = _("This mark does not tell readers that you work here. The line in your post does already.")
    proof = _("This has to be proved. Say what you have seen yourself instead.")
    rows = [
        *((words, language, "review", review) for words, language in REVIEWS),
        *((words, "", "disclosure", tag) for words in TAGS),
        *((words, language, "legal", proof) for words, language in CLAIMS),
    ]
    return [PhraseWords(words, why, language, kind) for words, language, kind, why in rows]


REVIEWS = [
    ("please review us", "en"), ("leave us a review", "en"), ("give us five stars", "en"), ("bewertet uns", "de"),
    ("hinterlasst eine Bewertung", "de"), ("gebt uns fünf Sterne", "de"),
]  # fmt: skip
TAGS = ["#ee", "#spon", "#partner"]
CLAIMS = [
    ("market leader", "en"), ("the best in the world", "en"), ("carbon neutral", "en"), ("guaranteed", "en"),
    ("Marktführer", "de"), ("klimaneutral", "de"), ("garantiert", "de"),
]  # fmt: skip


def _warning(touched: str) -> str:
    return _(
        "“%(words)s” is about pay, hours, conditions or unions. People have a right to speak about these, and a list "
        "that keeps them from it can be against the law. Please ask for advice before you keep it; if you do, that is "
        "written down with your name."
    ) % {"words": touched}


def _fields(given: PhraseWords) -> dict[str, Any]:
    fields: dict[str, Any] = {
        name: value if isinstance(value, bool) else line(value) for name, value in asdict(given).items()
    }
    if len(fields["words"]) < 2:
        raise NotReady(_("Please give the words to look for."))
    if not fields["why"]:
        raise NotReady(_("Please say why, in a sentence people can act on."))
    return fields | {"words": fields["words"][:120], "why": fields["why"][:300], "instead": fields["instead"][:120]}


def line(text: str) -> str:
    return one_line(text)


def _allow(actor: User) -> None:
    if not rules.can_keep_phrases(actor):
        raise NotAllowed(_("Only HR and administrators keep this list."))


def _record(actor: User, kind: str, row: Phrase, at: datetime) -> None:
    data = {"words": row.words, "language": row.language, "rule": row.is_rule, "kind": row.kind}
    audit.record(actor=actor, kind=kind, about=f"phrase:{row.pk}", at=at, data=data)
