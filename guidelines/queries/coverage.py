"""How many know a guideline: of those it is for, how many have signed what is asked of them. Counts, never names."""

from dataclasses import dataclass
from datetime import datetime

from guidelines.models import OWED, Due, Guideline
from guidelines.queries.asked import current, in_audience, unsatisfied


@dataclass(frozen=True)
class Coverage:
    people: int
    signed: int
    due: int  # asked, and there is still time
    overdue: int
    declined: int  # who said that they cannot agree yet; counted among due and overdue, too

    @property
    def share(self) -> float:
        return self.signed / self.people if self.people else 0.0


def coverage(guideline: Guideline, *, at: datetime) -> Coverage:
    members = in_audience(guideline)
    people = members.count()
    lacking = unsatisfied(guideline, members).count() if current(guideline) else people
    dues = Due.objects.filter(guideline=guideline, state__in=OWED)
    return Coverage(
        people=people,
        signed=people - lacking,
        due=dues.filter(due_at__gt=at).count(),
        overdue=dues.filter(due_at__lte=at).count(),
        declined=dues.filter(state="declined").count(),
    )
