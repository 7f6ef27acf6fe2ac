import re

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.passkeys import CredentialField
from accounts.models import User
from core import languages

SIGN_IN_NAME = re.compile(r"[\w.\-]{2,60}")


class SignInNameField(forms.CharField):
    def clean(self, value: str) -> str:
        name = super().clean(value).strip().lower()
        if name and not SIGN_IN_NAME.fullmatch(name):
            raise ValidationError(_("Letters, digits, dots and hyphens, please, without spaces and without @."))
        return name


class JoinForm(forms.Form):
    """Name, and either a password or a passkey that the browser has just made (`credential`)."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    sign_in_name = SignInNameField(
        label=_("A name to sign in with"),
        max_length=60,
        required=False,
        help_text=_("Such as your staff number. You need it beside a password when you have no address here."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    private_email = forms.EmailField(
        label=_("Your own e-mail address"),
        max_length=254,
        required=False,
        help_text=_("Only to let you back in and tell you about your posts. Leave it out if you prefer."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=languages.choices)
    password = forms.CharField(
        label=_("A password"),
        required=False,
        max_length=200,
        strip=False,
        help_text=_("At least ten characters. Leave it empty if you make a passkey."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    credential = CredentialField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, has_address: bool, returning: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.has_address = has_address
        if has_address:
            del self.fields["private_email"], self.fields["sign_in_name"]
        if returning:
            for name in ("name", "language", "private_email"):
                self.fields.pop(name, None)

    def clean_password(self) -> str:
        password = self.cleaned_data.get("password", "")
        if password:
            validate_password(password, User(name=self.data.get("name", ""), email=None))
        return password

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        password, passkey = data.get("password"), data.get("credential")
        if "credential" in self.errors:
            self.add_error(None, _("The passkey was not completed. Please try once more, or choose a password."))
        elif not password and not passkey and "password" not in self.errors:
            self.add_error("password", _("Please choose a password, or make a passkey."))
        nothing_beside = not self.has_address and not data.get("sign_in_name") and not data.get("private_email")
        if password and nothing_beside and "sign_in_name" not in self.errors:
            self.add_error("sign_in_name", _("Please choose a name to type beside the password."))
        return data
