"""Reads of short links. A visit is a person's first click of a UTC day within the link's group, from outside."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, TruncDate

from links.models import Click, ShortLink
from links.redirect import spool
from links.redirect.lines import first_moment
from links.redirect.spool import FOLDER


def address(link: ShortLink) -> str:
    return f"{settings.LINK_URL}/go/{link.code}"


def counted() -> QuerySet[Click]:
    """Clicks that are visits: no robots, no repeats, nobody from the firm's own networks."""
    return Click.objects.filter(first_today=True, robot=False, own_network=False)


def visits(link_ids: Collection[int]) -> dict[int, int]:
    """How often each link was visited; links without a visit are left out."""
    rows = counted().filter(link__in=link_ids).values("link").annotate(number=Count("id"))
    return {row["link"]: row["number"] for row in rows}


def visits_by_group(groups: Collection[str]) -> dict[str, int]:
    """How often the links of each group were visited, all together; groups without a visit are left out."""
    rows = counted().filter(link__group__in=groups).values("link__group").annotate(number=Count("id"))
    return {row["link__group"]: row["number"] for row in rows}


def visits_by_day(
    *,
    since: datetime,
    until: datetime,
    zone: ZoneInfo,
    owner: Any = None,
    link_ids: Collection[int] | None = None,
) -> list[tuple[date, int]]:
    """Visits per calendar day of `zone`, oldest first, days without any left out. Name an owner, links, or both."""
    rows = counted().filter(at__gte=since, at__lt=until)
    if owner is not None:
        rows = rows.filter(link__owner=owner)
    if link_ids is not None:
        rows = rows.filter(link__in=link_ids)
    days = rows.annotate(day=TruncDate("at", tzinfo=zone)).values("day").annotate(number=Count("id")).order_by("day")
    return [(row["day"], row["number"]) for row in days]


@dataclass(frozen=True)
class Waiting:
    """Clicks on this machine that are not in the table yet. Normally they are there for a second or two."""

    size: int
    oldest_at: datetime | None


def waiting_clicks() -> Waiting:
    folder = settings.DATA_DIR / FOLDER
    return Waiting(spool.size(folder), min(filter(None, map(first_moment, spool.waiting(folder))), default=None))


def visits_by_hour(*, since: datetime, zone: ZoneInfo, owners: Collection[Any]) -> dict[tuple[int, int], int]:
    """Visits to these owners' links by weekday (Monday is 0) and hour of `zone`; hours without any left out. Who asks
    for several owners together sees to it that they are enough people."""
    rows = counted().filter(at__gte=since, link__owner__in=owners)
    hours = rows.annotate(day=ExtractIsoWeekDay("at", tzinfo=zone), hour=ExtractHour("at", tzinfo=zone))
    counts = hours.values("day", "hour").annotate(number=Count("id"))
    return {(row["day"] - 1, row["hour"]): row["number"] for row in counts}
