"""A signature on paper, and the yearly poll."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guidelines import queries


class PaperForm(forms.Form):
    typed_name = forms.CharField(
        label=_("The name as it stands on the paper"),
        max_length=200,
        error_messages={"required": _("Please type the name as it stands on the paper.")},
    )


class PollForm(forms.Form):
    """Three sentences, five answers each."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for key, sentence in queries.QUESTIONS.items():
            self.fields[key] = forms.TypedChoiceField(
                label=sentence, choices=list(queries.ANSWERS.items()), coerce=int, widget=forms.RadioSelect,
                error_messages={"required": _("Please choose an answer; “neither” is one.")},
            )  # fmt: skip
