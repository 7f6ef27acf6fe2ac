"""What every combination that can occur says about who is speaking, and which rule says so."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts import queries as accounts
from accounts.models import User
from accounts.places import COUNTRIES
from connectors import assisted
from content.models import Campaign, Caption, DisclosureRule, Story
from content.queries.disclosures import Line, Place, Rulebook, named, rulebook
from content.queries.lengths import platform_names


@dataclass(frozen=True)
class Row:
    country: str
    language: str
    country_name: str
    language_name: str
    places: list[str]  # names of platforms; empty where it holds for all of them
    others: bool  # all that no other row of this country and language names
    line: Line
    length: int  # the most that any of these platforms counts
    rule_name: str


def places() -> dict[str, str]:
    """Where a post can stand: platforms, and places where it is posted by hand."""
    return platform_names() | {key: one.name for key, one in assisted.TARGETS.items()}


def countries(*also: str) -> dict[str, str]:
    """Those we know, and any in which somebody works, by their names."""
    known = {code: str(name) for code, name in COUNTRIES}
    return known | {code: code for code in also if code and code not in known}


def countries_of_members() -> list[str]:
    """Where somebody works; how many do is not asked."""
    found = User.objects.filter(is_active=True).order_by().values_list("country", flat=True).distinct()
    return sorted({code.upper() for code in found if code} | {accounts.organisation().country})


def languages() -> list[str]:
    """Those in which anything can be posted."""
    used = [*Story.objects.order_by().values_list("language", flat=True).distinct()]
    used += Caption.objects.order_by().values_list("language", flat=True).distinct()
    return list(dict.fromkeys([*accounts.organisation().languages, *sorted(set(used))])) or ["en"]


def disclosure_table(
    campaign: Campaign | None, language_names: dict[str, str]
) -> tuple[list[Row], list[tuple[DisclosureRule, str]]]:
    """The rows, and the rules that none of them needs; by a fixed number of queries."""
    book, where = rulebook(), places()
    codes = countries_of_members()
    names = countries(*codes, *(rule.country for rule in book.rules))
    words = names | where | language_names
    rows = [
        row
        for country in sorted(codes, key=names.__getitem__)
        for language in language_names
        for row in _rows(book, country, language, campaign, where, words)
    ]
    used = {row.line.rule.pk for row in rows if row.line.rule}
    return rows, [(rule, named(rule, words)) for rule in book.rules if rule.pk not in used]


def _rows(
    book: Rulebook, country: str, language: str, campaign: Campaign | None, where: dict[str, str], words: dict[str, str]
) -> Iterable[Row]:
    found: dict[tuple[object, ...], tuple[Line, list[str]]] = {}
    for key in where:
        prizes = bool(campaign and campaign.has_prizes)
        line = book.line(Place(country, language, key, campaign.pk if campaign else None, prizes))
        found.setdefault((line.wordings, line.before, line.rule), (line, []))[1].append(key)
    groups = sorted(found.values(), key=lambda group: -len(group[1]))
    for number, (line, keys) in enumerate(groups):
        others = number == 0
        yield Row(
            country=country,
            language=language,
            country_name=words[country],
            language_name=words[language],
            places=[] if others else [where[key] for key in keys],
            others=others and len(groups) > 1,
            line=line,
            length=length_of(line.text, keys),
            rule_name=named(line.rule, words) if line.rule else _("Our usual wording"),
        )


def length_of(text: str, keys: Iterable[str]) -> int:
    known = accounts.connectors()
    return max([len(text), *(known[key].length(text) for key in keys if key in known)])
