"""What is asked about the organisation: the same on the set-up page and, later, in the settings."""

from ipaddress import ip_network
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts import pictures, places
from accounts.models import Organisation
from core import languages
from core.colour import BadColour, TooFaint, derive, parse, to_hex


class FirmForm(forms.Form):
    name = forms.CharField(label=_("Name of the organisation"), max_length=120)
    logo = forms.FileField(
        label=_("Logo"), required=False, widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"})
    )
    accent = forms.CharField(
        label=_("Accent colour"), initial="#0a5c68", max_length=9, widget=forms.TextInput(attrs={"type": "color"})
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=languages.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[settings.LANGUAGE_CODE],
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=places.COUNTRIES,
        initial="GB",
        help_text=_("Decides how posts say that somebody works for you, and what is off until you switch it on."),
    )

    def clean_accent(self) -> str:
        try:
            colour = to_hex(parse(self.cleaned_data["accent"]))
            derive(colour)
        except BadColour:
            raise ValidationError(_("A colour is written as # and six digits or letters, such as #0a5c68.")) from None
        except TooFaint as faint:
            text = _now("Words in this colour are hard to read on white. %(offered)s is the nearest that works.")
            raise ValidationError(text % {"offered": faint.offered}) from None
        return colour

    def clean_logo(self) -> Any:
        upload = self.cleaned_data.get("logo")
        if not isinstance(upload, UploadedFile):
            return upload  # nothing new: the one there is, or False to take it away
        try:
            return pictures.logo(upload)
        except pictures.BadPicture as error:
            raise ValidationError(str(error)) from None


class NetworksField(forms.CharField):
    """Networks or single addresses, one a line."""

    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return [self.network(line) for line in super().clean(value).replace(",", "\n").split()]

    def network(self, text: str) -> str:
        try:
            return str(ip_network(text, strict=False))
        except ValueError:
            sentence = _now("“%(typed)s” is no network. Write it as 203.0.113.0/24 or 2001:db8::/32, one a line.")
            raise ValidationError(sentence % {"typed": text[:60]}) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class OrganisationForm(FirmForm, forms.ModelForm):  # type: ignore[type-arg]
    logo = forms.FileField(label=_("Logo"), required=False, widget=AdminFileWidget)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=places.time_zones,
        help_text=_("When a day and a month begin and end, for the boards and for people who come new."),
    )
    spread_minutes = forms.IntegerField(
        label=_("Spread colleagues’ posts of one story over, in minutes"),
        min_value=0,
        max_value=24 * 60,
        required=False,
        help_text=_("“Find me a good time” keeps them apart within so long. A time somebody chooses stays theirs."),
    )
    working_time = forms.CharField(
        label=_("Is taking part working time?"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Everybody new reads this sentence, such as: Yes, up to half an hour a week. Empty says that nobody has "
            "said so yet."
        ),
    )
    boards_on = forms.BooleanField(
        label=_("Show boards that compare teams"),
        required=False,
        help_text=_("By averages only, and never a team of fewer than ten. Ask your works council first."),
    )
    regulated = forms.BooleanField(
        label=_("Regulated: delete posts of a withdrawn story at once"),
        required=False,
        help_text=_(
            "Otherwise each member is asked and decides. With it their posts are deleted on the platforms without "
            "asking, and they are told. Talk to your works council first."
        ),
    )
    approvers = forms.TypedChoiceField(
        label=_("Before a story goes live"),
        choices=[(0, _("nobody else is asked")), (1, _("one other curator approves")), (2, _("two others approve"))],
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_(
            "Nobody approves their own. Where one person does it all, choose nobody. A regulated firm always asks one."
        ),
    )
    networks = NetworksField(
        label=_("Your own offices' internet addresses"),
        required=False,
        help_text=_("Visits from there are not counted. One a line, such as 203.0.113.0/24. Empty if you do not know."),
    )
    utm_source = forms.CharField(
        label=_("utm_source of short links"),
        required=False,
        max_length=60,
        help_text=_("For your own web statistics; {platform} stands for where it was posted. Empty to add nothing."),
    )
    utm_medium = forms.CharField(label=_("utm_medium of short links"), required=False, max_length=60)
    utm_campaign = forms.CharField(
        label=_("utm_campaign of short links"),
        required=False,
        max_length=60,
        help_text=_("Where a story has no campaign of its own."),
    )

    class Meta:
        model = Organisation
        fields = [
            "name", "logo", "accent", "languages", "country", "time_zone", "working_time", "spread_minutes",
            "boards_on", "regulated", "approvers", "networks", "utm_source", "utm_medium", "utm_campaign",
        ]  # fmt: skip

    def clean_spread_minutes(self) -> int:
        given = self.cleaned_data["spread_minutes"]
        return self.instance.spread_minutes if given is None else given

    def clean_approvers(self) -> int:
        given = self.cleaned_data["approvers"]
        return self.instance.approvers if given is None else given

    def clean_languages(self) -> list[str]:
        """In the order they had; the first is the one mails are written in."""
        before, chosen = self.instance.languages, self.cleaned_data["languages"]
        return [*(code for code in before if code in chosen), *(code for code in chosen if code not in before)]
