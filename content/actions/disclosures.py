"""Setting the words that say who is speaking. What was planned before keeps what it was planned with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from connectors.text import one_line
from content import rules
from content.actions.errors import EditedMeanwhile, NotAllowed, NotReady
from content.models import Campaign, DisclosureRule
from content.queries.wordings import fault_of
from core import audit


@dataclass(frozen=True)
class DisclosureWords:
    """What an administrator sets. Empty country, language, platform or campaign: for all of them."""

    wordings: Sequence[str]
    country: str = ""
    language: str = ""
    connector: str = ""
    campaign: Campaign | None = None
    before: bool = True
    decided_by: str = ""
    decided_on: date | None = None
    decided_why: str = ""

    @property
    def documented(self) -> bool:
        return bool(self.decided_by.strip() and self.decided_on and self.decided_why.strip())


def faults_of(words: DisclosureWords) -> list[str]:
    """Everything that keeps these wordings from being used, one sentence each."""
    faults = [
        fault_of(one, country=words.country, before=words.before, documented=words.documented) for one in words.wordings
    ]
    return list(dict.fromkeys(filter(None, faults))) or ([] if words.wordings else [_("Please write one wording.")])


def make_disclosure(*, actor: User, words: DisclosureWords, at: datetime) -> DisclosureRule:
    """Raises NotReady, NotAllowed."""
    fields = _fields(actor, words)
    try:
        with transaction.atomic():
            rule = DisclosureRule.objects.create(**fields)
            _record(actor, "disclosure_made", rule, at)
    except IntegrityError:
        raise _there_already() from None
    return rule


def edit_disclosure(
    *, actor: User, rule: DisclosureRule, words: DisclosureWords, version: int, at: datetime
) -> DisclosureRule:
    """`version` is the one the person was shown. Raises NotReady, NotAllowed, EditedMeanwhile."""
    fields = _fields(actor, words)
    try:
        with transaction.atomic():
            rows = DisclosureRule.objects.filter(pk=rule.pk, version=version)
            if not rows.update(version=version + 1, **fields):
                raise EditedMeanwhile(
                    _("Somebody else changed this rule while you were writing. Your words are still here.")
                )
            rule.refresh_from_db()
            _record(actor, "disclosure_edited", rule, at)
    except IntegrityError:
        raise _there_already() from None
    return rule


def remove_disclosure(*, actor: User, rule: DisclosureRule, at: datetime) -> None:
    """The next rule that fits holds from now on, or our usual wording."""
    _allow(actor)
    with transaction.atomic():
        _record(actor, "disclosure_removed", rule, at)
        rule.delete()


def _fields(actor: User, words: DisclosureWords) -> dict[str, Any]:
    _allow(actor)
    if faults := faults_of(words):
        raise NotReady(" ".join(faults))
    return {
        "wordings": list(dict.fromkeys(one_line(one) for one in words.wordings)),
        "country": words.country,
        "language": words.language,
        "connector": words.connector,
        "campaign": words.campaign,
        "before": words.before,
        "decided_by": words.decided_by.strip(),
        "decided_on": words.decided_on,
        "decided_why": words.decided_why.strip(),
    }


def _record(actor: User, kind: str, rule: DisclosureRule, at: datetime) -> None:
    """What each version said, for whoever reads a share's record later."""
    data = {
        "version": rule.version, "wordings": rule.wordings, "before": rule.before, "country": rule.country,
        "language": rule.language, "connector": rule.connector, "campaign": rule.campaign_id,
        "decided_by": rule.decided_by, "decided_on": str(rule.decided_on or ""), "decided_why": rule.decided_why,
    }  # fmt: skip
    audit.record(actor=actor, kind=kind, about=f"disclosure:{rule.pk}", at=at, data=data)


def _there_already() -> NotReady:
    return NotReady(_("There is a rule for just this combination already. Please change that one."))


def _allow(actor: User) -> None:
    if not rules.can_set_disclosures(actor):
        raise NotAllowed(_("Only administrators set the words that say who is speaking."))
