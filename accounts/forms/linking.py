from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class AddressForm(forms.Form):
    """Where each server of a platform has its own address."""

    address = forms.CharField(
        label=_("Your address there"),
        max_length=200,
        help_text=_("Such as @me@mastodon.social, or the address of your server."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.SANDBOX and "address" in self.fields:
            example = f"@you@{settings.SANDBOX_INSTANCE}"
            text = _("Here %(example)s works. Any other address names a real server, and what you post there is real.")
            self.fields["address"].help_text = text % {"example": example}
            self.fields["address"].widget.attrs["placeholder"] = example


class HandleForm(forms.Form):
    """Where the page that asks for consent is found by who asks."""

    handle = forms.CharField(
        label=_("Your name there"),
        max_length=200,
        help_text=_("Such as name.bsky.social. Your own server asks you then; we never see your password."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.SANDBOX:
            example = f"you.{settings.SANDBOX_INSTANCE}"
            self.fields["handle"].help_text = _("Here any name works, such as %(example)s.") % {"example": example}
            self.fields["handle"].widget.attrs["placeholder"] = example


class AppPasswordForm(HandleForm):
    app_password = forms.CharField(
        label=_("App password"),
        max_length=60,
        help_text=_("Made on the platform for this one purpose, in the form xxxx-xxxx-xxxx-xxxx. Never your own."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
