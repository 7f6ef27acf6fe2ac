"""Questions that wait and the case book."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.queries import SMALLEST_GROUP
from accounts.rules import is_hr
from audiences import queries as audiences
from core import zones
from guidelines.models import Case, Guideline, Question
from guidelines.queries.asked import current


def helpers(guideline: Guideline | None, asker: User, at: datetime) -> list[User]:
    """Who may be asked, the one named in the guideline first, then HR, then the council; and after all of these who is
    away."""
    told = Q(roles__overlap=["hr", "council"])
    if guideline and guideline.helper_id:
        told |= Q(pk=guideline.helper_id)
    found = list(User.objects.filter(told, is_active=True).exclude(pk=asker.pk))
    named = guideline.helper_id if guideline else None
    found.sort(key=lambda one: (one.pk != named, "hr" not in one.roles, one.name.casefold()))
    return _away_last(found, at)


def who_helps(member: User, at: datetime) -> list[User]:
    """When something went wrong: those named in the guidelines that are for this member, the newest first; then HR,
    then the council; and after all of these who is away."""
    mine = Guideline.objects.filter(Q(audience=None) | Q(audience__in=audiences.reaching(member)))
    named = mine.filter(versions__state="published").order_by("-pk").values_list("helper", flat=True)
    order = list(dict.fromkeys(named))
    found = User.objects.filter(Q(pk__in=order) | Q(roles__overlap=["hr", "council"]), is_active=True)
    places = {number: place for place, number in enumerate(order)}
    here = sorted(
        found.exclude(pk=member.pk),
        key=lambda one: (places.get(one.pk, len(order)), "hr" not in one.roles, one.name.casefold()),
    )
    return _away_last(here, at)


def _away_last(people: list[User], at: datetime) -> list[User]:
    """As accounts.is_away has it, for all of them in one look."""
    numbers = [one.pk for one in people]
    paused = set(User.objects.filter(pk__in=numbers, wishes__paused_until__gt=at).values_list("pk", flat=True))
    return sorted(people, key=lambda one: one.pk in paused or back_from(one, at) > at)


def with_absence(label: Any, helper: User, at: datetime) -> str:
    """How a choice calls somebody: with their last day away, where they are."""
    if back_from(helper, at) == at or helper.away_until is None:
        return str(label)
    return _("%(name)s, away until %(day)s") % {"name": label, "day": date_format(helper.away_until)}


def back_from(helper: User, at: datetime) -> datetime:
    """When the day after their last day away begins, where they live; `at` itself where they are here."""
    if helper.away_until is None:
        return at
    day = helper.away_until + timedelta(days=1)
    return max(at, zones.to_utc(datetime.combine(day, time()), helper.time_zone).at)


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


def asked_by_section(guideline_id: int) -> dict[str, int]:
    """How many have asked about each paragraph: where people hesitate. From ten people on and in steps of ten, so that
    nobody is found who asked."""
    rows = Question.objects.filter(guideline=guideline_id).exclude(section="").order_by()
    people = rows.values("section").annotate(people=Count("asker", distinct=True)).values_list("section", "people")
    return {section: n - n % SMALLEST_GROUP for section, n in people if n >= SMALLEST_GROUP}


def title_of_section(question: Question) -> str:
    """As its guideline calls it today."""
    published = current(question.guideline) if question.guideline else None
    if published is None:
        return ""
    sections = published.content[published.language]["sections"]
    return next((str(one["title"]) for one in sections if one["key"] == question.section), "")
