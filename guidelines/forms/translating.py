"""A translation beside its original, section by section."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guidelines import queries, texts
from guidelines.forms.writing import typed_sections
from guidelines.models import Version


@dataclass(frozen=True)
class Pair:
    """One section: the original, how it changed since it was translated, and the translation."""

    number: int
    original: texts.Section
    changed: queries.Clause | None
    own: texts.Section


class TranslationForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    summary = forms.CharField(
        label=_("What it is about, in up to five lines"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    what_changed = forms.CharField(
        label=_("What changed, for colleagues who signed the last version"), max_length=300, required=False
    )

    def __init__(self, data: Any = None, *, version: Version, language: str) -> None:
        self.language, self.version = language, version
        self.original = texts.read(version.content[version.guideline.language])
        raw = version.content.get(language)
        self.kept = texts.read(raw) if raw else texts.Text("", "", ())
        before = version.translated_from.get(language)
        self.before = texts.read(before) if before else None
        said = version.what_changed.get(language, "")
        super().__init__(data, initial={"title": self.kept.title, "summary": self.kept.summary, "what_changed": said})
        self.said_in_original = version.what_changed.get(version.guideline.language, "") if version.number > 1 else None
        if version.number == 1:
            del self.fields["what_changed"]

    @property
    def text(self) -> texts.Text:
        given = self.cleaned_data
        return texts.Text(given["title"], given["summary"], tuple(typed_sections(self.data)))

    @property
    def pairs(self) -> list[Pair]:
        typed = {one.key: one for one in typed_sections(self.data)} if self.is_bound else {}
        changes = (
            {one.section.key: one for one in queries.clauses(self.before, self.original, marks=True)}
            if self.before
            else {}
        )
        found = []
        for number, one in enumerate(self.original.sections, 1):
            own = typed.get(one.key) or self.kept.section(one.key) or texts.Section(one.key, one.kind, "", "")
            clause = changes.get(one.key)
            found.append(Pair(number, one, clause if clause and clause.is_changed else None, own))
        return found

    @property
    def title_changed(self) -> bool:
        return self.before is not None and (self.before.title, self.before.summary) != (
            self.original.title, self.original.summary,
        )  # fmt: skip
