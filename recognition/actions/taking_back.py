"""Counter-entries: what a share earned that has since been deleted is taken back, row by row.

Each counter-entry names the row it balances, so that a row derived late is balanced too, and none twice.
"""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_noop as _

from recognition.actions import scheme
from recognition.actions.visits import GONE
from recognition.models import LedgerRow
from shares.models import Share

DELETED = _("The post was deleted.")


def counter_rows(since: datetime | None) -> Iterator[LedgerRow]:
    """For shares that went since `since`, or ever."""
    gone = Share.objects.filter(state__in=GONE)
    if since is not None:
        gone = gone.filter(state_at__gte=since)
    moments: dict[int | None, datetime] = dict(gone.values_list("pk", "state_at"))
    earned = LedgerRow.objects.filter(share__in=moments, points__gt=0).exclude(rule=scheme.TAKEN_BACK).order_by("pk")
    for one in earned:
        yield LedgerRow(
            member_id=one.member_id, team_id=one.team_id, share_id=one.share_id, rule=scheme.TAKEN_BACK,
            version=scheme.VERSION, cause=f"{one.rule}:{one.cause}", about=one.about, points=-one.points,
            at=moments[one.share_id], reason=DELETED,
        )  # fmt: skip
