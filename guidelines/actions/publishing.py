"""From a draft to what members sign. Publishing writes evidence that nothing changes afterwards."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from connectors.text import one_line
from core import audit, languages, wake
from core.flow import ForbiddenMove, LostRace, move
from core.refusals import MovedOn, NotAllowed, NotReady
from guidelines import bank, evidence, queries, rules, texts
from guidelines.actions.choosing import missing_in
from guidelines.actions.reviewing import ask_reviewers, tell_published, tell_sent_back
from guidelines.actions.telling import take_back
from guidelines.actions.translating import outdated, untranslated
from guidelines.actions.writing import name_after
from guidelines.models import Guideline, Publication, Version
from guidelines.models.versions import SOME

FIRST = "first"


def submit_version(*, actor: User, version: Version, at: datetime) -> Version:
    _allow(actor)
    if missing := missing_parts(version):
        raise NotReady(" ".join(missing))
    with transaction.atomic():
        told = {"submitted_by": actor, "sent_back_reason": "", "sent_back_by": None}
        _step(version, "in_review", actor, "guideline_submitted", at, **told)
        ask_reviewers(version, actor=actor, at=at)
    return version


def send_back_version(*, actor: User, version: Version, reason: str, at: datetime) -> Version:
    """To whoever sent it, who reads who it was and why."""
    _allow(actor)
    said = one_line(reason)[:300]
    if not said:
        raise NotReady(_("Please say what should be different, so that whoever wrote it can go on."))
    with transaction.atomic():
        _step(version, "draft", actor, "guideline_sent_back", at, sent_back_reason=said, sent_back_by=actor)
        tell_sent_back(version, actor=actor, at=at)
    return version


def missing_parts(version: Version) -> list[str]:
    """What keeps it from being read by members, one sentence each."""
    original = version.content.get(version.guideline.language)
    text = texts.read(original) if original else texts.Text("", "", ())
    sentences = {
        _("Please write its title and what it is about, in up to five lines."): not (text.title and text.summary),
        _("Please write at least one section."): not text.sections,
        _("Each section needs a title and some words."): any(not (one.title and one.body) for one in text.sections),
        _("Please say what changed, for colleagues who signed the last version."): bool(
            version.number > 1 and not version.what_changed.get(version.guideline.language)
        ),
        _("Please say who answers questions; the text names that person."): version.guideline.helper is None,
        _("Another guideline has that title already. Please choose another."): Guideline.objects.filter(name=text.title)
        .exclude(pk=version.guideline_id)
        .exists(),
        _("Please say whom the change is about."): version.change == SOME and version.some is None,
    }
    found = [sentence for sentence, is_missing in sentences.items() if is_missing]
    found += [_lacks(language, titles) for language, titles in untranslated(version).items()]
    found += [_is_behind(language, titles) for language, titles in outdated(version).items()]
    return found + [said for one in version.own if (said := missing_in(bank.read(one)))]


def _lacks(language: str, titles: list[str]) -> str:
    text = _("The translation (%(language)s) lacks: %(titles)s. Translate these, or take the translation away.")
    return text % {"language": languages.own_name(language), "titles": ", ".join(titles)}


def _is_behind(language: str, titles: list[str]) -> str:
    text = _(
        "The original changed after it was translated (%(language)s): %(titles)s. Save the translation anew, or say "
        "below that it still fits."
    )
    return text % {"language": languages.own_name(language), "titles": ", ".join(titles)}


def publish_version(*, actor: User, version: Version, edition: int, at: datetime) -> Publication:
    """Put out what was read (`edition`). The one before is superseded; who has to sign is asked soon after."""
    _allow(actor)
    if rules.needs_another(actor, version):
        raise NotAllowed(_("You sent it to review yourself, so a colleague in HR has to publish it."))
    with transaction.atomic():
        # Of two who publish at once the second waits here, and finds that it is done.
        guideline = Guideline.objects.select_for_update().get(pk=version.guideline_id)
        before = queries.current(guideline)
        last = Publication.objects.filter(guideline=guideline).order_by("-number").first()
        if before:
            _step(before.version, "superseded", actor, "guideline_superseded", at)
        read = Version.objects.filter(pk=version.pk, edition=edition).select_related("some").first()
        if read is None:
            raise MovedOn(_("It was changed after you opened it. Please read it again."))
        read.guideline = guideline
        name_after(read)
        _step(read, "published", actor, "guideline_put_out", at)
        pool = queries.pool_of(read) if read.asks else []
        made = evidence.keep_publication(_publication(guideline, read, last, pool, actor, at), actor=actor, at=at)
        evidence.keep_pool(made, pool)
        tell_published(read, actor=actor, at=at)
    version.refresh_from_db()
    wake.ring_after_commit("guidelines.tasks.settle")
    return made


def _publication(
    guideline: Guideline, version: Version, last: Publication | None, pool: Sequence[bank.Situation], actor: User,
    at: datetime,
) -> Publication:  # fmt: skip
    return Publication(
        version=version, guideline=guideline, number=version.number, language=guideline.language,
        content=version.content, what_changed=version.what_changed, change=version.change if last else FIRST,
        terms=guideline.audience.terms if guideline.audience else None,
        some_terms=version.some.terms if version.some else None, sign_within=version.sign_within,
        least_seconds=version.least_seconds, proof=version.proof,
        asks=min(version.asks, len(pool)), must_pass=version.must_pass and bool(pool), pool=bank.fingerprint(pool),
        fingerprint=texts.fingerprint(version.content),
        previous=last.fingerprint if last else "", at=at, by=actor,
    )  # fmt: skip


def withdraw_version(*, actor: User, version: Version, at: datetime) -> Version:
    """Nobody has to sign it any more; what was signed stays signed."""
    _allow(actor)
    with transaction.atomic():
        _step(version, "withdrawn", actor, "guideline_withdrawn", at)
        take_back(version.guideline, at)
    wake.ring_after_commit("guidelines.tasks.settle")
    return version


def _step(version: Version, to: str, actor: User, kind: str, at: datetime, **changes: Any) -> Version:
    try:
        move(version, to, at=at, **changes)
    except (LostRace, ForbiddenMove):
        raise MovedOn(_("A colleague has moved this version already.")) from None
    audit.record(
        actor=actor, kind=kind, about=f"guideline:{version.guideline_id}", at=at, data={"number": version.number}
    )
    return version


def _allow(actor: User) -> None:
    """Whether it is the time for it is asked by the move itself, which says so in words of its own."""
    if not rules.can_write(actor):
        raise NotAllowed(_("Guidelines are written and published by HR."))
