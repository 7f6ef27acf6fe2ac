"""Who is asked to sign. One pass makes it so from what is true now: who belongs to the audience, what is published,
what was signed. Joiners, movers, leavers and a new version are the same to it, and doing it again changes nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import DateTimeField, Exists, F, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Greatest
from django.urls import reverse

from accounts.models import User
from core.flow import move_all
from guidelines import evidence, queries
from guidelines.models import FORGOTTEN, OWED, Due, Guideline, Publication, Receipt, Version
from guidelines.models.evidence import LEFT, SUPERSEDED, WITHDRAWN
from guidelines.rhythm import FARTHEST_AWAY, LEAST_PAUSE, NONE, TIME_AFTER_RETURN, next_reminder
from notifications import actions as notifications

BATCH = 10_000


def settle_all(*, at: datetime) -> int:
    """Each guideline until it is as it should be, the one that came out last first; how many dues were made or ended.
    Others are looked at only then, since looking costs more than asking."""
    latest = Max("publications__at")
    guidelines = Guideline.objects.select_related("audience").annotate(latest=latest).order_by("-latest", "pk")
    done = 0
    for guideline in guidelines:
        while batch := settle_dues(guideline, at=at):
            done += batch
    return done


def settle_dues(guideline: Guideline, *, at: datetime, limit: int = BATCH) -> int:
    """One batch. Two workers share the work: each takes rows that the other does not hold."""
    with transaction.atomic():
        # One at a time for each guideline, so that nobody is asked twice.
        if not Guideline.objects.select_for_update(skip_locked=True).filter(pk=guideline.pk).exists():
            return 0
        published = queries.current(guideline)
        for part in (_end_older, _end_of_leavers, _ask_again, _ask):
            if done := part(guideline, published, at, limit):
                return done
        _wait_for_the_away(guideline, at)
        if published:
            Version.objects.filter(pk=published.version_id, asked_all_at=None).update(asked_all_at=at)
    return 0


def _end_older(guideline: Guideline, published: Publication | None, at: datetime, limit: int) -> int:
    """Of a version that is no longer the one: who still owes it is asked for the new one, by the day that was set."""
    rows = Due.objects.filter(guideline=guideline).exclude(state__in=["signed", "over"])
    older = list(_held(rows.exclude(publication=published) if published else rows, limit))
    owing = [due for due in older if due.state in OWED]
    _end(owing, "over", SUPERSEDED if published else WITHDRAWN, at)
    move_all([due for due in older if due.state == "left"], "over", at=at, **FORGOTTEN)
    if published:
        before = {due.member_id: due for due in owing}
        still = queries.unsatisfied(guideline, queries.in_audience(guideline).filter(pk__in=before))
        latest = at + timedelta(days=published.sign_within)
        _make(guideline, published, at, {
            pk: {
                "due_at": min(before[pk].set_for, latest), "told_at": before[pk].told_at,
                "manager_told_at": before[pk].manager_told_at,
            }
            for pk in still.values_list("pk", flat=True)
        })  # fmt: skip
    return len(older)


def _end_of_leavers(guideline: Guideline, published: Publication | None, at: datetime, limit: int) -> int:
    """Who left the audience, or the firm."""
    rows = Due.objects.filter(guideline=guideline, state__in=OWED)
    gone = list(_held(rows.exclude(member__in=queries.in_audience(guideline).values("pk")), limit))
    _end(gone, "left", LEFT, at)
    return len(gone)


def _ask_again(guideline: Guideline, published: Publication | None, at: datetime, limit: int) -> int:
    """Who came back has the whole time again."""
    if published is None:
        return 0
    back = queries.unsatisfied(guideline, queries.in_audience(guideline)).values("pk")
    rows = list(_held(Due.objects.filter(publication=published, state="left", member__in=back), limit))
    times = _times(guideline, at + timedelta(days=published.sign_within), at)
    move_all(rows, "open", at=at, asked_at=at, opened_at=None, told_at=None, manager_told_at=None, **times)
    return len(rows)


def _ask(guideline: Guideline, published: Publication | None, at: datetime, limit: int) -> int:
    if published is None:
        return 0
    asked = Due.objects.filter(publication=published, member=OuterRef("pk"))
    lacking = queries.unsatisfied(guideline, queries.in_audience(guideline)).filter(~Exists(asked))
    times = _times(guideline, at + timedelta(days=published.sign_within), at)
    return _insert(lacking.order_by("pk")[:limit], {
        "guideline_id": Value(guideline.pk), "publication_id": Value(published.pk), "state": Value("open"),
        "answered": Value(0), "passed": Value(0),
        **{name: Value(one, DateTimeField()) for name, one in {**times, "asked_at": at, "state_at": at}.items()},
    })  # fmt: skip


def _insert(members: QuerySet[User], values: Mapping[str, Value]) -> int:
    """A due for each of these members, all alike, by one statement: fifty thousand of them never come here as rows."""
    rows = members.annotate(**{f"due_{name}": value for name, value in values.items()})
    query, given = rows.values_list("pk", *(f"due_{name}" for name in values)).query.sql_with_params()
    columns = ", ".join(connection.ops.quote_name(name) for name in ("member_id", *values))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {connection.ops.quote_name(Due._meta.db_table)} ({columns}) {query}", given)
        return int(cursor.rowcount)


def _wait_for_the_away(guideline: Guideline, at: datetime) -> None:
    """Whoever is away has some days after coming back, and is not reminded before. Whoever comes back sooner, or was
    never away, has the day that was set; but never less than those days from now."""
    back = Cast("away_until", DateTimeField()) + TIME_AFTER_RETURN
    away = User.objects.filter(pk=OuterRef("member"), away_until__lte=at.date() + FARTHEST_AWAY)
    rows = Due.objects.filter(guideline=guideline, state__in=OWED)
    rows = rows.annotate(
        wanted=Greatest("set_for", Coalesce(Subquery(away.annotate(back=back).values("back")), F("set_for")))
    )
    soon = Value(at + TIME_AFTER_RETURN, output_field=DateTimeField())
    _move_due(guideline, rows.filter(due_at__lt=F("wanted")), F("wanted"))
    # Once they have these days they are not moved again.
    _move_due(guideline, rows.filter(due_at__gt=Greatest(F("wanted"), soon)), Greatest(F("wanted"), soon))


def _move_due(guideline: Guideline, rows: QuerySet[Due], to: Any) -> None:
    rows.update(
        due_at=to, waits_from=to + timedelta(days=guideline.grace_days),
        remind_at=to - LEAST_PAUSE if guideline.rhythm != NONE else None,
    )  # fmt: skip


def _held(rows: QuerySet[Due], limit: int) -> QuerySet[Due]:
    return rows.select_related("publication").order_by("pk").select_for_update(of=("self",))[:limit]


def _make(guideline: Guideline, published: Publication, at: datetime, owing: Mapping[int, Mapping[str, Any]]) -> int:
    """A due for each of these members, with what is its own."""
    rows = [
        Due(
            member_id=pk, guideline=guideline, publication=published, state="open", state_at=at, asked_at=at,
            **{**_times(guideline, own["due_at"], at), **own},
        )
        for pk, own in owing.items()
    ]  # fmt: skip
    return len(Due.objects.bulk_create(rows, batch_size=BATCH))


def _times(guideline: Guideline, due_at: datetime, at: datetime) -> dict[str, Any]:
    """By when, from when sharing waits, and when they are reminded first."""
    return {
        "set_for": due_at,
        "due_at": due_at,
        "waits_from": due_at + timedelta(days=guideline.grace_days),
        "remind_at": next_reminder(guideline.rhythm, due_at, at + LEAST_PAUSE),
    }


def _end(dues: Sequence[Due], state: str, kind: str, at: datetime) -> None:
    """With a receipt of what did not happen."""
    if not dues:
        return
    opened = {due.pk for due in dues if due.opened_at is not None}
    move_all(dues, state, at=at, **FORGOTTEN)
    if state == "left":  # for all others the same page has the newer version
        url = reverse("guidelines:read", args=[dues[0].guideline_id])
        notifications.settle_notices_of(members=[due.member_id for due in dues], url=url, at=at)
    evidence.keep_receipts(
        [
            Receipt(
                member_id=due.member_id, publication=due.publication, kind=kind, asked_at=due.asked_at,
                opened=due.pk in opened, fingerprint=due.publication.fingerprint, at=at,
            )
            for due in dues
        ],
        actor=None, at=at,
    )  # fmt: skip
