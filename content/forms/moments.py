from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import zones


class MomentField(forms.CharField):
    """A local date and time in the zone of whoever writes; cleaned to a moment, or None.

    `kept` is the moment the page showed. Sent back untouched it stays that very moment, also within an hour that
    comes twice.
    """

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.zone = "UTC"
        self.kept: datetime | None = None

    def shows(self, moment: datetime | None, zone: str) -> str:
        self.zone, self.kept = zone, moment
        return self.written(moment)

    def written(self, moment: datetime | None) -> str:
        return zones.to_local(moment, self.zone).strftime("%Y-%m-%dT%H:%M") if moment else ""

    def clean(self, value: Any) -> datetime | None:  # type: ignore[override]
        text = super().clean(value)
        if not text or text == self.written(self.kept):
            return self.kept if text else None
        try:
            return zones.to_utc(datetime.fromisoformat(text).replace(tzinfo=None), self.zone).at
        except (ValueError, OverflowError):
            raise forms.ValidationError(_("Please give a day and a time, such as 24 November 2026, 09:30.")) from None
