"""A signature on paper, and the yearly poll."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.queries import organisation
from core.languages import own_name
from core.zones import zone_of
from guidelines import queries
from guidelines.models import Due


class PaperForm(forms.Form):
    """What stands on the paper. `checked` is asked for only where the name is spelled otherwise than here."""

    typed_name = forms.CharField(
        label=_("The name as it stands on the paper"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Please type the name as it stands on the paper.")},
    )
    day = forms.DateField(
        label=_("The day on the paper"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages=dict.fromkeys(("required", "invalid"), _("Please choose the day that stands on the paper.")),
    )
    language = forms.ChoiceField(label=_("The language of the sheet"), required=False)
    checked = forms.BooleanField(required=False)

    def __init__(self, *args: Any, due: Due, at: datetime, **options: Any) -> None:
        original = due.publication.language
        super().__init__(*args, initial={"language": original}, **options)
        self.name = due.member.name
        self.fields["day"].widget.attrs["max"] = at.astimezone(zone_of(organisation().time_zone)).date().isoformat()
        self.fields["language"].choices = [(one, own_name(one)) for one in due.publication.content]
        self.fields["checked"].label = _("I have looked at the paper: it is the signature of %(name)s.") % {
            "name": self.name
        }
        self.several_languages = len(due.publication.content) > 1

    @property
    def asks_whether_checked(self) -> bool:
        return bool(self.is_bound and (self.data.get("checked") or getattr(self, "other_name", False)))

    def ask_whether_checked(self, sentence: str) -> None:
        self.other_name = True
        self.add_error("typed_name", sentence)

    @property
    def language_word(self) -> str:
        return own_name(self.cleaned_data["language"] or self.initial["language"])


class PollForm(forms.Form):
    """Three sentences, five answers each."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for key, sentence in queries.QUESTIONS.items():
            self.fields[key] = forms.TypedChoiceField(
                label=sentence, choices=list(queries.ANSWERS.items()), coerce=int, widget=forms.RadioSelect,
                error_messages={"required": _("Please choose an answer; “neither” is one.")},
            )  # fmt: skip
