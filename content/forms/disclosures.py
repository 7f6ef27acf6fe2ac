from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from content import queries
from content.actions import DisclosureWords
from content.actions.disclosures import faults_of
from content.forms.languages import language_choices
from content.models import Campaign, DisclosureRule
from content.models.disclosures import LONGEST_WORDING

NAMES = ("country", "language", "connector", "decided_by", "decided_on", "decided_why")
BEFORE, AFTER = "before", "after"


class DisclosureForm(forms.Form):
    """One rule. What is left at "all" is not named by it."""

    country = forms.ChoiceField(
        label=_("Country"), required=False, help_text=_("The member’s, not the reader’s: it is in the profile.")
    )
    language = forms.ChoiceField(label=_("Language of the post"), required=False)
    connector = forms.ChoiceField(label=_("Platform"), required=False)
    campaign = forms.ModelChoiceField(label=_("Campaign"), queryset=Campaign.objects.none(), required=False)
    wordings = forms.CharField(
        label=_("Wordings, one a line"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Members choose between them; the first is used unless they do. {organisation} stands for your name."
        ),
        error_messages={"required": _("Please write one wording.")},
    )
    stands = forms.ChoiceField(
        label=_("Where it stands"),
        choices=[(BEFORE, _("Before the words")), (AFTER, _("After the words, which is not enough everywhere"))],
        widget=forms.RadioSelect,
        initial=BEFORE,
    )
    decided_by = forms.CharField(label=_("Who decided"), max_length=120, required=False)
    decided_on = forms.DateField(
        label=_("When"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    decided_why = forms.CharField(label=_("Why"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rule: DisclosureRule | None = None, **options: Any) -> None:
        kept = written(rule) if rule else {}
        super().__init__(*args, initial=kept | (options.pop("initial", None) or {}), **options)
        country, language = str(self.initial.get("country") or ""), str(self.initial.get("language") or "")
        known = queries.countries(country, *queries.countries_of_members())
        self.fields["country"].choices = [("", _("All countries")), *sorted(known.items(), key=lambda one: one[1])]
        spoken = language_choices(*queries.languages(), language)
        self.fields["language"].choices = [("", _("All languages")), *spoken]
        self.fields["connector"].choices = [("", _("All platforms")), *queries.places().items()]
        chosen = self.fields["campaign"]
        chosen.queryset = queries.open_campaigns(rule.campaign_id if rule else None)
        chosen.empty_label = _("With and without a campaign")

    def clean_wordings(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["wordings"].splitlines() if line.strip()]
        for line in lines:
            if (over := len(line) - LONGEST_WORDING) > 0:
                text = _("“%(start)s…” is too long by %(over)s characters: it stands in every post.")
                raise forms.ValidationError(text, params={"start": line[:30], "over": over})
        return lines

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        decided = [bool(given.get(name)) for name in ("decided_by", "decided_on", "decided_why")]
        if any(decided) and not all(decided) and "decided_on" not in self.errors:
            self.add_error("decided_by", _("Please say all three: who decided, when and why."))
        if "wordings" in given and not self.errors:
            for fault in faults_of(self.words):
                self.add_error("wordings", fault)
        return given

    @property
    def words(self) -> DisclosureWords:
        given = self.cleaned_data
        names = {name: given.get(name) for name in (*NAMES, "wordings", "campaign")}
        return DisclosureWords(before=given.get("stands") != AFTER, **names)


def written(rule: DisclosureRule) -> dict[str, Any]:
    named = {name: getattr(rule, name) for name in NAMES}
    words = {"wordings": "\n".join(rule.wordings), "stands": BEFORE if rule.before else AFTER}
    return named | words | {"campaign": rule.campaign_id, "version": rule.version}
