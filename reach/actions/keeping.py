"""What a look at posts leaves behind: readings, the next windows, what was gone, and what it cost."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts import queries as accounts
from accounts.models import LinkedAccount
from connectors.base import Reading as Figures
from reach.actions.forgetting import forget_readings
from reach.actions.pools import own_pool, spare_the_lonely
from reach.actions.schedule import next_window, pause_after
from reach.models import Reading, ReadingPlan, kinds_of

# One statement for all of a batch; what has gone meanwhile stays gone.
MOVE_ON = """
UPDATE reach_readingplan AS plan SET last_at = %(at)s, due_at = new.due_at, late_at = new.late_at, said = new.said,
    still = new.still, failures = 0, reason = '', rung_until = NULL
FROM unnest(%(ids)s::bigint[], %(due)s::timestamptz[], %(late)s::timestamptz[], %(said)s::text[], %(still)s::int[])
    AS new(share_id, due_at, late_at, said, still)
WHERE plan.share_id = new.share_id AND plan.gone_at IS NULL
RETURNING plan.share_id
"""
ADD_COST = """
INSERT INTO reach_readingcost AS cost (connector, day, calls, posts) VALUES (%s, %s, %s, %s)
ON CONFLICT (connector, day) DO UPDATE SET calls = cost.calls + excluded.calls, posts = cost.posts + excluded.posts
"""


def keep_answers(
    plans: Sequence[ReadingPlan], answers: Mapping[str, Figures], reader: LinkedAccount | None, at: datetime
) -> int:
    """How many readings were written. A post that another member's token does not see may be hidden rather than gone:
    its own member's token is asked before it is believed."""
    told, silent = [], []
    for plan in plans:
        figures = answers.get(plan.share.post_id)
        if figures is not None and not figures.gone:
            told.append((plan, figures))
        elif reader is not None and reader.pk != plan.share.account_id:
            ask_its_owner(plan, at)
        elif figures is None:
            silent.append(plan)
        else:
            end_plan(plan, at)
    fail_plans(silent, _("The platform did not answer about this post."), at)
    return write_readings(told, at) if told else 0


def write_readings(told: Sequence[tuple[ReadingPlan, Figures]], at: datetime) -> int:
    moved: dict[str, list[object]] = {"ids": [], "due": [], "late": [], "said": [], "still": []}
    for plan, figures in told:
        said = ",".join("" if number is None else str(number) for number in kinds_of(figures).values())
        still = plan.still + 1 if said == plan.said else 0
        connector = accounts.connectors()[plan.share.connector]
        window = next_window(connector, plan.share.published_at or at, at, still=still) or (None, None)
        for name, value in zip(moved, (plan.share_id, *window, said, still), strict=True):
            moved[name].append(value)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(MOVE_ON, {"at": at, **moved})
            kept = {share_id for (share_id,) in cursor.fetchall()}
        rows = [(plan, figures) for plan, figures in told if plan.share_id in kept]
        Reading.objects.bulk_create(Reading(share=plan.share, at=at, **kinds_of(figures)) for plan, figures in rows)
        spare_the_lonely(list(kept))
    return len(rows)


def ask_its_owner(plan: ReadingPlan, at: datetime) -> None:
    change(plan, pool=own_pool(plan.account), due_at=at, late_at=at)


def end_plan(plan: ReadingPlan, at: datetime) -> None:
    """The post is gone: it is read no more, and our copy of its figures goes with it."""
    with transaction.atomic():
        change(plan, due_at=None, late_at=None, gone_at=at, reason="")
        forget_readings(plan.share_id)


def fail_plans(plans: Sequence[ReadingPlan], sentence: str, at: datetime, until: datetime | None = None) -> None:
    for plan in plans:
        again = until or at + pause_after(plan.failures + 1)
        change(plan, due_at=again, late_at=again, failures=F("failures") + 1, reason=sentence[:300])


def change(plan: ReadingPlan, **changes: object) -> None:
    ReadingPlan.objects.filter(pk=plan.pk).update(**{"rung_until": None, **changes})


def note_cost(connector: str, at: datetime, *, calls: int, posts: int) -> None:
    if calls:
        with connection.cursor() as cursor:
            cursor.execute(ADD_COST, [connector, at.astimezone(UTC).date(), calls, posts])
