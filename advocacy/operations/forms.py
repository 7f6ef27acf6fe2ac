from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _


class PauseForm(forms.Form):
    why = forms.CharField(label=_("Why"), max_length=200, help_text=_("Administrators read this here."))
    hours = forms.ChoiceField(
        label=_("For how long, at most"),
        choices=[("1", _("one hour")), ("6", _("six hours")), ("24", _("one day")), ("168", _("one week"))],
        initial="6",
        help_text=_("A post whose time runs out meanwhile is not sent late; its member is told."),
    )

    def until(self, at: datetime) -> datetime:
        return at + timedelta(hours=int(self.cleaned_data["hours"]))


class PostedForm(forms.Form):
    url = forms.URLField(
        label=_("Address of the post"),
        max_length=600,
        assume_scheme="https",
        help_text=_("The member can copy it from the post. They are told what you noted."),
    )
