"""A member goes through the situations of what they are asked to sign. Which answer somebody chose is counted, and kept
with nobody."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.queries import SMALLEST_GROUP
from core.refusals import MovedOn, NotAllowed, NotReady
from guidelines import bank, queries, rules
from guidelines.models import OWED, Due, Publication, Tally
from guidelines.models.evidence import GONE, PASSED


@dataclass(frozen=True)
class Answered:
    """What the page shows at once. Nothing of it is kept."""

    situation: bank.Situation
    choice: int
    counted: bool  # the first time

    @property
    def is_good(self) -> bool:
        return self.situation.good[self.choice]


def answer_situation(*, actor: User, due: Due, key: str, choice: int, at: datetime) -> Answered:
    """One answer to the situation that is asked now, which is counted; or another one to a situation that was answered,
    which is only explained."""
    if not rules.can_sign(actor, due):
        raise NotAllowed(_("You can answer only for yourself."))
    if due.state not in OWED or due.publication.version.state != "published":
        raise MovedOn(_("A newer version is out, or it was signed already. Please look at what is there now."))
    if due.opened_at is None:
        raise NotReady(_("Please open the guideline first; it takes a few minutes to read."))
    steps = queries.steps_of(due)
    found = steps.find(key)
    if found is None:
        raise MovedOn(_("The situations come one after another. Please go on with the one that is shown."))
    if not 0 <= choice < len(found.good):
        raise NotReady(_("Please choose one of the answers."))
    return Answered(found, choice, found is steps.now and _count(due, steps, found, choice))


def _count(due: Due, steps: queries.Steps, found: bank.Situation, choice: int) -> bool:
    """Of two answers at once the second finds that it is answered."""
    more: dict[str, Any] = {"answered": F("answered") + 1}
    if due.publication.must_pass and found.good[choice]:
        more["passed"] = F("passed") + 1
    if due.publication.must_pass and due.answered and due.answered % len(steps.asked) == 0:
        # All were asked, and not enough answered well: another round counts by itself, so that none counts twice.
        more["passed"] = int(found.good[choice])
    with transaction.atomic():
        here = Due.objects.filter(pk=due.pk, answered=due.answered, state__in=OWED)
        if not here.update(**more):
            due.refresh_from_db(fields=["answered", "passed"])
            return False
        if due.answered < len(steps.asked):  # somebody who tries once more is not counted again
            _tally(due.publication, found.key, choice)
    due.refresh_from_db(fields=["answered", "passed"])
    return True


def _tally(publication: Publication, key: str, choice: int) -> None:
    """What pages show follows in steps of ten, so that two looks do not tell what one person chose."""
    rows = Tally.objects.filter(publication=publication, situation=key)
    counted = list(rows.select_for_update().order_by("choice"))
    rows.filter(choice=choice).update(count=F("count") + 1)
    if sum(row.count - row.shown for row in counted) + 1 >= SMALLEST_GROUP:
        rows.update(shown=F("count"))


def situations_in(due: Due) -> str:
    """What a receipt says of them. Raises NotReady while some are left."""
    steps = queries.steps_of(due)
    if steps.left and due.publication.must_pass:
        raise NotReady(
            _("Please go on with the situations first; they stand above your signature. Try as often as you like.")
        )
    if steps.left:
        raise NotReady(_("Please go through the situations first; they stand above your signature."))
    if not steps.wanted:
        return ""
    return PASSED if due.publication.must_pass else GONE
