"""HR writes: a guideline, its versions, and each text as often as it takes. What was published is written no more."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audiences.models import Audience
from connectors.text import printable
from core import audit
from core.refusals import EditedMeanwhile, MovedOn, NotAllowed, NotReady
from guidelines import rules, texts
from guidelines.models import Guideline, Version
from guidelines.models.versions import MATERIAL, NAME

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_BODY, MOST_SECTIONS = 120, 1000, 20_000, 40


@dataclass(frozen=True)
class VersionWords:
    """What a version says and asks for."""

    texts: Mapping[str, texts.Text]
    what_changed: Mapping[str, str] = field(default_factory=dict)
    change: str = MATERIAL
    some: Audience | None = None
    sign_within: int = 14
    least_seconds: int = 20
    proof: str = NAME


def begin_guideline(
    *, actor: User, name: str, language: str, words: VersionWords, audience: Audience | None = None,
    helper: User | None = None, at: datetime,
) -> Version:  # fmt: skip
    _allow(actor)
    name = line(name)
    if not name:
        raise NotReady(_("Please give it a name, so that colleagues in HR find it."))
    try:
        with transaction.atomic():
            guideline = Guideline.objects.create(
                name=name[:120], language=language, audience=audience, helper=helper, made_by=actor, made_at=at
            )
            audit.record(
                actor=actor, kind="guideline_begun", about=f"guideline:{guideline.pk}", at=at, data={"name": name}
            )
            return _first_edition(guideline, 1, words, actor, at)
    except IntegrityError:
        raise NotReady(_("There is a guideline of that name already.")) from None


def begin_version(*, actor: User, guideline: Guideline, at: datetime) -> Version:
    """A draft of the next one, with the words of the last."""
    _allow(actor)
    last = guideline.versions.order_by("-number").first()
    assert last
    words = VersionWords(
        texts={language: texts.read(raw) for language, raw in last.content.items()},
        sign_within=last.sign_within, least_seconds=last.least_seconds, proof=last.proof,
    )  # fmt: skip
    try:
        with transaction.atomic():
            return _first_edition(guideline, last.number + 1, words, actor, at)
    except IntegrityError:
        raise NotReady(_("A next version is being written already.")) from None


def edit_version(*, actor: User, version: Version, edition: int, words: VersionWords, at: datetime) -> Version:
    """Save what was written on top of `edition`. Raises EditedMeanwhile; MovedOn when it is no draft any more."""
    _allow(actor)
    rows = Version.objects.filter(pk=version.pk, state="draft")
    changes = {**fields_of(words), "edition": edition + 1, "edited_by": actor, "edited_at": at}
    if not rows.filter(edition=edition).update(**changes):
        if rows.exists():
            raise EditedMeanwhile(_("Somebody else has saved this version meanwhile. Below is how yours differs."))
        raise MovedOn(_("A colleague has sent this version on, so it cannot be changed. Your words are below."))
    version.refresh_from_db()
    return version


def _first_edition(guideline: Guideline, number: int, words: VersionWords, actor: User, at: datetime) -> Version:
    return Version.objects.create(
        guideline=guideline,
        number=number,
        state="draft",
        state_at=at,
        edited_by=actor,
        edited_at=at,
        **fields_of(words),
    )


def fields_of(words: VersionWords) -> dict[str, Any]:
    """As the columns keep it. Marks that nobody sees are left out, and what is too long is refused."""
    content = {language: texts.write(cleaned(text)) for language, text in words.texts.items()}
    return {
        "content": content,
        "what_changed": {language: line(said)[:300] for language, said in words.what_changed.items() if said.strip()},
        "change": words.change,
        "some": words.some,
        "sign_within": words.sign_within,
        "least_seconds": words.least_seconds,
        "proof": words.proof,
    }


def cleaned(text: texts.Text) -> texts.Text:
    if len(text.sections) > MOST_SECTIONS:
        raise NotReady(
            _("That is more than %(n)s sections. Nobody reads so many; please leave some out.") % {"n": MOST_SECTIONS}
        )
    sections = tuple(
        replace(one, title=line(one.title)[:LONGEST_TITLE], body=printable(one.body).strip()) for one in text.sections
    )
    for one in sections:
        if len(one.body) > LONGEST_BODY:
            raise NotReady(_("“%(title)s” is longer than a section can be.") % {"title": one.title})
    summary = printable(text.summary).strip()[:LONGEST_SUMMARY]
    return texts.Text(
        line(text.title)[:LONGEST_TITLE], summary, tuple(one for one in sections if one.title or one.body)
    )


def line(text: str) -> str:
    return " ".join(printable(text).split())


def _allow(actor: User) -> None:
    if not rules.can_write(actor):
        raise NotAllowed(_("Guidelines are written by HR."))
