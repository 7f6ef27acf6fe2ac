"""What is asked about the organisation: the same on the set-up page and, later, in the settings."""

from ipaddress import ip_network
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts import pictures, places
from accounts.models import Organisation, User, WordsReader
from accounts.queries import forget_kept
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


class LinesField(forms.CharField):
    """A few words a line."""

    widget = forms.Textarea(attrs={"rows": 5})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = (" ".join(line.split())[:60] for line in super().clean(value).splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class MemberField(forms.CharField):
    """One member, by what they sign in with."""

    def prepare_value(self, value: Any) -> Any:
        return (value.email or value.sign_in_name) if isinstance(value, User) else value

    def clean(self, value: Any) -> User | None:
        typed = super().clean(value)
        if not typed:
            return None
        known = User.objects.filter(Q(email__iexact=typed) | Q(sign_in_name__iexact=typed), is_active=True)
        if found := known.first():
            return found
        raise ValidationError(_now("Nobody here signs in with “%(typed)s”.") % {"typed": typed[:60]})

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
        label=_("Regulated: read own words first, and delete posts of a withdrawn story at once"),
        required=False,
        help_text=_(
            "What members write themselves waits until whoever is named below approves it; suggested words go out as "
            "they stand. Posts of a withdrawn story are deleted without asking, and their members told. Talk to your "
            "works council first."
        ),
    )
    words_approver = MemberField(
        label=_("In a regulated firm, who reads own words"),
        required=False,
        max_length=254,
        help_text=_("E-mail address or sign-in name. Empty: members share suggested words only."),
    )
    words_deputy = MemberField(
        label=_("Who stands in for them"),
        required=False,
        max_length=254,
        help_text=_("Reads the approver’s own words, and everybody’s while the approver has paused their messages."),
    )
    words_hours = forms.IntegerField(
        label=_("Own words are read within so many working hours"),
        min_value=1,
        max_value=80,
        required=False,
        help_text=_(
            "Hours of whoever reads, as they chose them in their profile; by the clock where they chose none. Words "
            "that have no answer by then are not posted."
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

    skills = LinesField(
        label=_("Skills to choose from in the profile"),
        required=False,
        max_length=3000,
        help_text=_("One a line. Members tick what they know, and may add words of their own. Audiences ask for them."),
    )

    class Meta:
        model = Organisation
        fields = [
            "name", "logo", "accent", "languages", "country", "time_zone", "working_time", "spread_minutes",
            "boards_on", "regulated", "words_approver", "words_deputy", "words_hours", "approvers", "skills",
            "networks", "utm_source", "utm_medium", "utm_campaign",
        ]  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for reader in WordsReader.objects.select_related("member"):
            self.initial[f"words_{reader.place}"] = reader.member

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        approver, deputy = given.get("words_approver"), given.get("words_deputy")
        if deputy and deputy == approver:
            self.add_error("words_deputy", _("That is the same person. Somebody else has to stand in."))
        if deputy and not approver and "words_approver" not in self.errors:
            self.add_error("words_approver", _("Whom does the deputy stand in for?"))
        return given

    def _save_m2m(self) -> None:
        super()._save_m2m()
        WordsReader.objects.all().delete()
        for place in (WordsReader.APPROVER, WordsReader.DEPUTY):
            if member := self.cleaned_data[f"words_{place}"]:
                WordsReader.objects.create(place=place, member=member)
        forget_kept()

    def clean_words_hours(self) -> int:
        given = self.cleaned_data["words_hours"]
        return self.instance.words_hours if given is None else given

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
