"""HR writes: a guideline, its versions, and each text as often as it takes. What was published is written no more."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, ProtectedError
from django.utils.translation import gettext as _

from accounts.models import User
from audiences.models import Audience
from connectors.text import one_line, printable
from core import audit, wake
from core.refusals import EditedMeanwhile, MovedOn, NotAllowed, NotReady
from guidelines import bank, rules, texts
from guidelines.models import OWED, Due, Guideline, Version
from guidelines.models.versions import MATERIAL, NAME
from guidelines.rhythm import DAYS, USUAL

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
    helper: User | None = None, starter: str = "", at: datetime,
) -> Version:  # fmt: skip
    """`name` is its title, too. `starter` is the key of our text that it begins with: our situations for it are on."""
    allow(actor)
    name = one_line(name)[:LONGEST_TITLE]
    if text := words.texts.get(language):
        words = replace(words, texts={**words.texts, language: replace(text, title=name)})
    if not name:
        raise NotReady(_("Please give it a name, so that colleagues in HR find it."))
    try:
        with transaction.atomic():
            guideline = Guideline.objects.create(
                name=name, language=language, audience=audience, helper=helper, made_by=actor, made_at=at
            )
            audit.record(
                actor=actor, kind="guideline_begun", about=f"guideline:{guideline.pk}", at=at, data={"name": name}
            )
            return _first_edition(guideline, 1, words, actor, at, ours=bank.keys_for(starter), **few_for(starter))
    except IntegrityError:
        raise NotReady(_("There is a guideline of that name already.")) from None


def few_for(starter: str) -> dict[str, int]:
    """How many situations each colleague is asked to begin with: so few that somebody new, who owes the one for
    everybody and one of their own, needs less than four minutes for both."""
    return {"asks": 2 if starter == "everybody" else 1} if starter else {}


def begin_version(*, actor: User, guideline: Guideline, at: datetime) -> Version:
    """A draft of the next one, with the words and situations of the last."""
    allow(actor)
    last = guideline.versions.order_by("-number").first()
    assert last
    words = VersionWords(
        texts={language: texts.read(raw) for language, raw in last.content.items()},
        sign_within=last.sign_within, least_seconds=last.least_seconds, proof=last.proof,
    )  # fmt: skip
    try:
        with transaction.atomic():
            return _first_edition(
                guideline, last.number + 1, words, actor, at, translated_from=last.translated_from,
                asks=last.asks, must_pass=last.must_pass, ours=last.ours, own=last.own,
            )  # fmt: skip
    except IntegrityError:
        raise NotReady(_("A next version is being written already.")) from None


def edit_version(*, actor: User, version: Version, edition: int, words: VersionWords, at: datetime) -> Version:
    """Save what was written on top of `edition`. Raises EditedMeanwhile; MovedOn when it is no draft any more."""
    allow(actor)
    with transaction.atomic():
        saved = save(actor, version, edition, fields_of(words), at)
        if not saved.guideline.publications.exists():
            name_after(saved)
    return saved


def name_after(version: Version) -> None:
    """A guideline is called what its title says: of the draft before anything is out, then of what is out."""
    guideline, raw = version.guideline, version.content.get(version.guideline.language, {})
    title = raw.get("title", "")
    if not title or title == guideline.name:
        return
    try:
        with transaction.atomic():
            Guideline.objects.filter(pk=guideline.pk).update(name=title)
    except IntegrityError:
        raise NotReady(_("There is a guideline of that name already.")) from None
    guideline.name = title


def save(actor: User, version: Version, edition: int, changes: dict[str, Any], at: datetime) -> Version:
    rows = Version.objects.filter(pk=version.pk, state="draft")
    changes = {**changes, "edition": edition + 1, "edited_by": actor, "edited_at": at}
    if not rows.filter(edition=edition).update(**changes):
        if rows.exists():
            raise EditedMeanwhile(_("Somebody else has saved this version meanwhile. Below is how yours differs."))
        raise MovedOn(_("A colleague has sent this version on, so it cannot be changed. Your words are below."))
    version.refresh_from_db()
    return version


def discard_version(*, actor: User, version: Version, at: datetime) -> None:
    """Throw a draft away; and the guideline with it where nothing of it was ever published. Nothing that anybody signed
    or was asked can be thrown away: it is no draft. Raises MovedOn."""
    allow(actor)
    with transaction.atomic():
        if not Version.objects.filter(pk=version.pk, state="draft").delete()[0]:
            raise MovedOn(_("A colleague has sent this version on, so it cannot be thrown away."))
        about = f"guideline:{version.guideline_id}"
        audit.record(actor=actor, kind="guideline_draft_discarded", about=about, at=at, data={"number": version.number})
        if not Version.objects.filter(guideline=version.guideline_id).exists():
            try:
                Guideline.objects.filter(pk=version.guideline_id).delete()
            except ProtectedError:
                raise NotReady(_("Somebody has asked about it, or for evidence of it, so it stays.")) from None


@dataclass(frozen=True)
class Terms:
    """What holds for all versions of a guideline: whom it is for, who helps, and how it is asked for."""

    helper: User | None
    audience: Audience | None = None
    grace_days: int = 0
    rhythm: str = USUAL
    manager_after: int | None = None


def change_terms(*, actor: User, guideline: Guideline, terms: Terms, at: datetime) -> Guideline:
    """Who joins or leaves by it is asked, or asked no more, with the next pass."""
    allow(actor)
    if terms.helper is None:
        raise NotReady(_("Please say who answers questions; the text names that person."))
    before = _terms_of(guideline)
    guideline.helper, guideline.audience = terms.helper, terms.audience
    guideline.grace_days, guideline.rhythm, guideline.manager_after = (
        terms.grace_days, terms.rhythm, terms.manager_after
    )  # fmt: skip
    after = _terms_of(guideline)
    with transaction.atomic():
        guideline.save(update_fields=["helper", "audience", "grace_days", "rhythm", "manager_after"])
        # Others may have to be asked now; until they were, figures are counted from the receipts.
        Version.objects.filter(guideline=guideline, state="published").update(asked_all_at=None)
        open_dues = Due.objects.filter(guideline=guideline, state__in=OWED)
        open_dues.update(waits_from=F("due_at") + timedelta(days=guideline.grace_days))
        if before["rhythm"] != after["rhythm"]:
            _remind_anew(guideline, at)
        audit.record(
            actor=actor, kind="guideline_changed", about=f"guideline:{guideline.pk}", at=at,
            data={"from": before, "to": after},
        )  # fmt: skip
    wake.ring_after_commit("guidelines.tasks.settle")
    return guideline


def _terms_of(guideline: Guideline) -> dict[str, Any]:
    return {
        "audience": guideline.audience_id, "helper": guideline.helper_id,
        "grace_days": guideline.grace_days, "rhythm": guideline.rhythm, "manager_after": guideline.manager_after,
    }  # fmt: skip


def _remind_anew(guideline: Guideline, at: datetime) -> None:
    """By the new rhythm; what lies in the past of it is not made up for. One statement for each of its days."""
    dues = Due.objects.filter(guideline=guideline, state__in=OWED)
    dues.update(remind_at=None)
    for days in DAYS[guideline.rhythm]:
        ahead = timedelta(days=days)
        dues.filter(remind_at=None, due_at__gt=at - ahead).update(remind_at=F("due_at") + ahead)


def _first_edition(
    guideline: Guideline, number: int, words: VersionWords, actor: User, at: datetime, **more: Any
) -> Version:
    return Version.objects.create(
        guideline=guideline,
        number=number,
        state="draft",
        state_at=at,
        edited_by=actor,
        edited_at=at,
        **fields_of(words),
        **more,
    )


def fields_of(words: VersionWords) -> dict[str, Any]:
    """As the columns keep it. Marks that nobody sees are left out, and what is too long is refused."""
    content = {language: texts.write(cleaned(text)) for language, text in words.texts.items()}
    return {
        "content": content,
        "what_changed": {
            language: one_line(said)[:300] for language, said in words.what_changed.items() if said.strip()
        },
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
        replace(one, title=one_line(one.title)[:LONGEST_TITLE], body=printable(one.body).strip())
        for one in text.sections
    )
    for one in sections:
        if len(one.body) > LONGEST_BODY:
            raise NotReady(_("“%(title)s” is longer than a section can be.") % {"title": one.title})
    summary = printable(text.summary).strip()[:LONGEST_SUMMARY]
    return texts.Text(
        one_line(text.title)[:LONGEST_TITLE], summary, tuple(one for one in sections if one.title or one.body)
    )


def allow(actor: User) -> None:
    if not rules.can_write(actor):
        raise NotAllowed(_("Guidelines are written by HR."))
