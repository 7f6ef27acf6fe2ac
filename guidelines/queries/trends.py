"""How coverage moved, and where people hesitate."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from core.charts import Chart, Event, Line, Point
from core.templatetags.times import say_day
from guidelines.models import Guideline, Publication
from guidelines.queries.coverage import Coverage
from guidelines.queries.questions import asked_by_section

MOST_DAYS = 90


@dataclass(frozen=True)
class AskedAbout:
    """A paragraph, and how many have asked about it, in tens. Never who."""

    section: str
    title: str
    asked: int


def asked_about(published: Publication) -> list[AskedAbout]:
    """The most often asked about first; those that nobody asked about are left out."""
    asked = asked_by_section(published.guideline_id)
    found = [
        AskedAbout(str(one["key"]), str(one["title"]), asked[one["key"]])
        for one in published.content[published.language]["sections"]
        if one["key"] in asked
    ]
    return sorted(found, key=lambda one: -one.asked)


def trend(guideline: Guideline, covered: Coverage, *, at: datetime) -> Chart | None:
    """Of a hundred people it is for, how many had signed as each day began; and now. None before there are two days."""
    rows = guideline.days.filter(people__gt=0, day__lt=at.date()).order_by("-day")[:MOST_DAYS]
    known = [(one.day, one.signed, one.people) for one in reversed(rows)]
    if not known or not covered.people:
        return None
    shares = [(day, 100 * signed // people) for day, signed, people in known]
    shares.append((at.date(), 100 * covered.signed // covered.people))
    versions = _versions(guideline, [day for day, _share in shares])
    told = {"n": shares[-1][1], "then": shares[0][1], "day": say_day(shares[0][0], "short day")}
    return Line(
        title=_("Signed, of a hundred it is for"),
        sentence=" ".join(
            [
                _("%(n)s of a hundred have signed now; on %(day)s it was %(then)s.") % told,
                *(
                    _("%(version)s came out on %(day)s.") % {"version": name, "day": day}
                    for name, day in versions.values()
                ),
            ]
        ),
        points=[Point(say_day(day, "short day"), share) for day, share in shares],
        columns=(_("Day"), _("Signed, of a hundred")),
        last_words=_("%(n)s now") % told,
        events=[Event(place, name, whole=True) for place, (name, _day) in versions.items()],
    ).chart()


def _versions(guideline: Guideline, days: list[date]) -> dict[int, tuple[str, str]]:
    """Those that came out within these days: by place, its name and its day. The first one is where all begins."""
    found: dict[int, tuple[str, str]] = {}
    for number, at in guideline.publications.filter(number__gt=1).order_by("number").values_list("number", "at"):
        day = timezone.localtime(at).date()
        if days[0] < day <= days[-1]:
            place = max(place for place, one in enumerate(days) if one <= day)
            found[place] = (_("Version %(n)s") % {"n": number}, say_day(day, "short day"))
    return found
