"""My impact: what came through one member's links, in a span, against the span before."""

from dataclasses import dataclass
from datetime import date, datetime
from statistics import quantiles

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from analytics.queries.posts import Post, own_posts, with_figures
from analytics.queries.spans import Span
from core.charts import Band, Chart, Line, Point
from core.templatetags.times import say_day
from links.queries import visits_by_day
from recognition.actions.shares import in_own_words

BEST = 5
ENOUGH_FOR_USUAL = 8


@dataclass(frozen=True)
class Impact:
    """`change` in whole per cent against the span before; None where there was nothing before."""

    span: Span
    visits: int
    today: int
    posts: int
    own_words: int
    change: int | None
    chart: Chart | None
    best: list[Post]
    ever_posted: bool

    @property
    def change_size(self) -> int:
        return abs(self.change or 0)

    @property
    def most(self) -> int:
        return max((post.visits for post in self.best), default=0) or 1


def my_impact(*, member: User, span: Span, at: datetime) -> Impact:
    """Everything on the page, by a fixed number of questions."""
    before = span.before()
    by_day = visits_by_day(owner=member, since=before.since, until=at, zone=span.zone)
    numbers, total_before = span.sums(by_day), sum(before.sums(by_day))
    total = sum(numbers)
    recent = list(own_posts(member, since=span.since))
    posts = sorted(with_figures(recent), key=lambda post: (-post.visits, -post.at.timestamp()))
    return Impact(
        span=span,
        visits=total,
        today=sum(number for day_, number in by_day if day_ == at.astimezone(span.zone).date()),
        posts=len(recent),
        own_words=len(in_own_words(recent)),
        change=round((total / total_before - 1) * 100) if total_before else None,
        chart=_chart(span, numbers) if total else None,
        best=posts[:BEST],
        ever_posted=own_posts(member).exists(),
    )


def _chart(span: Span, numbers: list[int]) -> Chart:
    weekly = span.key == "weeks"
    starts = span.starts()
    best = max(range(len(numbers)), key=lambda index: numbers[index])
    sentence = ngettext(
        "%(n)s visit through your links since %(day)s, most of them on %(best)s: %(most)s.",
        "%(n)s visits through your links since %(day)s, most of them on %(best)s: %(most)s.",
        sum(numbers),
    )
    if weekly:
        sentence = _("%(n)s visits through your links since %(day)s, most in the week of %(best)s: %(most)s.")
    return Line(
        title=_("Visits through my links, by week") if weekly else _("Visits through my links, by day"),
        sentence=sentence
        % {"n": sum(numbers), "day": day(span.first), "best": day(starts[best]), "most": numbers[best]},
        points=[Point(day(start), number) for start, number in zip(starts, numbers, strict=True)],
        columns=(_("Week of") if weekly else _("Day"), _("Visits")),
        # Days go up and down too much to have a usual, or a word beside the last of them.
        last_words=_("%(n)s this week so far") % {"n": numbers[-1]} if weekly else "",
        band=_usual(numbers[:-1]) if weekly else None,
    ).chart()


def day(moment: date) -> str:
    return say_day(moment, "short day")


def _usual(numbers: list[int]) -> Band | None:
    """Where the middle half of my own weeks lies, since my first visit in the span."""
    first = next((index for index, number in enumerate(numbers) if number), len(numbers))
    mine = numbers[first:]
    if len(mine) < ENOUGH_FOR_USUAL:
        return None
    low, _middle, high = (round(part) for part in quantiles(mine, n=4, method="inclusive"))
    if high == low:
        return None
    return Band(low, high, _("My usual week: %(low)s to %(high)s") % {"low": low, "high": high})


def since_words(span: Span) -> str:
    return say_day(span.first, "long day")
