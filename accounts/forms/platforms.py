from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.described import callback_address
from accounts.models import PlatformApp
from accounts.queries import connectors
from connectors.base import ConnectorError


class PlatformForm(forms.ModelForm):  # type: ignore[type-arg]
    """Our registration at a platform, or a switch for one that needs none."""

    connector = forms.ChoiceField(label=_("Platform"))
    origin = forms.CharField(
        label=_("Server"),
        max_length=200,
        required=False,
        help_text=_("Only for Mastodon, and made by itself when a member connects there first. Empty for the others."),
    )
    enabled = forms.BooleanField(label=_("Members may connect it"), required=False, initial=True)
    client_id = forms.CharField(label=_("Client ID"), max_length=300, required=False)
    new_secret = forms.CharField(
        label=_("Client secret"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Write-only: it is sealed when saved and never shown again. Empty leaves it as it is."),
    )

    class Meta:
        model = PlatformApp
        fields = ["connector", "origin", "enabled", "client_id", "paused_until", "pause_reason"]
        labels = {"paused_until": _("Send nothing there until"), "pause_reason": _("Why")}
        help_texts = {
            "paused_until": _("Set by itself when the platform asks everybody here to wait. Empty means: no pause."),
            "pause_reason": _("What the platform said, or your own note."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(key, one.name) for key, one in connectors().items()]
        self.fields["connector"].choices = [("", "---------"), *names]  # type: ignore[attr-defined]
        self.fields["client_id"].help_text = redirect_help()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        platform = connectors().get(data.get("connector", ""))
        if platform and data.get("origin"):
            if not platform.needs_origin:
                text = _now("%(name)s has no servers of its own to choose from. Please leave this empty.")
                self.add_error("origin", text % {"name": platform.name})
                return data
            try:
                data["origin"] = platform.normalise_origin(data["origin"])
            except ConnectorError as error:
                self.add_error("origin", ValidationError(error.sentence))
        return data


def redirect_help() -> SafeString:
    """The address a platform's developer page asks for, for each that has such a page."""
    registered = [one for one in connectors().values() if not one.needs_origin and not one.describes_itself]
    return _now("From the platform's developer page, which wants this redirect address:") + format_html_join(
        "", " {}: {}", ((one.name, callback_address(one.key)) for one in registered)
    )
