"""A guideline that nearly everybody has signed, situations included, its second version, and one that is being
written."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import F

from accounts.models import User
from accounts.queries import SMALLEST_GROUP
from advocacy.demo.chance import dice, weighted
from advocacy.demo.sharing import Firm
from audiences.actions import save_audience
from guidelines import actions, queries, texts
from guidelines.drawing import drawn
from guidelines.evidence import keep_receipts
from guidelines.models import Due, Publication, Receipt, ReceiptPersonal, Tally, Version
from guidelines.models.evidence import GONE, SIGNED
from guidelines.starting import starters

DAYS = 75
THOUGHT_OF = """own-review forum please-like whiteboard leak applicant party angry-at-me politics layoffs hacked
journalist"""
CHANGED = (
    "Ask before you show or name a colleague or a customer, and ask a parent before you show a child. "
    "A no is an answer."
)
WHY = "Two parents told us that a nod had not been a yes."


def guide(firm: Firm) -> None:
    """After people are saved."""
    hr, other = firm.person("ruth").user, firm.person("imran").user
    first_at, second_at = firm.at - timedelta(days=DAYS), firm.at - timedelta(days=3)
    text = starters()["everybody"]
    made = actions.begin_guideline(
        actor=hr,
        name=text.title,
        language="en",
        words=actions.VersionWords(texts={"en": text}),
        helper=hr,
        starter="everybody",
        at=first_at,
    )
    chosen = actions.Chosen(asks=3, must_pass=False, ours=THOUGHT_OF.split(), own=())
    made = actions.choose_situations(actor=hr, version=made, edition=made.edition, chosen=chosen, at=first_at)
    published = publish(hr, other, made, first_at)
    settle(first_at)
    sign(firm, published, share=0.94)
    nxt = actions.begin_version(actor=hr, guideline=made.guideline, at=second_at)
    sections = tuple(replace(one, body=CHANGED) if one.key == "other-people" else one for one in text.sections)
    words = actions.VersionWords(texts={"en": texts.Text(text.title, text.summary, sections)}, what_changed={"en": WHY})
    actions.edit_version(actor=hr, version=nxt, edition=nxt.edition, words=words, at=second_at)
    second = publish(hr, other, nxt, second_at)
    settle(second_at)
    soon(second)
    sign(firm, second, share=0.4, without="mina")
    words = actions.VersionWords(texts={"en": starters()["managers"]})
    terms = {"in": [{"kind": "leads", "values": ["others"]}]}
    leaders = save_audience(actor=hr, audience=None, name="Whoever leads others", terms=terms, at=firm.at)
    actions.begin_guideline(
        actor=hr, name=starters()["managers"].title, language="en", words=words, helper=hr, starter="managers",
        audience=leaders, at=firm.at,
    )  # fmt: skip
    ask_for_evidence(firm, hr)


def ask_for_evidence(firm: Firm, hr: User) -> None:
    """Of everything, before the second version, and of one person. The worker makes them as it would anybody's."""
    before = (firm.at - timedelta(days=4)).date()
    actions.ask_pack(actor=hr, day=before, at=firm.at)
    actions.ask_pack(actor=hr, day=firm.at.date(), person=firm.person("mina").user.name, at=firm.at)


def publish(hr: User, other: User, version: Version, at: datetime) -> Publication:
    actions.submit_version(actor=hr, version=version, at=at)
    return actions.publish_version(actor=other, version=version, edition=version.edition, at=at)


def settle(at: datetime) -> None:
    while actions.settle_all(at=at):
        pass
    Due.objects.update(told_at=at)  # months ago, or by word of mouth: nobody's first page begins with it


def soon(published: Publication) -> None:
    """Whoever owed the first version is overdue again the day after: a list in which the day lies before the asking
    explains itself badly."""
    late = Due.objects.filter(publication=published, due_at__lt=F("asked_at"))
    day, grace = timedelta(days=1), timedelta(days=published.guideline.grace_days)
    late.update(set_for=F("asked_at") + day, due_at=F("asked_at") + day, waits_from=F("asked_at") + day + grace)


def sign(firm: Firm, published: Publication, *, share: float, without: str = "") -> None:
    """So many of those who were asked, within days."""
    left_out = firm.person(without).user.pk if without else None
    dues = list(Due.objects.filter(publication=published, state="open").select_related("member"))
    some = [
        due for due in dues
        if due.member_id != left_out and dice(firm.seed, "signs", published.number, due.member.name).random() < share
    ]  # fmt: skip
    receipts = [
        Receipt(
            member=due.member, publication=published, kind=SIGNED, asked_at=due.asked_at, opened=True, language="en",
            proof="name", situations=GONE, fingerprint=published.fingerprint, by=due.member,
            at=min(firm.at, due.asked_at + timedelta(hours=dice(firm.seed, "when", due.member.name).uniform(1, 60))),
        )
        for due in some
    ]  # fmt: skip
    think(firm, published, [due.member for due in some])
    kept = keep_receipts(receipts, actor=None, at=firm.at)
    ReceiptPersonal.objects.bulk_create(ReceiptPersonal(receipt=one, typed_name=one.member.name) for one in kept)
    Due.objects.filter(pk__in=[due.pk for due in some]).update(state="signed", state_at=firm.at, opened_at=firm.at)


def think(firm: Firm, published: Publication, members: Sequence[User]) -> None:
    """What they chose in their situations, counted and nothing else: mostly well, and where it is hard less so."""
    asked = {one.key: one for one in queries.asked_from(published)}
    chosen: dict[str, list[int]] = {key: [] for key in asked}
    for member in members:
        for key in drawn(list(asked.values()), published.asks, published.pk, member.pk)[: published.asks]:
            ease = dice(firm.seed, "ease", key).uniform(1.5, 6)
            rng = dice(firm.seed, "thinks", published.number, key, member.name)
            chosen[key].append(weighted(rng, [(n, ease if good else 1.0) for n, good in enumerate(asked[key].good)]))
    rows = list(Tally.objects.filter(publication=published))
    for row in rows:
        choices = chosen[row.situation]
        row.count = choices.count(row.choice)
        row.shown = choices[: len(choices) // SMALLEST_GROUP * SMALLEST_GROUP].count(row.choice)
    Tally.objects.bulk_update(rows, ["count", "shown"])
