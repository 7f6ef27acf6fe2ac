from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

LASTING = [
    ("4", _("four hours")),
    ("24", _("one day")),
    ("72", _("three days")),
    ("168", _("one week")),
]  # hours


class QuietForm(forms.Form):
    """Filled in already, so that one tap is enough."""

    why = forms.CharField(
        label=_("Why"),
        max_length=200,
        initial=_("Something else comes first now."),
        help_text=_("Everybody reads this on the page of their posts."),
    )
    hours = forms.ChoiceField(
        label=_("For how long, at most"), choices=LASTING, initial="24", help_text=_("You can end it at any time.")
    )

    def until(self, at: datetime) -> datetime:
        return at + timedelta(hours=int(self.cleaned_data["hours"]))
