"""HR chooses the situations of a draft: which of ours are on, those of their own, how many are asked, and whether going
through them is enough."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from connectors.text import one_line, printable
from core.refusals import EditedMeanwhile, MovedOn, NotAllowed, NotReady
from guidelines import bank, rules
from guidelines.models import Version
from guidelines.models.versions import MOST_ASKED

LONGEST_TITLE, LONGEST_SCENE, LONGEST_ANSWER, LONGEST_WHY, LONGEST_HELPS, MOST_OWN = 80, 1000, 200, 400, 300, 20


@dataclass(frozen=True)
class Chosen:
    asks: int
    must_pass: bool
    ours: Sequence[str]
    own: Sequence[bank.Situation]


def choose_situations(*, actor: User, version: Version, edition: int, chosen: Chosen, at: datetime) -> Version:
    """Save on top of `edition`, which counts what is saved of the text, too. Raises EditedMeanwhile; MovedOn when it is
    no draft any more."""
    if not rules.can_write(actor):
        raise NotAllowed(_("Guidelines are written by HR."))
    if not 0 <= chosen.asks <= MOST_ASKED:
        raise NotReady(_("Please ask from none to five situations."))
    if len(chosen.own) > MOST_OWN:
        raise NotReady(_("That is more than %(n)s situations of your own. Please leave some out.") % {"n": MOST_OWN})
    if len({one.key for one in chosen.own} | set(bank.ours())) != len(chosen.own) + len(bank.ours()):
        raise NotReady(_("Two situations have the same key. Please open the page again."))
    rows = Version.objects.filter(pk=version.pk, state="draft")
    changes = {
        "asks": chosen.asks,
        "must_pass": chosen.must_pass,
        "ours": [key for key in bank.ours() if key in set(chosen.ours)],
        "own": [bank.write(cleaned(one)) for one in chosen.own],
        "edition": edition + 1,
        "edited_by": actor,
        "edited_at": at,
    }
    if not rows.filter(edition=edition).update(**changes):
        if rows.exists():
            raise EditedMeanwhile(_("Somebody else has saved this version meanwhile. Below is how yours differs."))
        raise MovedOn(_("A colleague has sent this version on, so it cannot be changed. Your words are below."))
    version.refresh_from_db()
    return version


def cleaned(one: bank.Situation) -> bank.Situation:
    """Without marks that nobody sees. What is too long is refused, and not cut."""
    tellings = {}
    for language, said in one.tellings.items():
        answers = tuple(bank.Answer(one_line(answer.text), one_line(answer.why)) for answer in said.answers)
        told = bank.Telling(one_line(said.title), printable(said.scene).strip(), answers, one_line(said.helps))
        sizes = [(told.title, LONGEST_TITLE), (told.scene, LONGEST_SCENE), (told.helps, LONGEST_HELPS)]
        sizes += [pair for answer in answers for pair in ((answer.text, LONGEST_ANSWER), (answer.why, LONGEST_WHY))]
        if any(len(text) > most for text, most in sizes):
            raise NotReady(_("“%(title)s” is longer than a situation can be. Please say it shorter.") % named(told))
        tellings[language] = told
    return replace(one, tellings=tellings)


def missing_in(one: bank.Situation) -> str:
    """What keeps a situation of HR's own from being asked, in one sentence; "" when nothing does."""
    for said in one.tellings.values():
        if not (said.title and said.scene and said.helps):
            return _("“%(title)s” needs a title, a scene, and what helps.") % named(said)
        if len(said.answers) < 2 or not all(answer.text and answer.why for answer in said.answers):
            return _("“%(title)s” needs two answers at least, each with what it explains.") % named(said)
        if not any(one.good):
            return _("“%(title)s” needs a good answer, or several.") % named(said)
    return ""


def named(said: bank.Telling) -> dict[str, str]:
    return {"title": said.title[:LONGEST_TITLE] or said.scene[:40]}
