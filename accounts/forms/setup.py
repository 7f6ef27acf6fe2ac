from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.forms.firm import FirmForm
from accounts.forms.platforms import redirect_help
from accounts.models import User
from accounts.queries import connectors

INVITATIONS = 3


class SetUpForm(FirmForm):
    """The firm, its first administrator, its first platform and three invitations, on one page."""

    admin_name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    admin_email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    admin_password = forms.CharField(
        label=_("A password for you"),
        max_length=200,
        strip=False,
        help_text=_("At least ten characters. You can add a passkey afterwards."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False),
    )
    platform = forms.ChoiceField(label=_("First platform"), required=False)
    client_id = forms.CharField(
        label=_("Client ID"), max_length=300, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    client_secret = forms.CharField(
        label=_("Client secret"),
        max_length=300,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = ("", _("Later"))
        names = [(key, one.name) for key, one in connectors().items() if not one.describes_itself]
        self.fields["platform"].choices = [later, *names]  # type: ignore[attr-defined]
        self.fields["client_id"].help_text = redirect_help()
        for number in range(1, INVITATIONS + 1):
            self.fields[f"invite_{number}"] = forms.EmailField(
                label=_("Invite %(number)s") % {"number": number}, max_length=254, required=False
            )

    def invitations(self) -> list[forms.BoundField]:
        return [self[f"invite_{number}"] for number in range(1, INVITATIONS + 1)]

    def clean_admin_password(self) -> str:
        validate_password(self.cleaned_data["admin_password"], User(name=self.data.get("admin_name", "")))
        return self.cleaned_data["admin_password"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        platform = connectors().get(data.get("platform", ""))
        if platform and not platform.needs_origin and not (data.get("client_id") and data.get("client_secret")):
            text = _now("%(name)s needs both: its developer page shows them. Or choose this later.")
            self.add_error("client_id", text % {"name": platform.name})
        return data
