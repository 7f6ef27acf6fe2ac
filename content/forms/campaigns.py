from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from content.actions import CampaignWords
from content.models import Campaign

NAMES = (
    "name", "goal", "starts_on", "ends_on", "wanted_stories", "wanted_shares", "has_prizes", "utm_campaign",
)  # fmt: skip
DAY = {"invalid": _("Please give a day, such as 24 November 2026."), "required": _("Please give a day.")}
MOST = 1_000_000


def day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, error_messages=DAY, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=1, max_value=MOST, error_messages={"invalid": _("Please give a number.")}
    )


class CampaignForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=80, error_messages={"required": _("Please give the campaign a name.")}
    )
    goal = forms.CharField(
        label=_("What it is for"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In a sentence or two, as you would tell a colleague."),
    )
    starts_on, ends_on = day(_("First day")), day(_("Last day"))
    wanted_stories, wanted_shares = number(_("How many stories")), number(_("How many posts"))
    has_prizes = forms.BooleanField(
        label=_("Sharing can win a prize"),
        required=False,
        help_text=_(
            "Each post of its stories then says so, besides where its writer works, and X shows its own label."
        ),
    )
    utm_campaign = forms.CharField(
        label=_("Campaign word of its links"),
        required=False,
        max_length=60,
        help_text=_("One word for your web statistics (utm_campaign)."),
    )

    def __init__(self, *args: Any, campaign: Campaign | None = None, **options: Any) -> None:
        kept = {name: getattr(campaign, name) for name in NAMES} if campaign else {}
        super().__init__(*args, initial=kept, **options)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        begins, ends = given.get("starts_on"), given.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("The campaign would end before it begins. Please choose a later last day."))
        return given

    @property
    def words(self) -> CampaignWords:
        return CampaignWords(**{name: self.cleaned_data[name] for name in NAMES})
