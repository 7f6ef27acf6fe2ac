"""How many of these members a message would reach now, by which way, and what keeps it from the others: the same
questions as when it is delivered, asked of all at once by one statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from core import zones
from core.hours import minutes
from notifications.kinds import ALWAYS, MAIL, NEVER, PUSH, Topic
from notifications.queries import midnight

# Each reason goes before those below it. `later` is no refusal: it comes with their next working hour.
REASONS = ("no_way", "chosen", "no_hours", "paused", "limit", "later", "now")


@dataclass(frozen=True)
class Way:
    """One way, and for how many what is so."""

    key: str
    counts: Mapping[str, int]

    @property
    def reached(self) -> int:
        return self.counts["now"] + self.counts["later"]


@dataclass(frozen=True)
class Forecast:
    people: int
    page: int  # who gets a line here
    mail: Way
    push: Way
    nothing: int  # who wants none of it by any way


def forecast(members: QuerySet[Any], topic: Topic, *, at: datetime) -> Forecast:
    """`members` are rows of the members' table. Zones are read here and not by the database, which may know others."""
    known = list(members.order_by().values_list("time_zone", flat=True).distinct())
    if not known:
        nobody = dict.fromkeys(REASONS, 0)
        return Forecast(0, 0, Way(MAIL, nobody), Way(PUSH, nobody), 0)
    sql, values = members.order_by().values("pk").query.sql_with_params()
    local = [zones.to_local(at, name) for name in known]
    usual = sorted(topic.usual)
    parameters = [
        known, [one.weekday() for one in local], [minutes(one.time()) for one in local],
        [midnight(name, at) for name in known], topic.key, usual, at, topic.key, *values,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(COUNT % {"members": sql, "table": members.model._meta.db_table}, parameters)
        page, mail, push, people = [0, 0], dict.fromkeys(REASONS, 0), dict.fromkeys(REASONS, 0), 0
        for here, none, by_mail, by_push, number in cursor.fetchall():
            people += number
            page[0] += number if here or topic.page == ALWAYS else 0
            page[1] += number if none else 0
            mail[by_mail] += number
            push[by_push] += number
    shown = 0 if topic.page == NEVER else page[0]
    return Forecast(people, shown, Way(MAIL, mail), Way(PUSH, push), 0 if topic.page == ALWAYS else page[1])


COUNT = """
WITH zone (name, weekday, minute, midnight) AS (
    SELECT * FROM unnest(%%s::text[], %%s::int[], %%s::int[], %%s::timestamptz[])
), people AS (
    SELECT member.id, member.working_hours AS hours, zone.weekday, zone.minute,
        coalesce(member.email, '') <> '' AS has_mail,
        EXISTS (SELECT 1 FROM notifications_pushaddress AS one
            WHERE one.member_id = member.id AND one.state = 'open') AS has_push,
        coalesce(wishes.channels -> %%s, to_jsonb(%%s::text[])) AS ways,
        coalesce(wishes.paused_until > %%s, false) AS is_paused,
        wishes.most_a_day IS NOT NULL AND wishes.most_a_day <= (SELECT count(*) FROM notifications_delivery AS sent
            WHERE sent.member_id = member.id AND sent.state = 'gone' AND sent.state_at >= zone.midnight) AS is_full,
        coalesce(wishes.channels -> %%s = '[]'::jsonb, false) AS wants_nothing
    FROM %(table)s AS member
    JOIN zone ON zone.name = member.time_zone
    LEFT JOIN notifications_wishes AS wishes ON wishes.member_id = member.id
    WHERE member.id IN (%(members)s)
), asked AS (
    SELECT *, CASE
        WHEN hours IS NULL OR NOT hours @? '$[*] ? (@ != null)' THEN 'no_hours'
        WHEN is_paused THEN 'paused'
        WHEN is_full THEN 'limit'
        WHEN jsonb_typeof(hours -> weekday) = 'array' AND (hours -> weekday ->> 0)::int <= minute
            AND minute < (hours -> weekday ->> 1)::int THEN 'now'
        ELSE 'later' END AS answer
    FROM people
)
SELECT ways ? 'page', wants_nothing,
    CASE WHEN NOT has_mail THEN 'no_way' WHEN NOT ways ? 'mail' THEN 'chosen' ELSE answer END AS by_mail,
    CASE WHEN NOT has_push THEN 'no_way' WHEN NOT ways ? 'push' THEN 'chosen' ELSE answer END AS by_push,
    count(*)
FROM asked GROUP BY 1, 2, 3, 4
"""
