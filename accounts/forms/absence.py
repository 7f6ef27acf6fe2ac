from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock

FARTHEST = timedelta(days=366)


class AwayField(forms.DateField):
    """Somebody's last day away. What is due waits for it, so it cannot lie as far ahead as one likes."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=_("Away until"), required=False, widget=widget, **options)

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day and day > clock.now().date() + FARTHEST:
            raise forms.ValidationError(_("Please give a day within a year from now. It can be moved on later."))
        return day
