"""What an audience says. {"in": [term, …], "who": [term, …], "except": [term, …]}, a term {"kind": …, "values": […]}.

`in`: any of its terms (none at all: everybody); `who`: all of them; `except`: none of them. A term is met by any of its
values. Values are words, and for teams and lists the numbers of their rows, as words too.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from accounts.models import User

Terms = dict[str, list[dict[str, Any]]]

CLAUSES = ("in", "who", "except")
KINDS = ("team", "place", "country", "profession", "role", "language", "skill", "leads", "list")
LEADS_OTHERS = "others"  # the one value of "leads": somebody reports to them
NUMBERED = ("team", "list")
SEVERAL = ("role", "skill", "list")  # what one member may have more than one of
LONGEST, MOST_VALUES, MOST_TERMS = 80, 500, 30


def everybody() -> Terms:
    return {clause: [] for clause in CLAUSES}


def cleaned(given: Any) -> Terms:
    """The same in one shape: known kinds, every value once and in order, nothing empty. Whatever it cannot read is left
    out, so that what a browser sends can be counted at once. Of `in` and `except`, terms of a kind become one."""
    read = given if isinstance(given, Mapping) else {}
    return {clause: _clause(clause, read.get(clause)) for clause in CLAUSES}


def _clause(clause: str, given: Any) -> list[dict[str, Any]]:
    found: list[tuple[str, list[str]]] = []
    for term in (given if isinstance(given, list) else [])[:MOST_TERMS]:
        if not isinstance(term, Mapping) or term.get("kind") not in KINDS:
            continue
        kind, values = str(term["kind"]), _values(str(term["kind"]), term.get("values"))
        before = next((held for name, held in found if name == kind), None) if clause != "who" else None
        if before is not None:
            before += [value for value in values if value not in before]
        elif values:
            found.append((kind, values))
    ordered = sorted((KINDS.index(kind), sorted(values)) for kind, values in found)
    terms = [{"kind": KINDS[place], "values": values} for place, values in ordered]
    return [term for number, term in enumerate(terms) if term not in terms[:number]]


def _values(kind: str, given: Any) -> list[str]:
    words = [
        " ".join(str(value).replace("\0", "").split())[:LONGEST]
        for value in (given if isinstance(given, list | tuple) else [])[:MOST_VALUES]
    ]
    fitting = [word for word in words if word and (kind not in NUMBERED or _is_number(word))]
    return list(dict.fromkeys(fitting))


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) < 10


def is_everybody(terms: Terms) -> bool:
    return not any(terms.values())


def only_team(terms: Terms) -> int | None:
    """The number of the one team these terms mean, where they mean everybody in it and nothing else."""
    said = [*terms["in"], *terms["who"]]
    if len(said) != 1 or terms["except"] or said[0]["kind"] != "team" or len(said[0]["values"]) != 1:
        return None
    return int(said[0]["values"][0])


def numbers(terms: Terms, kind: str) -> set[int]:
    """The rows of a kind these terms speak of."""
    return {int(value) for term in each_term(terms) if term["kind"] == kind for value in term["values"]}


def each_term(terms: Terms) -> Iterable[dict[str, Any]]:
    return (term for clause in CLAUSES for term in terms.get(clause, []))


def meets(terms: Terms, held: Collection[str]) -> bool:
    """Whether somebody with these traits is meant: what audiences/queries/matching.py asks of the database, for when
    both are at hand."""

    def met(term: dict[str, Any]) -> bool:
        return any(f"{term['kind']}:{value}" in held for value in term["values"])

    return (
        (not terms["in"] or any(map(met, terms["in"])))
        and all(map(met, terms["who"]))
        and not any(map(met, terms["except"]))
    )


def traits(member: User) -> list[str]:
    """What a member is, as "kind:value"; but for the lists they are on and whether
    anybody reports to them, which only the database knows."""
    single = {
        "team": member.team_id, "place": member.place, "country": member.country, "profession": member.profession,
        "language": member.language,
    }  # fmt: skip
    held = [f"{kind}:{value}" for kind, value in single.items() if value]
    held += [f"role:{role}" for role in member.roles] + [f"skill:{skill}" for skill in member.skills]
    return [*held, *member.also]
