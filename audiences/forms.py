"""Composing an audience. What a browser sends is read as it comes: no choice is refused, since one that is gone (the
last colleague has left a place) has to be shown so that it can be taken away."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.ordering import in_order_of
from audiences import queries
from audiences.models import Audience
from audiences.sentences import sentence, trait_sentence
from audiences.terms import CLAUSES, KINDS, SEVERAL, Terms, cleaned, everybody

EVERYBODY, COMPOSED = "everybody", "composed"
MOST_LINES = 2000


def sent_terms(data: Any, prefix: str = "for") -> Terms:
    """`for-in-team=3` and so on; `for-who-skill-all` means that each of the chosen ones is needed."""
    terms: dict[str, list[dict[str, Any]]] = everybody()
    for clause in CLAUSES:
        for kind in KINDS:
            values = data.getlist(f"{prefix}-{clause}-{kind}")
            if clause == "who" and kind in SEVERAL and data.get(f"{prefix}-{clause}-{kind}-all"):
                terms[clause] += [{"kind": kind, "values": [value]} for value in values]
            elif values:
                terms[clause].append({"kind": kind, "values": values})
    return cleaned(terms)


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    checked: bool


@dataclass(frozen=True)
class Kind:
    """One kind of thing inside one clause."""

    name: str
    label: str
    options: list[Option]
    all_name: str = ""  # where a member may have several: the box that asks for each of them
    all_checked: bool = False

    @property
    def chosen(self) -> str:
        return ", ".join(option.label for option in self.options if option.checked)


@dataclass(frozen=True)
class Clause:
    label: str
    line: str
    kinds: list[Kind]


def clauses(terms: Terms, choices: Mapping[str, queries.Choices], prefix: str = "for") -> list[Clause]:
    said = {
        "in": (_("Everyone in"), _("Any of these. With nothing chosen it is everybody.")),
        "who": (_("who"), _("All of these, and of each at least one.")),
        "except": (_("except"), _("None of these.")),
    }
    return [
        Clause(*said[clause], [kind for name in KINDS if (kind := _kind(terms, clause, name, choices[name], prefix))])
        for clause in CLAUSES
    ]


def _kind(terms: Terms, clause: str, kind: str, choices: queries.Choices, prefix: str) -> Kind | None:
    labels = {
        "team": _("Teams"),
        "place": _("Places"),
        "country": _("Countries"),
        "profession": _("Professions"),
        "role": _("Roles"),
        "language": _("Languages"),
        "skill": _("Skills"),
        "leads": _("Leading others"),
        "list": _("Lists"),
    }
    of_kind = [term["values"] for term in terms[clause] if term["kind"] == kind]
    chosen = [value for values in of_kind for value in values]
    known = {value for value, _label in choices}
    gone = [(value, _("%(value)s (gone)") % {"value": value}) for value in chosen if value not in known]
    options = [Option(value, label, value in chosen) for value, label in [*choices, *gone]]
    if not options:
        return None
    name = f"{prefix}-{clause}-{kind}"
    if clause == "who" and kind in SEVERAL and len(options) > 1:
        return Kind(name, labels[kind], options, f"{name}-all", len(of_kind) > 1)
    return Kind(name, labels[kind], options)


class AudienceChoice:
    """Whom a story is for: everybody, a named audience, or one composed here. Stands beside the form of the story."""

    def __init__(self, chosen: str, terms: Terms, *, typed: bool = False) -> None:
        self.chosen, self.terms, self.typed, self.problem = chosen, terms, typed, ""
        self.named = list(queries.named())

    @classmethod
    def of(cls, audience: Audience | None) -> "AudienceChoice":
        if audience is None:
            return cls(EVERYBODY, everybody())
        return cls(str(audience.pk), everybody()) if audience.name else cls(COMPOSED, cleaned(audience.terms))

    @classmethod
    def sent(cls, data: Any) -> "AudienceChoice":
        return cls(data.get("for", "")[:20], sent_terms(data), typed="for" in data)

    @property
    def audience(self) -> Audience | None:
        """The named one that is chosen."""
        return next((one for one in self.named if str(one.pk) == self.chosen), None)

    @property
    def is_composed(self) -> bool:
        return self.chosen == COMPOSED

    def is_valid(self) -> bool:
        """What was typed without this part, by a program say, leaves the audience as it is."""
        if self.typed and self.chosen not in (EVERYBODY, COMPOSED) and self.audience is None:
            self.problem = _("That audience is not there any more. Please choose whom the story is for.")
        elif self.is_composed and not any(self.terms.values()):
            self.problem = _("Nothing is chosen below yet. Choose something, or choose everybody.")
        return not self.problem

    @property
    def meant(self) -> Terms:
        if audience := self.audience:
            return cleaned(audience.terms)
        return self.terms if self.is_composed else everybody()

    @property
    def clauses(self) -> list[Clause]:
        return clauses(self.terms, queries.choices())

    @property
    def reach(self) -> queries.Reach:
        return queries.reach(self.meant)

    @property
    def sentence(self) -> str:
        return sentence(self.meant, queries.names())


class NameForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        error_messages={"required": gettext_lazy("Please give it a name.")},
    )


class PeopleForm(forms.Form):
    """Colleagues to put on a list, one a line: an address, a sign-in name, or the name where nobody else has it."""

    people = forms.CharField(
        label=gettext_lazy("Put on the list"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One colleague a line: e-mail address, sign-in name, or full name."),
    )

    def clean_people(self) -> list[User]:
        lines = list(dict.fromkeys(line.strip() for line in self.cleaned_data["people"].splitlines() if line.strip()))
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(
                _("These are more than %(most)s lines. Please send them in parts.") % {"most": MOST_LINES}
            )
        found, missing = found_members(lines)
        if missing:
            text = _("We do not know, or more than one colleague is called: %(lines)s.")
            raise forms.ValidationError(text % {"lines": ", ".join(missing[:10])})
        return found


def found_members(lines: list[str]) -> tuple[list[User], list[str]]:
    """The colleagues these lines name, and the lines that name nobody or several. Three queries, however many lines."""
    wanted = {line.casefold() for line in lines}
    known: dict[str, list[User]] = {}
    active = User.objects.filter(is_active=True)
    for field in ("email", "sign_in_name", "name"):
        for member in active.annotate(typed=Lower(field)).filter(typed__in=[line.lower() for line in lines]):
            key = str(getattr(member, field)).casefold()
            if key in wanted and member not in known.setdefault(key, []):
                known[key].append(member)
    single = {line: known.get(line.casefold(), []) for line in lines}
    found = {members[0].pk: members[0] for members in single.values() if len(members) == 1}
    return list(found.values()), [line for line, members in single.items() if len(members) != 1]


def on_list(kept: Any) -> Any:
    return kept.members.order_by(in_order_of("name"), "pk").select_related("team")


class PersonForm(forms.Form):
    """Who looks: a made-up person, whatever was chosen before. What its audience is made of stands first."""

    team = forms.ChoiceField(label=gettext_lazy("Team"), required=False)
    place = forms.ChoiceField(label=gettext_lazy("Place"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("Role"), required=False)
    besides = forms.ChoiceField(label=gettext_lazy("And besides"), required=False)

    def __init__(self, asked: Mapping[str, str], *, terms: Terms) -> None:
        self.also = queries.besides(terms)
        usual = {**queries.likely(terms), "besides": "yes"}
        super().__init__({name: asked.get(name, usual[name])[:80] for name in usual})
        choices = queries.choices()
        for name in ("team", "place", "country", "language", "role"):
            none = [] if name in ("country", "language") else [("", _("None"))]
            self.fields[name].choices = none + grouped(choices[name], terms, name)  # type: ignore[attr-defined]
        if self.also:
            said = trait_sentence(self.also, queries.names())
            self.fields["besides"].choices = [("yes", said), ("no", _("None of this"))]  # type: ignore[attr-defined]
        else:
            del self.fields["besides"]

    @property
    def person(self) -> User:
        """What is no choice is as if nothing were chosen."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if name != "besides"}
        return queries.made_up(chosen, self.also if self.cleaned_data.get("besides") == "yes" else ())

    @property
    def asked(self) -> dict[str, str]:
        """As an address carries it."""
        return {name: str(self[name].value() or "") for name in self.fields}


def grouped(choices: queries.Choices, terms: Terms, kind: str) -> list[Any]:
    """Those the audience speaks of before all others."""
    of_it = {value for clause in ("in", "who") for term in terms[clause] if term["kind"] == kind
             for value in term["values"]}  # fmt: skip
    within = [one for one in choices if one[0] in of_it]
    if not within:
        return list(choices)
    others = [one for one in choices if one[0] not in of_it]
    return [(_("Of this audience"), within), *([(_("Others"), others)] if others else [])]
