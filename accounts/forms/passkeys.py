"""What a browser sends for a passkey, read as what it is: words of a stranger. Put in allauth's place by MFA_FORMS."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.webauthn import forms as allauth
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from connectors.text import printable


class CredentialField(forms.JSONField):
    """JSON that can be kept: not nested without end, and without characters PostgreSQL takes in no JSON."""

    def to_python(self, value: Any) -> Any:
        try:
            read = super().to_python(value)
            kept = json.dumps(read, ensure_ascii=False)
        except RecursionError:
            raise not_completed() from None
        if printable(kept) != kept:
            raise not_completed()
        return read


def not_completed() -> ValidationError:
    return ValidationError(_("The passkey was not completed. Please try once more."))


@contextmanager
def read_as_a_strangers() -> Iterator[None]:
    """The library says in many ways that something is missing or no passkey at all."""
    try:
        yield
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        raise not_completed() from None


class AddPasskeyForm(allauth.AddWebAuthnForm):
    credential = CredentialField(required=True, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        with read_as_a_strangers():
            return super().clean()


class SignInPasskeyForm(allauth.LoginWebAuthnForm):
    credential = CredentialField(required=True, widget=forms.HiddenInput)

    def clean_credential(self) -> Any:
        with read_as_a_strangers():
            return super().clean_credential()


class AgainPasskeyForm(allauth.ReauthenticateWebAuthnForm):
    credential = CredentialField(required=True, widget=forms.HiddenInput)

    def clean_credential(self) -> Any:
        with read_as_a_strangers():
            return super().clean_credential()
