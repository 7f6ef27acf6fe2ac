"""A member's own points, row by row. Nobody else sees them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from recognition.actions import scheme
from recognition.models import LedgerRow


@dataclass(frozen=True)
class Explained:
    """A row in words: what it was for, and why it is not more."""

    row: LedgerRow
    what: str
    why: str

    @property
    def story(self) -> str:
        return self.row.share.story.title if self.row.share else ""

    @property
    def points(self) -> str:
        """`+2.5`, `0`, `−10`."""
        points = self.row.points.normalize()
        sign = "+" if points > 0 else "−" if points < 0 else ""
        return f"{sign}{number_format(abs(points))}"


def points_history(member: User) -> QuerySet[LedgerRow]:
    return LedgerRow.objects.filter(member=member).select_related("share__story").order_by("-at", "-pk")


def points_between(member: User, since: datetime, until: datetime) -> Decimal:
    total = LedgerRow.objects.filter(member=member, at__gte=since, at__lt=until).aggregate(points=Sum("points"))
    return total["points"] or Decimal(0)


def explained(row: LedgerRow) -> Explained:
    return Explained(row, _what(row), _why(row))


def _what(row: LedgerRow) -> str:
    if row.rule == scheme.VISITS:
        number = int(row.cause.rsplit(":", 1)[1])
        return ngettext("First visit of the day", "%(n)s visits on one day", number) % {"n": number}
    words = {
        scheme.FIRST_SHARE: _("First share of a story"),
        scheme.OWN_WORDS: _("In your own words"),
        scheme.TAKEN_BACK: _("Taken back"),
    }
    return words.get(row.rule, row.rule)


def _why(row: LedgerRow) -> str:
    if row.reason:
        return _(row.reason)
    if row.rule == scheme.FIRST_SHARE and row.points < scheme.SHARE_POINTS:
        half = row.points == scheme.SHARE_POINTS / 2
        return _("Half, from the fourth of a week on.") if half else _("A quarter, from the seventh of a week on.")
    return ""
