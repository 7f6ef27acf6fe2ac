"""What HR types: a guideline's name and audience, and the words of one version."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.colleague import ColleagueField
from accounts.models import User
from accounts.queries import by_name
from audiences import queries as audiences
from audiences.models import Audience
from guidelines import rhythm, texts
from guidelines.actions import VersionWords
from guidelines.models import Version
from guidelines.models.versions import AGAIN, EDITORIAL, MATERIAL, NAME, SOME

BLANK_ROWS = 2
NUMBERS = ("required", "invalid", "min_value", "max_value")
DAYS = dict.fromkeys(NUMBERS, _("Please give a number of days from 1 to 365."))
DAYS_OR_NONE = dict.fromkeys(NUMBERS, _("Please give a number of days from 0 to 365."))
SECONDS = dict.fromkeys(NUMBERS, _("Please give a number of seconds from 0 to 600."))
CHANGE_WORDS = [
    (MATERIAL, _("It matters: all sign again")),
    (SOME, _("It matters to some: those sign again")),
    (EDITORIAL, _("Wording only: nobody signs again")),
]
KIND_WORDS = [
    (texts.RULE, _("Rule")),
    (texts.RECOMMENDATION, _("Recommendation")),
    (texts.SUPPORT, _("Who helps")),
]


class AskedForm(forms.Form):
    """Whom a guideline is for, and who helps."""

    helper = ColleagueField(
        label=_("Who answers questions"),
        help_text=_("Name or address of any colleague. The text says “the person named here”; this is that person."),
        error_messages={"required": _("Please say who answers questions; the text names that person.")},
    )
    audience = forms.ModelChoiceField(
        label=_("Whom it is for"), queryset=Audience.objects.none(), required=False, empty_label=_("Everybody")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["audience"].queryset = audiences.named()
        named, roles = self.initial.get("helper"), ["hr", "council"]
        self.fields["helper"].kept = User.objects.filter(pk=named.pk if isinstance(named, User) else named).first()
        usual = by_name(User.objects.filter(is_active=True, roles__overlap=roles))
        self.fields["helper"].widget.suggestions = usual.values_list("name", flat=True)


class BeginForm(AskedForm):
    name = forms.CharField(
        label=_("What you call it"),
        max_length=120,
        help_text=_("Its title, for HR and for everybody who reads it. You can change it in the draft."),
        error_messages={"required": _("Please give it a name, so that colleagues in HR find it.")},
    )
    field_order = ("name", "helper", "audience")


RHYTHM_WORDS = [
    (rhythm.USUAL, _("A week before, the day before, and twice after")),
    (rhythm.GENTLE, _("The day before, and a week after")),
    (rhythm.NONE, _("Not at all")),
]


class TermsForm(AskedForm):
    """What holds for all versions."""

    rhythm = forms.ChoiceField(label=_("Reminders"), choices=RHYTHM_WORDS, widget=forms.RadioSelect)
    grace_days = forms.IntegerField(
        label=_("Days of grace before sharing waits"),
        min_value=0,
        max_value=365,
        help_text=_("What is planned waits from then on, until its owner has signed."),
        error_messages=DAYS_OR_NONE,
    )
    manager_after = forms.IntegerField(
        label=_("Days overdue before the manager is told"),
        min_value=1,
        max_value=365,
        required=False,
        help_text=_("Empty is never. Whoever signs reads this rule beside the text."),
        error_messages=DAYS,
    )


@dataclass(frozen=True)
class Row:
    """One section as the page has it, and where it may go."""

    number: int
    section: texts.Section
    has_moved: bool
    goes_up: bool
    goes_down: bool
    is_written: bool


def typed_sections(data: Any) -> list[texts.Section]:
    parts = {name: data.getlist(f"section_{name}") for name in ("key", "kind", "title", "body")}
    several = zip(*(parts[name] for name in ("key", "kind", "title", "body")), strict=False)
    return [
        texts.Section(key[:40] or uuid4().hex[:12], kind if kind in texts.KINDS else texts.RULE, title, body)
        for key, kind, title, body in several
    ]


class VersionForm(forms.Form):
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
    change = forms.ChoiceField(label=_("How much it matters"), choices=CHANGE_WORDS, widget=forms.RadioSelect)
    some = forms.ModelChoiceField(
        label=_("Whom the change is about"), queryset=Audience.objects.none(), required=False, empty_label="–"
    )
    sign_within = forms.IntegerField(
        label=_("Days to sign it"),
        min_value=0,
        max_value=365,
        help_text=_("With none, what somebody plans to share waits from the first moment on."),
        error_messages=DAYS_OR_NONE,
    )
    least_seconds = forms.IntegerField(
        label=_("Seconds between opening and signing, at least"),
        min_value=0,
        max_value=600,
        error_messages=SECONDS,
        help_text=_("Some read fast, and some hear it read aloud faster than anybody reads. Twenty is fair."),
    )
    proof = forms.ChoiceField(
        label=_("What a signature takes"),
        choices=[(NAME, _("The typed name")), (AGAIN, _("The typed name, and showing once more who one is"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, version: Version) -> None:
        self.language = version.guideline.language
        self.arranged: list[texts.Section] | None = None
        self.moved: texts.Section | None = None
        self.keep(version)
        initial = {
            "title": self.kept.title, "summary": self.kept.summary,
            "what_changed": version.what_changed.get(self.language, ""), "change": version.change,
            "some": version.some_id, "sign_within": version.sign_within, "least_seconds": version.least_seconds,
            "proof": version.proof,
        }  # fmt: skip
        super().__init__(data, initial=initial)
        self.fields["some"].queryset = audiences.named()
        if version.number == 1:
            for name in ("what_changed", "change", "some"):
                del self.fields[name]

    def keep(self, version: Version) -> None:
        """What is saved now."""
        raw = version.content.get(self.language)
        self.version, self.kept = version, texts.read(raw) if raw else texts.Text("", "", ())

    @property
    def sections(self) -> list[texts.Section]:
        """As they were typed, empty ones too."""
        return typed_sections(self.data) if self.is_bound else list(self.kept.sections)

    def arrange(self, do: str) -> None:
        """Move a section up or down, or put an empty one before it: “up-2”, “down-2”, “insert-2”. All that was typed
        stays as it is, and nothing is saved."""
        how, _dash, digits = do.partition("-")
        rows, place = self.sections, int(digits[:4]) - 1 if digits.isdecimal() else -1
        if not 0 <= place < len(rows):
            return
        if how == "insert":
            rows.insert(place, texts.Section("", texts.RECOMMENDATION, "", ""))
        else:
            to = min(max(place + {"up": -1, "down": 1}.get(how, 0), 0), len(rows) - 1)
            rows.insert(to, rows.pop(place))
            place = to
        self.arranged, self.moved = rows, rows[place]

    @property
    def rows(self) -> list[Row]:
        """With a few empty ones to write on in."""
        sections = self.sections if self.arranged is None else self.arranged
        found = [one for one in sections if one is self.moved or one.title.strip() or one.body.strip()]
        blank = [texts.Section("", texts.RECOMMENDATION, "", "") for _ in range(BLANK_ROWS)]
        return [
            Row(number, one, one is self.moved, 1 < number <= len(found), number < len(found), number <= len(found))
            for number, one in enumerate([*found, *blank], 1)
        ]

    @property
    def kinds(self) -> list[tuple[str, Any]]:
        return KIND_WORDS

    @property
    def words(self) -> VersionWords:
        given = self.cleaned_data
        text = texts.Text(given["title"], given["summary"], tuple(self.sections))
        # A translation keeps to the sections of its original.
        known = {one: texts.read(raw) for one, raw in self.version.content.items() if one != self.language}
        others = {one: texts.aligned(text, translated) for one, translated in known.items()}
        return VersionWords(
            texts={self.language: text, **others},
            what_changed={**self.version.what_changed, self.language: given.get("what_changed", "")},
            change=given.get("change", MATERIAL),
            some=given.get("some"),
            sign_within=given["sign_within"],
            least_seconds=given["least_seconds"],
            proof=given["proof"],
        )
