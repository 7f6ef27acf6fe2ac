"""What HR or the council asks evidence of."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.queries import organisation
from core.zones import zone_of
from guidelines.models import Guideline


class PackForm(forms.Form):
    """What an auditors' pack is to be about. Left alone, it is everything, as it stands today."""

    day = forms.DateField(
        label=_("As it stood at the end of"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages=dict.fromkeys(("required", "invalid"), _("Please choose a day, such as 2026-03-31.")),
    )
    guideline = forms.ModelChoiceField(
        label=_("Guideline"), queryset=Guideline.objects.none(), required=False, empty_label=_("All guidelines")
    )
    person = forms.CharField(
        label=_("Person"),
        max_length=200,
        required=False,
        help_text=_(
            "E-mail address or whole name, or the number of somebody who is here no more. Empty for everybody."
        ),
    )

    def __init__(self, *args: Any, at: datetime | None = None, **options: Any) -> None:
        if at is not None:
            options["initial"] = {"day": at.astimezone(zone_of(organisation().time_zone)).date()}
        super().__init__(*args, **options)
        self.fields["guideline"].queryset = (
            Guideline.objects.filter(publications__isnull=False).distinct().order_by("name")
        )
