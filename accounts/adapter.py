"""How allauth behaves here. What is not said is allauth's own."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import rules
from links.redirect.visitor import Proxies

SECOND_FACTOR = "allauth.mfa.stages.AuthenticateStage"


NO_MATCH = _("That address or sign-in name and that password do not belong together. Please look at both.")


class SignInAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": NO_MATCH,
        "username_password_mismatch": NO_MATCH,
        "too_many_login_attempts": _("That were many tries. Please wait a few minutes, or have a mail sent to you."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Members come by invitation."""
        return False

    def get_login_stages(self) -> list[str]:
        """A passkey here stands instead of a password, not behind it: whoever lost it must get in by mail."""
        return [stage for stage in super().get_login_stages() if stage != SECOND_FACTOR]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not rules.proved_lately(context.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        """One page of ours offers whatever this member has: password, passkey or mail; allauth's own asks the key."""
        names = ("accounts:again", "mfa_reauthenticate_webauthn")
        return [{"id": name, "description": "", "url": reverse(name)} for name in names]

    def get_client_ip(self, request: HttpRequest) -> str:
        peer, forwarded = request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", "")
        return str(Proxies(settings.TRUSTED_PROXIES).client(peer, forwarded) or "unknown")
