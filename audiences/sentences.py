"""Terms as a sentence: for those who compose in full, for a member only as far as it is kind."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from accounts.places import COUNTRIES
from audiences.terms import Terms, is_everybody

COUNTRY_NAMES = dict(COUNTRIES)
OPEN_KINDS = ("team", "place", "country")
QUALITIES = ("profession", "language", "skill", "role", "leads")  # said with “who”, not with “in”


@dataclass(frozen=True)
class Names:
    """What the rows are called that terms know by number."""

    teams: Mapping[str, str]
    lists: Mapping[str, str]

    def of(self, kind: str, value: str) -> str:
        if kind == "team":
            return self.teams.get(value) or _("a team that is gone")
        if kind == "list":
            return self.lists.get(value) or _("a list that is gone")
        if kind == "country":
            return str(COUNTRY_NAMES.get(value, value))
        if kind == "language":
            return str(dict(settings.LANGUAGES).get(value, value))
        if kind == "leads":
            return _("those who lead others")
        return role_name(value) if kind == "role" else value


def role_name(role: str) -> str:
    words = {"administrator": _("administrators"), "hr": _("HR"), "curator": _("curators"), "council": _("the council")}
    return words.get(role, role)


def either(words: Sequence[str]) -> str:
    return str(get_text_list(list(words), _("or")))


def both(words: Sequence[str]) -> str:
    return str(get_text_list(list(words), _("and")))


def sentence(terms: Terms, names: Names) -> str:
    """“Everyone in Repair or Workshop who reads German, except the list Apprentices.”

    What is said in between ends with a comma, and goes on with “who”; “except” brings one, and the end needs none."""
    if is_everybody(terms):
        return _("Everyone")
    said = _within(terms["in"], names)
    if terms["who"]:
        qualities = both([_quality(term, names) for term in terms["who"]])
        said = _("%(everyone)s who %(qualities)s") % {"everyone": said, "qualities": qualities}
    if terms["except"]:
        left_out = both([_group(term, names, both) for term in terms["except"]])
        said = _("%(everyone)s, except %(left_out)s") % {"everyone": said.removesuffix(","), "left_out": left_out}
    return said.removesuffix(",")


def _within(within: Sequence[dict[str, Any]], names: Names) -> str:
    groups = [_group(term, names, either) for term in within if term["kind"] not in QUALITIES]
    qualities = [_quality(term, names) for term in within if term["kind"] in QUALITIES]
    said = _("Everyone in %(groups)s") % {"groups": either(groups)} if groups else _("Everyone")
    if qualities and groups:
        return _("%(everyone)s, or who %(qualities)s,") % {"everyone": said, "qualities": either(qualities)}
    if qualities:
        return _("%(everyone)s who %(qualities)s") % {"everyone": said, "qualities": either(qualities)}
    return said


def _quality(term: dict[str, Any], names: Names) -> str:
    """What follows “who”."""
    words = {
        "team": _("is in %(what)s"),
        "place": _("works in %(what)s"),
        "country": _("is in %(what)s"),
        "profession": _("works as %(what)s"),
        "role": _("is among %(what)s"),
        "language": _("reads %(what)s"),
        "skill": _("knows %(what)s"),
        "leads": _("leads others"),
        "list": _("is on the list %(what)s"),
    }
    return words[term["kind"]] % {"what": either([names.of(term["kind"], value) for value in term["values"]])}


def trait_sentence(traits: Iterable[tuple[str, str]], names: Names) -> str:
    """“knows welding and is on the list Apprentices”."""
    return both([_quality({"kind": kind, "values": [value]}, names) for kind, value in traits])


def _group(term: dict[str, Any], names: Names, joined: Any) -> str:
    """What follows “in” or “except”."""
    words = {
        "role": _("%(what)s"),
        "profession": _("those who work as %(what)s"),
        "language": _("those who read %(what)s"),
        "skill": _("those who know %(what)s"),
        "list": _("the list %(what)s"),
    }
    pattern = words.get(term["kind"], "%(what)s")
    return str(joined([pattern % {"what": names.of(term["kind"], value)} for value in term["values"]]))


def kind_words(terms: Terms, names: Names) -> str:
    """What a member reads on a closed story: never who is left out, nor what a list is called."""
    within = terms["in"]
    if within and all(term["kind"] in OPEN_KINDS for term in within):
        groups = [names.of(term["kind"], value) for term in within for value in term["values"]]
        return _("This story is for %(groups)s.") % {"groups": both(groups)}
    return _("This story is for some of us, and you are among them.")
