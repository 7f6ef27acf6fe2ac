"""Questions that wait and the case book."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from accounts.queries import SMALLEST_GROUP
from accounts.rules import is_hr
from audiences import queries as audiences
from guidelines.models import Case, Guideline, Question
from guidelines.queries.asked import current


def helpers(guideline: Guideline | None, asker: User) -> list[User]:
    """Who may be asked, the one named in the guideline first, then HR, then the council."""
    told = Q(roles__overlap=["hr", "council"])
    if guideline and guideline.helper_id:
        told |= Q(pk=guideline.helper_id)
    found = list(User.objects.filter(told, is_active=True).exclude(pk=asker.pk))
    named = guideline.helper_id if guideline else None
    return sorted(found, key=lambda one: (one.pk != named, "hr" not in one.roles, one.name.casefold()))


def who_helps(member: User) -> list[User]:
    """When something went wrong: those named in the guidelines that are for this member, the newest first; then HR,
    then the council."""
    mine = Guideline.objects.filter(Q(audience=None) | Q(audience__in=audiences.reaching(member)))
    named = mine.filter(versions__state="published").order_by("-pk").values_list("helper", flat=True)
    order = list(dict.fromkeys(named))
    found = User.objects.filter(Q(pk__in=order) | Q(roles__overlap=["hr", "council"]), is_active=True)
    places = {number: place for place, number in enumerate(order)}
    return sorted(
        found.exclude(pk=member.pk),
        key=lambda one: (places.get(one.pk, len(order)), "hr" not in one.roles, one.name.casefold()),
    )


def questions_of(member: User) -> QuerySet[Question]:
    return member.questions.exclude(state="withdrawn").select_related("helper", "guideline").order_by("-asked_at")


def questions_for(member: User) -> QuerySet[Question]:
    """What waits for this one to answer; for HR also what went to somebody who has left."""
    mine = Q(helper=member)
    if is_hr(member):
        mine |= Q(helper=None) | Q(helper__is_active=False)
    waiting = Question.objects.filter(mine, state="open").exclude(asker=member)
    return waiting.select_related("asker", "guideline").order_by("promised_at", "pk")


def answered_by(member: User) -> QuerySet[Question]:
    rows = Question.objects.filter(answered_by=member, state="answered")
    return rows.select_related("asker", "guideline", "case").order_by("-state_at")


def late_questions(at: datetime) -> int:
    """How many have waited longer than was promised; a number, since what was asked is nobody else's."""
    return Question.objects.filter(state="open", promised_at__lte=at).count()


def cases(asked: str) -> QuerySet[Case]:
    """Those in the book that have all of these words, in the question or the answer; all of them without any."""
    found = Case.objects.filter(state="agreed").select_related("guideline")
    for word in asked.split()[:8]:
        found = found.filter(Q(words__icontains=word) | Q(answer__icontains=word))
    return found.order_by("-state_at", "-pk")


def asked_by_section(guideline: Guideline) -> dict[str, int]:
    """How many have asked about each paragraph: where people hesitate. From ten people on and in steps of ten, so that
    nobody is found who asked."""
    rows = Question.objects.filter(guideline=guideline).exclude(section="").order_by()
    people = rows.values("section").annotate(people=Count("asker", distinct=True)).values_list("section", "people")
    return {section: n - n % SMALLEST_GROUP for section, n in people if n >= SMALLEST_GROUP}


def title_of_section(question: Question) -> str:
    """As its guideline calls it today."""
    published = current(question.guideline) if question.guideline else None
    if published is None:
        return ""
    sections = published.content[published.language]["sections"]
    return next((str(one["title"]) for one in sections if one["key"] == question.section), "")
