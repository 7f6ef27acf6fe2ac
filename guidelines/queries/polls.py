"""The yearly poll: its words, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.queries import SMALLEST_GROUP
from guidelines.models import Poll, PollDone, PollTally

# In the order in which they are asked.
QUESTIONS = {
    "may": _("I know what I may post."),
    "whom": _("I know whom to ask."),
    "trusted": _("I feel trusted."),
}
ANSWERS = {1: _("Not at all"), 2: _("Rather not"), 3: _("Neither"), 4: _("Rather"), 5: _("Entirely")}
AGREES = (4, 5)


@dataclass(frozen=True)
class Agreed:
    """To one sentence: how many of how many said rather or entirely."""

    sentence: Any
    agreed: int
    of: int

    @property
    def share(self) -> int:
        return 100 * self.agreed // self.of if self.of else 0


@dataclass(frozen=True)
class Result:
    poll: Poll
    agreed: list[Agreed]  # empty while it is open, and where fewer than ten have answered


def open_poll_for(member: User, at: datetime) -> Poll | None:
    """What this member has not answered yet."""
    asked = Poll.objects.filter(closes_at__gt=at).exclude(pk__in=PollDone.objects.filter(member=member).values("poll"))
    return asked.first()


def poll_results(at: datetime) -> list[Result]:
    """The newest first. Nothing of a poll that is open, since two looks around one answer would tell it, nor of one
    that fewer than ten have answered."""
    found = []
    tallies: dict[int, list[PollTally]] = {}
    for tally in PollTally.objects.filter(~Q(count=0), poll__closes_at__lte=at):
        tallies.setdefault(tally.poll_id, []).append(tally)
    for poll in Poll.objects.order_by("-opened_at"):
        rows = tallies.get(poll.pk, [])
        agreed = [
            Agreed(
                sentence,
                sum(row.count for row in rows if row.question == key and row.answer in AGREES),
                sum(row.count for row in rows if row.question == key),
            )
            for key, sentence in QUESTIONS.items()
        ]
        answers = max(one.of for one in agreed)
        found.append(Result(poll, agreed if answers >= SMALLEST_GROUP else []))
    return found
