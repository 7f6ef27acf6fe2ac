from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actions.people import WhatHrKnows
from accounts.forms.absence import AwayField
from accounts.forms.colleague import ColleagueField
from accounts.models import ROLES, Team, User
from accounts.ordering import in_order_of

ROLE_WORDS = {
    "curator": _("Curator: finds stories, writes captions, approves"),
    "hr": _("HR: invites people and looks after teams"),
    "administrator": _("Administrator: settings, platforms and roles"),
    "council": _("Council member: sees every change of settings"),
}


class RolesField(forms.MultipleChoiceField):
    def __init__(self) -> None:
        super().__init__(
            label=_("Roles"),
            choices=[(role, ROLE_WORDS[role]) for role in ROLES],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Everybody can read and share; these are for the work behind it."),
        )


class TeamField(forms.ModelChoiceField):
    def __init__(self) -> None:
        teams = Team.objects.order_by(in_order_of("name"))
        super().__init__(teams, label=_("Team"), required=False, empty_label=_("none yet"))


class InviteForm(forms.Form):
    """By e-mail, or without an address on paper."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        help_text=_("Leave it out for somebody without one: you get a slip with a code to print."),
    )

    note = forms.CharField(
        label=_("Note"),
        max_length=120,
        required=False,
        help_text=_("To tell slips apart, such as “workshop, late shift”. Only those who invite see it."),
    )

    def __init__(self, *args: Any, by_administrator: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"] = TeamField()
        if by_administrator:
            self.fields["roles"] = RolesField()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(data.get(name) for name in ("name", "email", "note")):
            self.add_error("name", _("Please give a name or an address; or a note, for a slip that anybody may take."))
        return data

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        if email and User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("There is a member with this address already."))
        return email


class MemberForm(forms.Form):
    """What HR knows of somebody, and for an administrator the roles."""

    profession = forms.CharField(
        label=_("Profession"),
        max_length=80,
        required=False,
        help_text=_("Teacher, doctor, trader. Some guidelines are for one profession; most people need none here."),
    )
    manager = ColleagueField(
        label=_("Manager"),
        required=False,
        error_messages={"nobody": _("Nobody here is called that, apart from themselves.")},
        help_text=_("Name or address. Told of an unsigned guideline only where its rule says so."),
    )
    away_until = AwayField(
        help_text=_("The last day away. Nobody is reminded before, and what is due waits for their return."),
        error_messages={"invalid": _("Please give the last day away, such as 2027-01-31.")},
    )
    # What the page had: they may have said so themselves since, and whoever left this alone takes nothing back.
    away_was = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by_administrator: bool, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["manager"].kept, self.fields["manager"].apart = person.manager, person
        professions = User.objects.exclude(profession="").order_by("profession").values_list("profession", flat=True)
        self.known_professions = list(professions.distinct()[:200])
        self.fields["profession"].widget.attrs["list"] = "professions"
        self.fields = {"team": TeamField(), **self.fields}
        if by_administrator:
            self.fields["roles"] = RolesField()

    def clean_profession(self) -> str:
        """In the spelling that is in use already: audiences go by it."""
        typed = " ".join(self.cleaned_data["profession"].split())
        return next((one for one in self.known_professions if one.casefold() == typed.casefold()), typed)

    @property
    def known(self) -> WhatHrKnows:
        given = self.cleaned_data
        keeps_away = given["away_until"] == given["away_was"]
        return WhatHrKnows(given["team"], given["profession"], given["manager"], given["away_until"], keeps_away)


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Name of the team"), max_length=120)

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        if Team.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("There is a team with this name already."))
        return name
