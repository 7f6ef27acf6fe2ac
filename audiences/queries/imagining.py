"""A made-up person of an audience: what they are is chosen, or is what most of its members are. Nobody's record is read
as theirs, and what fewer than ten colleagues share is not taken for anybody."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.models import Team, User
from accounts.places import COUNTRIES
from accounts.queries import SMALLEST_GROUP, organisation
from audiences.queries.matching import members_of
from audiences.terms import Terms

NOBODY = 0  # no row has this number
SINGLE = ("team", "place", "country", "language")
BESIDES = ("profession", "skill", "leads", "list")
ONLY_ALSO = ("leads", "list")  # what no column of a member says


def likely(terms: Terms) -> dict[str, str]:
    """Team, place, country, language and role, as most of this audience have them; made up where they are too few."""
    groups = members_of(terms).order_by().values(*SINGLE).annotate(size=Count("pk"))
    found = groups.filter(size__gte=SMALLEST_GROUP).order_by("-size", *SINGLE).first()
    return {**(_as_words(found) if found else _neutral(terms)), "role": _first(terms, "role")}


def _as_words(found: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(found[name] or "") for name in SINGLE}


def _neutral(terms: Terms) -> dict[str, str]:
    """What the audience names; else the firm's own country and language, or the first it does not leave out."""
    firm = organisation()
    usual = {
        "country": [firm.country, *(code for code, _name in COUNTRIES)],
        "language": firm.languages or ["en"],
        "team": [""],
        "place": [""],
    }
    return {name: _first(terms, name) or _first_of(usual[name], _left_out(terms, name)) for name in SINGLE}


def _first(terms: Terms, kind: str) -> str:
    """The first value of this kind that its members have."""
    named = [value for term in terms["who"] + terms["in"] if term["kind"] == kind for value in term["values"]]
    return _first_of(named, _left_out(terms, kind))


def _left_out(terms: Terms, kind: str) -> set[str]:
    return {value for term in terms["except"] if term["kind"] == kind for value in term["values"]}


def _first_of(values: Iterable[str], left_out: set[str]) -> str:
    return next((value for value in values if value not in left_out), "")


def besides(terms: Terms) -> list[tuple[str, str]]:
    """What its members know or on which lists they are, one of each that is asked for: kind and value."""
    asked = [term for term in terms["who"] + terms["in"] if term["kind"] in BESIDES]
    found = [(term["kind"], _first_of(term["values"], _left_out(terms, term["kind"]))) for term in asked]
    return list(dict.fromkeys(one for one in found if one[1]))


def made_up(chosen: Mapping[str, str], also: Iterable[tuple[str, str]] = ()) -> User:
    """Somebody who is no row: team, place, country, language and role by name, and what they are besides."""
    team = Team.objects.filter(pk=int(chosen["team"])).first() if chosen.get("team") else None
    kept = list(also)
    person = User(
        pk=NOBODY,
        name=_("A made-up colleague"),
        team=team,
        place=chosen.get("place", ""),
        profession=next((value for kind, value in kept if kind == "profession"), ""),
        country=chosen.get("country") or organisation().country,
        language=chosen.get("language") or "en",
        roles=[chosen["role"]] if chosen.get("role") else [],
        skills=[value for kind, value in kept if kind == "skill"],
    )
    person.also = tuple(f"{kind}:{value}" for kind, value in kept if kind in ONLY_ALSO)
    return person
