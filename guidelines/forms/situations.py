"""What HR types about situations: which of ours are on, and those of their own."""

from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from core.comparing import by_word
from guidelines import bank, queries, texts
from guidelines.actions import Chosen
from guidelines.models import Publication, Version

ANSWERS = 4
OWN_KEY = "hr-"  # none of ours begins with it
MOST_TYPED = 40  # rows of own situations that are looked at
ASKED = [_("None"), "1", "2", "3", "4", "5"]
THEMES = {
    "voice": _("Whose voice it is"),
    "secrets": _("What is not out yet"),
    "people": _("Other people"),
    "heat": _("When it gets heated"),
    "rights": _("Rights, and people who lead others"),
    "care": _("People in our care"),
    "regulated": _("Regulated work"),
    "badday": _("A bad day for all of us"),
    bank.OWN: _("Of your own"),
}


@dataclass(frozen=True)
class Choice:
    situation: bank.Situation
    told: bank.Telling
    language: str
    is_on: bool

    @property
    def answers(self) -> list[tuple[bank.Answer, bool]]:
        return list(zip(self.told.answers, self.situation.good, strict=True))


@dataclass
class Theme:
    name: Any
    choices: list[Choice] = field(default_factory=list)

    @property
    def on(self) -> int:
        return sum(one.is_on for one in self.choices)


@dataclass(frozen=True)
class Row:
    """One situation of HR's own as the page has it. `differs` is set where a colleague was quicker."""

    number: int
    key: str
    section: str
    told: bank.Telling
    good: tuple[bool, ...]
    differs: list[tuple[str, str]]

    @property
    def answers(self) -> list[tuple[int, bank.Answer, bool]]:
        blank = [(bank.Answer("", ""), False)] * (ANSWERS - len(self.told.answers))
        several = [*zip(self.told.answers, self.good, strict=True), *blank]
        return [(number, answer, good) for number, (answer, good) in enumerate(several, 1)]


class SituationsForm(forms.Form):
    asks = forms.TypedChoiceField(
        label=_("How many each colleague goes through"),
        choices=list(enumerate(ASKED)),
        coerce=int,
        help_text=_("Each takes less than half a minute. Neighbours are asked different ones."),
        error_messages={name: _("Please ask from none to five situations.") for name in ("required", "invalid_choice")},
    )
    must_pass = forms.TypedChoiceField(
        label=_("What is enough"),
        choices=[
            ("", _("Going through them. Every answer is explained, and none is wrong to choose")),
            ("yes", _("Answering them well. Who misjudges one is asked another, as often as they like")),
        ],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Please choose what is enough.")},
    )

    def __init__(self, data: Any = None, *, version: Version) -> None:
        self.version, self.language = version, version.guideline.language
        self.differs = False
        initial = {"asks": version.asks, "must_pass": "yes" if version.must_pass else ""}
        super().__init__(data, initial=initial)

    def keep(self, version: Version) -> None:
        """What a colleague has saved meanwhile."""
        self.version, self.differs = version, True

    @property
    def on(self) -> list[str]:
        return self.data.getlist("ours") if self.is_bound else list(self.version.ours)

    @property
    def themes(self) -> list[Theme]:
        found: dict[str, Theme] = {}
        on = set(self.on)
        for one in bank.ours().values():
            told, language = one.told(self.language)
            theme = found.setdefault(one.theme, Theme(THEMES[one.theme]))
            theme.choices.append(Choice(one, told, language, one.key in on))
        return list(found.values())

    @property
    def sections(self) -> list[texts.Section]:
        raw = self.version.content.get(self.language)
        return list(texts.read(raw).sections) if raw else []

    @property
    def own(self) -> list[bank.Situation]:
        """As they were typed; those without a word are left out."""
        return [self._situation(one) for one in self._typed() if one.told.words.strip()]

    @property
    def rows(self) -> list[Row]:
        """With an empty one to write on in."""
        found = [one for one in self._typed() if one.told.words.strip()] if self.is_bound else self._saved()
        blank = bank.Telling("", "", (), "")
        return [*found, Row(len(found) + 1, "", "", blank, (), [])]

    def _situation(self, row: Row) -> bank.Situation:
        filled = [(answer, good) for _n, answer, good in row.answers if answer.text.strip() or answer.why.strip()]
        told = bank.Telling(row.told.title, row.told.scene, tuple(one for one, _good in filled), row.told.helps)
        sections = (row.section,) if row.section else ()
        return bank.Situation(row.key, bank.OWN, sections, tuple(good for _a, good in filled), {self.language: told})

    def _saved(self) -> list[Row]:
        several = [bank.read(one) for one in self.version.own]
        return [
            Row(number, one.key, "".join(one.sections[:1]), one.told(self.language)[0], one.good, [])
            for number, one in enumerate(several, 1)
        ]

    def _typed(self) -> list[Row]:
        parts = {name: self.data.getlist(f"own_{name}") for name in ("key", "section", "title", "scene", "helps")}
        words = iter(zip(self.data.getlist("own_text"), self.data.getlist("own_why"), strict=False))
        good = set(self.data.getlist("own_good"))
        saved = {row.key: row.told for row in self._saved()} if self.differs else {}
        known = {one.key for one in self.sections}
        rows: list[Row] = []
        seen: set[str] = set()
        several = zip(*(parts[name] for name in ("key", "section", "title", "scene", "helps")), strict=False)
        for number, (key, section, title, scene, helps) in enumerate(islice(several, MOST_TYPED), 1):
            answers = tuple(bank.Answer(text, why) for text, why in islice(words, ANSWERS))
            told = bank.Telling(title, scene, answers, helps)
            is_good = tuple(f"{number}-{n}" in good for n in range(1, len(answers) + 1))
            before = saved.get(key)
            differs = by_word(plain(before), plain(told)) if before and plain(before) != plain(told) else []
            name = key if key.startswith(OWN_KEY) and len(key) <= 40 and key not in seen else OWN_KEY + uuid4().hex[:12]
            seen.add(name)
            rows.append(Row(number, name, section if section in known else "", told, is_good, differs))
        return rows

    @property
    def chosen(self) -> Chosen:
        given = self.cleaned_data
        return Chosen(given["asks"], bool(given["must_pass"]), self.on, self.own)


def plain(told: bank.Telling) -> str:
    answers = [part for one in told.answers for part in (one.text, one.why)]
    return "\n".join(part.strip() for part in [told.title, told.scene, *answers, told.helps] if part.strip())


def preview(version: Version, publication: Publication | None) -> list[Choice]:
    """All that a version asks from, as a colleague reads it before it is published; then as it was published."""
    pool = queries.asked_from(publication) if publication else queries.pool_of(version)
    several = [(one, one.told(version.guideline.language)) for one in pool]
    return [Choice(one, told, language, True) for one, (told, language) in several]
