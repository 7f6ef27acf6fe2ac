"""What a colleague types who asks, and whoever answers."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from guidelines import queries
from guidelines.actions.questions import LONGEST, LONGEST_ANSWER, LONGEST_DRAFT
from guidelines.models import Guideline


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "data-grows": ""})


class HelperField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        roles = {"hr": _("HR"), "council": _("Council")}
        says = obj.job_title or next((str(word) for role, word in roles.items() if role in obj.roles), "")
        return f"{obj.name}, {says}" if says else obj.name


def named(label: str, one: User, guideline: Guideline | None) -> str:
    """Says of whoever a guideline names that it does: their job alone does not tell why they may answer."""
    if guideline is None or one.pk != guideline.helper_id:
        return label
    return _("%(name)s, named in this guideline for questions") % {"name": label}


class HelperForm(forms.Form):
    """Who should answer. `but`: whoever was asked already and is not offered again."""

    helper = HelperField(
        label=_("Who should answer"),
        queryset=User.objects.none(),
        empty_label=None,
        error_messages={"required": _("Please choose who should answer.")},
    )

    def __init__(
        self, *args: Any, guideline: Guideline | None, asker: User, at: datetime, but: int | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        found = [one for one in queries.helpers(guideline, asker, at) if one.pk != but]
        self.fields["helper"].queryset = User.objects.filter(pk__in=[one.pk for one in found])
        self.fields["helper"].choices = [  # the one named in the guideline first
            (one.pk, queries.with_absence(self._label(one, guideline), one, at)) for one in found
        ]
        self.why = (
            _("HR named a colleague for questions about this guideline. Anybody in HR or the council may answer, too.")
            if guideline and guideline.helper_id in [one.pk for one in found]
            else _("Anybody in HR or the council may answer.")
        )
        self.has_nobody = not found

    def _label(self, one: User, guideline: Guideline | None) -> str:
        return named(self.fields["helper"].label_from_instance(one), one, guideline)


class AskForm(HelperForm):
    field_order = ["words", "draft", "helper"]

    words = forms.CharField(
        label=_("What would you like to know?"),
        max_length=LONGEST,
        widget=area(3),
        error_messages={"required": _("Please write what you would like to know.")},
    )
    draft = forms.CharField(label=_("What you would post"), max_length=LONGEST_DRAFT, required=False, widget=area(4))


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_ANSWER,
        widget=area(5),
        error_messages={"required": _("Please write an answer.")},
    )


class CaseForm(forms.Form):
    words = forms.CharField(label=_("The question, without anybody in it"), max_length=LONGEST, widget=area(3))
    answer = forms.CharField(label=_("The answer for all"), max_length=LONGEST_ANSWER, widget=area(5))
