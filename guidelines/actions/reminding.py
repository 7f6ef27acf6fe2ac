"""Reminders: to the person first, by the guideline's rhythm; to their manager only where its rule says so. The ways and
working hours of whoever is told are the notifications' own matter."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from accounts.queries import away_from
from guidelines import texts
from guidelines.actions.telling import about
from guidelines.models import Due, Guideline, Publication, Reminder
from guidelines.rhythm import FARTHEST_AWAY, next_reminder
from notifications import actions as notifications

BATCH = 1000
KIND, MANAGER_KIND = "guideline.reminder", "guideline.manager"


def remind_dues(*, at: datetime) -> int:
    """One batch; of how many dues somebody was reminded or passed over. 0 when nobody waits for a reminder."""
    with transaction.atomic():
        rows = Due.objects.filter(state="open", remind_at__lte=at)
        first = rows.order_by("remind_at").first()
        if first is None:
            return 0
        dues = _held(rows.filter(publication=first.publication_id).order_by("remind_at"))
        published = Publication.objects.select_related("guideline").get(pk=first.publication_id)
        here = [due for due in dues if due.member.is_active and back_at(due.member, at) is None]
        _tell(here, published, at)
        for due in dues:
            after = back_at(due.member, at) or at
            due.remind_at = next_reminder(published.guideline.rhythm, due.due_at, after)
        Due.objects.bulk_update(dues, ["remind_at"], batch_size=BATCH)
        return len(dues)


def _held(rows: QuerySet[Due]) -> list[Due]:
    return list(rows.select_related("member").select_for_update(of=("self",), skip_locked=True)[:BATCH])


def back_at(member: User, at: datetime) -> datetime | None:
    """The first moment after the last day away; None for whoever is here."""
    if member.away_until is None or member.away_until < away_from(at):
        return None
    last = min(member.away_until, at.date() + FARTHEST_AWAY)
    return datetime.combine(last + timedelta(days=1), time(12), at.tzinfo)


def _tell(dues: Sequence[Due], published: Publication, at: datetime) -> None:
    url = reverse("guidelines:read", args=[published.guideline_id])

    def said(language: str) -> notifications.Said:
        title = texts.text_of(published.content, language, published.language)[0].title
        with override(language):
            return notifications.Said(
                _("Still to read and sign: “%(title)s”.") % {"title": title},
                _("It takes a few minutes to read, and one signature."),
            )

    members = [due.member for due in dues]
    notifications.tell_all(members=members, kind=KIND, about=about(published.guideline_id), words=said, url=url, at=at)
    _keep(dues, Reminder.PERSON, at)


def _keep(dues: Sequence[Due], kind: str, at: datetime) -> None:
    Reminder.objects.bulk_create(
        Reminder(
            member_id=due.member_id, publication_id=due.publication_id, kind=kind, at=at,
            told=due.member if kind == Reminder.PERSON else _manager(due),
        )
        for due in dues
    )  # fmt: skip


def _manager(due: Due) -> User:
    assert due.member.manager  # the query asked for those who have one
    return due.member.manager


def tell_managers(*, at: datetime) -> int:
    """One batch of one guideline whose rule it is, of people who were reminded themselves. Nobody is told of somebody
    who is away, or said that they cannot agree yet: that is an answer, and HR's."""
    for guideline in Guideline.objects.exclude(manager_after=None).order_by("pk"):
        if told := _tell_managers_of(guideline, at):
            return told
    return 0


def _tell_managers_of(guideline: Guideline, at: datetime) -> int:
    assert guideline.manager_after is not None
    reminded = Reminder.objects.filter(member=OuterRef("member"), publication__guideline=guideline)
    late = Due.objects.filter(
        Exists(reminded.filter(kind=Reminder.PERSON)), guideline=guideline, state="open", manager_told_at=None,
        member__is_active=True, due_at__lte=at - timedelta(days=guideline.manager_after),
        member__manager__is_active=True,
    )  # fmt: skip
    for whose in ("member", "member__manager"):
        late = late.exclude(**{f"{whose}__away_until__gte": away_from(at)})
    with transaction.atomic():
        dues = _held(late.order_by("pk").select_related("member__manager", "publication"))
        by_manager: dict[User, list[Due]] = {}
        for due in dues:
            by_manager.setdefault(_manager(due), []).append(due)
        for manager, several in by_manager.items():
            _tell_manager(manager, several, at)
        _keep(dues, Reminder.MANAGER, at)
        Due.objects.filter(pk__in=[due.pk for due in dues]).update(manager_told_at=at)
    return len(dues)


def _tell_manager(manager: User, dues: Sequence[Due], at: datetime) -> None:
    """Once, of all who report to them."""
    published = dues[0].publication
    names = sorted(due.member.name for due in dues)

    def said(language: str) -> notifications.Said:
        title = texts.text_of(published.content, language, published.language)[0].title
        with override(language):
            text = _("Still to sign “%(title)s”: %(names)s. Perhaps there is a quiet quarter of an hour for it.")
            return notifications.Said(text % {"names": get_text_list(names, _("and")), "title": title})

    notifications.tell_all(
        members=[manager], kind=MANAGER_KIND, about=about(published.guideline_id), words=said,
        url=reverse("guidelines:mine"), at=at,
    )  # fmt: skip
