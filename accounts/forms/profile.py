from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from accounts import pictures, places, skills
from accounts.forms.absence import AwayField
from accounts.forms.joining import SignInNameField
from accounts.models import User
from accounts.queries import organisation
from core import hours, languages


class ProfileForm(forms.ModelForm):
    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    job_title = forms.CharField(label=_("What you do"), max_length=120, required=False)
    photo = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("Cut to a small square. Whatever else is in the file, such as the place, is thrown away."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    no_photo = forms.BooleanField(label=_("Take my picture away"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=languages.choices)
    country = forms.ChoiceField(
        label=_("Country"),
        choices=places.COUNTRIES,
        help_text=_("Decides how your posts have to say that you work here."),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=places.time_zones)
    away_until = AwayField(
        help_text=_(
            "Your last day away, if you are. Nothing reminds you before; HR sees the day, and nothing else. If you "
            "answer questions or help, whoever would ask you sees it too."
        ),
        error_messages={"invalid": _("Please give your last day away, such as 2027-01-31.")},
    )
    counts_clicks = forms.BooleanField(
        label=_("Count how often my links are opened"),
        required=False,
        help_text=_("Visits only, never who. Without it you see no numbers, and nobody else does."),
    )

    skills = forms.MultipleChoiceField(
        label=_("What you know"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )
    more_skills = forms.CharField(
        label=_("What you know"),
        required=False,
        max_length=1000,
        help_text=_(
            "In your own words, with commas between. Some stories are for colleagues who know something; this decides "
            "whether you are offered them. Leave it empty if you like."
        ),
    )

    class Meta:
        model = User
        fields = ["name", "job_title", "language", "country", "time_zone", "away_until", "counts_clicks"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered, own = organisation().skills, self.instance.skills
        if offered:
            self.fields["skills"].choices = [(skill, skill) for skill in offered]
            self.fields["more_skills"].label = _("What else you know")
        else:
            del self.fields["skills"]
        self.initial["skills"] = [skill for skill in own if skill in offered]
        self.initial["more_skills"] = ", ".join(skill for skill in own if skill not in offered)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["skills"] = skills.tidy([*data.get("skills", []), *data.get("more_skills", "").split(",")])
        return data

    def clean_photo(self) -> Any:
        upload = self.cleaned_data.get("photo")
        if not upload:
            return None
        try:
            return pictures.face(upload)
        except pictures.BadPicture as error:
            raise ValidationError(str(error)) from None

    def clean_country(self) -> str:
        return self.cleaned_data["country"]


PAUSES = [
    (0, _("none")), (15, _("15 minutes")), (30, _("half an hour")), (60, _("an hour")), (120, _("two hours")),
    (240, _("four hours")), (1440, _("a day")),
]  # fmt: skip


class HoursForm(forms.Form):
    """A row for each weekday: works, from, to; and what planned posts keep to."""

    keeps_to_hours = forms.BooleanField(
        label=_("Send what I plan within these hours only"),
        required=False,
        help_text=_("A time outside of them moves to the next one within, and says so. “Now” is always now."),
    )
    least_pause = forms.TypedChoiceField(
        label=_("Least pause between my planned posts"),
        choices=PAUSES,
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("One story on several platforms counts as one."),
    )

    def __init__(self, data: Any = None, *, saved: Any = None, member: User | None = None) -> None:
        first = {"keeps_to_hours": member.keeps_to_hours, "least_pause": member.least_pause} if member else {}
        super().__init__(data, initial=first)
        for number, day in enumerate(hours.shown(saved)):
            usual = [9 * 60, 17 * 60] if day is None else day
            self.fields[f"works_{number}"] = forms.BooleanField(
                label=WEEKDAYS[number], required=False, initial=number < 5 if saved is None else day is not None
            )
            for end, label, at in (("from", _("from"), usual[0]), ("to", _("to"), usual[1])):
                self.fields[f"{end}_{number}"] = forms.TimeField(
                    label=label,
                    required=False,
                    initial=hours.clock_time(at),
                    widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
                )

    def days(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        return [(self[f"works_{number}"], self[f"from_{number}"], self[f"to_{number}"]) for number in range(7)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen: list[hours.Day] = []
        for number in range(7):
            start, end = data.get(f"from_{number}"), data.get(f"to_{number}")
            if not data.get(f"works_{number}"):
                chosen.append(None)
            elif start is None or end is None or start >= end:
                self.add_error(f"to_{number}", _("Please choose an end later than the start."))
            else:
                chosen.append([hours.minutes(start), hours.minutes(end)])
        data["hours"] = chosen
        return data


class MailAddressForm(forms.Form):
    email = forms.EmailField(
        label=_("New e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class SignInNameForm(forms.Form):
    sign_in_name = SignInNameField(
        label=_("Sign-in name"),
        max_length=60,
        required=False,
        help_text=_("Typed beside your password instead of an address. Empty takes it away."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
