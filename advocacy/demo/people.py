"""The staff: eight teams in three countries, most with an address, some who have left."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Any

from accounts.models import Invitation, Team, User
from advocacy.demo import days, written
from advocacy.demo.chance import dice, weighted

LEAVERS = 9
DOMAIN = "brackenby.example"
# How often somebody shares on an average day, and how many of a hundred colleagues are like that.
HABITS = {
    "never": (0.0, 37),
    "rarely": (0.09, 24),
    "sometimes": (0.42, 23),
    "often": (1.0, 16),
    "too_much": (3.6, 0),  # the files name them
    "door": (0.0, 0),  # written by hand in mina.toml
}
OFFICE, EARLY, LATE = [510, 1020], [360, 840], [840, 1320]


@dataclass
class Person:
    """A member and what the dice need to know of them."""

    key: str
    user: User
    habit: str
    topics: list[str]
    eager: float
    leave: frozenset[date] = frozenset()
    rate: float = field(init=False)

    def __post_init__(self) -> None:
        self.rate = HABITS[self.habit][0] * self.eager

    def is_here(self, day: date) -> bool:
        left = self.user.left_at
        return self.user.joined_at.date() <= day and not (left and day >= left.date()) and day not in self.leave


def ascii_name(name: str) -> str:
    """ "Jürgen van Wijk" as "jurgen.van.wijk"."""
    spelled = name.translate(str.maketrans({"ß": "ss", "ı": "i", "ø": "o", "ł": "l"}))
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z]+", ".", plain).strip(".")


def make_people(seed: str, at: datetime) -> list[Person]:
    """Every member, not yet saved; teams are saved here. The named ones come first in their team."""
    rows = written.people()
    teams = {row["name"]: Team(name=row["name"]) for row in rows["team"]}
    Team.objects.bulk_create(teams.values())
    named: dict[str, list[dict[str, Any]]] = {}
    for person in rows["person"]:
        named.setdefault(person["team"], []).append(person)
    names = unused_names(seed, {person["name"] for person in rows["person"]})
    found = []
    for team in rows["team"]:
        for number, wanted in enumerate(staff_of(seed, team, named.get(team["name"], []), names)):
            found.append(make_person(seed, at, team, teams[team["name"]], wanted, number))
    return found


def staff_of(
    seed: str, team: dict[str, Any], known: list[dict[str, Any]], names: dict[str, Iterator[str]]
) -> Iterator[dict[str, Any]]:
    """The named ones of a team, then as many invented ones as it still needs, then those who have left."""
    yield from known
    seats = team.get("countries", {"GB": team["size"]})
    for country, size in seats.items():
        taken = sum(person.get("country", "GB") == country for person in known)
        for number in range(size - taken if "countries" in team else team["size"] - len(known)):
            yield invented(dice(seed, "person", team["name"], country, number), team, country, next(names[country]))
    leaving = dice(seed, "leavers", team["name"])
    for _ in range(1 if team["size"] < 40 else 2):
        if team["size"] > 10:
            yield {**invented(leaving, team, "GB", next(names["GB"])), "left": True}


def invented(rng: Random, team: dict[str, Any], country: str, name: str) -> dict[str, Any]:
    place = weighted(rng, written.people()["country"][country]["places"])
    habit = weighted(rng, [(habit, share) for habit, (_, share) in HABITS.items()])
    return {"name": name, "country": country, "place": place, "job": weighted(rng, team["jobs"]), "habit": habit}


def unused_names(seed: str, taken: set[str]) -> dict[str, Iterator[str]]:
    return {country: names_of(seed, country, set(taken)) for country in written.people()["country"]}


def names_of(seed: str, country: str, taken: set[str]) -> Iterator[str]:
    rows, rng = written.people()["country"][country], dice(seed, "names", country)
    first, last = list(rows["first"]), list(rows["last"])
    while True:
        rng.shuffle(first)
        rng.shuffle(last)
        for name in map(" ".join, zip(first, last, strict=False)):
            if name not in taken:
                taken.add(name)
                yield name


def make_person(
    seed: str, at: datetime, team: dict[str, Any], row: Team, wanted: dict[str, Any], number: int
) -> Person:
    rng = dice(seed, "member", wanted["name"])
    country = wanted.get("country", "GB")
    land = written.people()["country"][country]
    joined, left = career(rng, at, wanted)
    handle = ascii_name(wanted["name"])
    # Not everybody at a bench has an address; they sign in with a name of their own.
    addressed = "key" in wanted or not team.get("shifts") or rng.random() < 0.55
    user = User(
        name=wanted["name"], job_title=wanted["job"], team=row, country=country, place=wanted["place"],
        language=land["language"], time_zone=land["time_zone"], roles=wanted.get("roles", []),
        email=f"{handle}@{DOMAIN}" if addressed else None, sign_in_name=None if addressed else handle,
        password="!demo", working_hours=working_hours(rng, bool(team.get("shifts")), number),
        counts_clicks=wanted.get("key") is not None or rng.random() > 0.03,
        joined_at=joined, welcomed_at=joined, left_at=left, is_active=left is None,
    )  # fmt: skip
    return Person(
        wanted.get("key", handle), user, wanted["habit"], team["topics"], team["eager"], leave(rng, at, country)
    )


def make_invitations(at: datetime, by: User) -> None:
    """Some are still open. The codes were never written down anywhere, so that nobody comes in by them."""
    teams = {team.name: team for team in Team.objects.all()}
    Invitation.objects.bulk_create(
        Invitation(
            name=row["name"], email=row.get("email", ""), team=teams[row["team"]], invited_by=by,
            code_hash=sha256(row["name"].encode()).hexdigest(), expires_at=at + timedelta(days=row["days"]),
            state="open" if row["days"] > 0 else "expired", state_at=at + timedelta(days=min(0, row["days"]) - 1),
        )
        for row in written.people()["invited"]
    )  # fmt: skip


def career(rng: Random, at: datetime, wanted: dict[str, Any]) -> tuple[datetime, datetime | None]:
    """When they joined the programme: most in its first weeks. Leavers left some time in the last two months."""
    start = at - timedelta(days=days.HISTORY)
    late = rng.random() < 0.18 and "key" not in wanted
    joined = start + timedelta(days=rng.uniform(20, 100) if late else rng.uniform(0, 9), hours=1)
    left = at - timedelta(days=rng.uniform(6, 60)) if wanted.get("left") else None
    if left and joined > left:
        joined = start
    return tuple(moment and moment.replace(microsecond=0).astimezone(UTC) for moment in (joined, left))  # type: ignore


def working_hours(rng: Random, shifts: bool, number: int) -> list[list[int] | None] | None:
    """[from, to] in minutes for each weekday; null on days off, or altogether while nobody has said."""
    if rng.random() < 0.12:
        return None
    hours = (LATE if number % 3 == 0 else EARLY) if shifts else OFFICE
    part_time = rng.randrange(5) if rng.random() < 0.2 else None
    return [None if day > 4 or day == part_time else hours for day in range(7)]


def leave(rng: Random, at: datetime, country: str) -> frozenset[date]:
    """Two weeks away in the four months, most of them in August, and a few days at other times."""
    year = at.year if at.month > 7 else at.year - 1
    first = date(year, 7, 27) + timedelta(days=round(rng.triangular(0, 35, 14)))
    if rng.random() < 0.3:
        first = (at - timedelta(days=rng.uniform(5, 110))).date()
    return frozenset(first + timedelta(days=number) for number in range(rng.choice((7, 11, 16))))
