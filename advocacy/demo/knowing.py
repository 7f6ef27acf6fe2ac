"""How well the guidelines are known at Brackenby: questions, a few cases, days counted, last year's poll and this
year's, professions, managers, and one who is away."""

from datetime import datetime, timedelta

from accounts.models import User
from advocacy.demo.chance import dice
from advocacy.demo.sharing import Firm
from content.models import Phrase
from guidelines import actions
from guidelines.actions.polling import LASTS
from guidelines.models import Case, CoverageDay, Due, Guideline, Poll, PollDone, PollTally, Receipt
from guidelines.models.evidence import SIGNED
from guidelines.queries import ANSWERS, QUESTIONS
from notifications.models import Notice

CASES = [
    (
        "customers",
        "May I show a customer’s repaired bicycle if the customer cannot be seen?",
        "Yes, unless something on it tells whose it is: a name plate, a child seat with a name, a house behind it. "
        "Ask, and they nearly always say yes and are pleased.",
    ),
    (
        "not-yet",
        "The new colour stands in our window. Is that announced?",
        "What customers can see from the street is out. What hangs in the paint shop is not.",
    ),
    (
        "kind",
        "Somebody writes that our brakes are dangerous. May I answer?",
        "You may, and you need not. If you know the part, say what you know and where to have it looked at, free of "
        "charge. If not, hand it on: one person in service answers such things the same day.",
    ),
    (
        "rights",
        "May I write that our shift starts too early?",
        "Yes. It is yours to say, with your name or without, here or anywhere.",
    ),
]  # fmt: skip
DAYS_COUNTED = 60
WONDERED = 16
WONDER = [
    ("not-yet", "May I say that we are testing a belt drive?", "Not before it is in the shops; spring, I hope."),
    ("not-yet", "Is the spring catalogue out already?", "Since Monday. Say what you like about it."),
    ("not-yet", "May I post a photo of the paint shop?", "Of the shop, yes. Not of what hangs at the back of it."),
    ("kind", "A neighbour is rude about us in the village group. May I answer?", "You may, and you need not."),
]  # fmt: skip
# How many of a hundred say 1 to 5, last year and this
LAST = {"may": (9, 22, 27, 28, 14), "whom": (14, 27, 24, 22, 13), "trusted": (6, 13, 26, 36, 19)}
NOW = {"may": (2, 7, 15, 46, 30), "whom": (3, 8, 17, 43, 29), "trusted": (4, 9, 22, 40, 25)}


def know(firm: Firm) -> None:
    """After guidelines are signed."""
    roles(firm)
    guideline = Guideline.objects.get(name="Speaking about us online")
    questions(firm, guideline)
    for number, (section, words, answer) in enumerate(CASES):
        Case.objects.create(
            guideline=guideline, section=section, language="en", words=words, answer=answer,
            by=firm.person("ruth").user, state="agreed", state_at=firm.at - timedelta(days=9 * number + 2),
            proposed_at=firm.at - timedelta(days=9 * number + 3),
        )  # fmt: skip
    Phrase.objects.filter(kind="unannounced").update(link=f"/guidelines/{guideline.pk}/#s-not-yet")
    count_days(guideline, firm.at)
    poll(firm, firm.at.year - 1, firm.at - timedelta(days=380), LAST, 131)
    poll(firm, firm.at.year, firm.at - timedelta(days=9), NOW, 84)


def roles(firm: Firm) -> None:
    """Whoever is called lead leads their team; the engineers are engineers by profession."""
    for lead in User.objects.filter(job_title__icontains="lead", is_active=True).order_by("pk"):
        User.objects.filter(team=lead.team, manager=None).exclude(pk=lead.pk).update(manager=lead)
    User.objects.filter(job_title__icontains="engineer").update(profession="Engineer")
    User.objects.filter(job_title__icontains="mechanic").update(profession="Mechanic")
    away = Due.objects.filter(state="open").exclude(member=firm.person("mina").user).order_by("pk").first()
    if away:
        User.objects.filter(pk=away.member_id).update(away_until=(firm.at + timedelta(days=24)).date())


def questions(firm: Firm, guideline: Guideline) -> None:
    mina, ruth = firm.person("mina").user, firm.person("ruth").user
    asked_at = firm.at - timedelta(days=6)
    asked = actions.ask_question(
        actor=mina, helper=ruth, words="May I show the cargo bike that goes to the school, with the children on it?",
        draft="Last test ride before it goes to the school. Guess who wants to keep it.",
        about=actions.About(guideline, "other-people"), at=asked_at,
    )  # fmt: skip
    actions.answer_question(
        actor=ruth, question=asked, at=asked_at + timedelta(hours=3),
        answer="The bike: gladly. The children: only with their parents’ yes, each of them, and a no is an answer. "
        "From behind and too small to be known is fine, too.",
    )  # fmt: skip
    others = [one.user for one in firm.people if one.user.is_active and one.user.pk not in (mina.pk, ruth.pk)]
    for number, other in enumerate(others[3 : 3 + WONDERED]):
        section, words, answer = WONDER[number % len(WONDER)]
        made = actions.ask_question(
            actor=other, helper=ruth, words=words, about=actions.About(guideline, section),
            at=firm.at - timedelta(days=WONDERED - number, hours=5),
        )  # fmt: skip
        if number < WONDERED - 2:
            at = firm.at - timedelta(days=WONDERED - number, hours=1)
            actions.answer_question(actor=ruth, question=made, answer=answer, at=at)
    Notice.objects.filter(kind="question.answered").exclude(member=mina).update(read_at=firm.at)


def count_days(guideline: Guideline, at: datetime) -> None:
    """From the receipts, as each day began."""
    publications = list(guideline.publications.order_by("number"))
    days = []
    for back in range(DAYS_COUNTED, 0, -1):
        begins = (at - timedelta(days=back)).replace(hour=0, minute=0)
        out = [one for one in publications if one.at <= begins]
        if not out:
            continue
        people = User.objects.filter(joined_at__lte=begins).exclude(left_at__lte=begins).count()
        signed = Receipt.objects.filter(publication=out[-1], kind=SIGNED, at__lte=begins).count()
        days.append(
            CoverageDay(guideline=guideline, day=begins.date(), people=people, signed=min(signed, people), overdue=0)
        )
    CoverageDay.objects.bulk_create(days)


def poll(firm: Firm, year: int, opened_at: datetime, shares: dict[str, tuple[int, ...]], answered: int) -> None:
    made = Poll.objects.create(year=year, opened_at=opened_at, closes_at=opened_at + LASTS)
    rng = dice(firm.seed, "poll", year)
    for question in QUESTIONS:
        drawn = rng.choices(list(ANSWERS), shares[question], k=answered)
        PollTally.objects.bulk_create(
            PollTally(poll=made, question=question, answer=answer, count=drawn.count(answer)) for answer in ANSWERS
        )
    if made.closes_at > firm.at:
        mina = firm.person("mina").user
        active = [one.user for one in firm.people if one.user.is_active and one.user.pk != mina.pk]
        PollDone.objects.bulk_create(PollDone(poll=made, member=user) for user in active[:answered])
