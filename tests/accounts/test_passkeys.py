"""A passkey is sent by a script, and so by anybody: whatever it holds, the answer is a sentence."""

import json
import re
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from core import clock
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


def web(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


MADE = web(json.dumps({"type": "webauthn.create", "challenge": "AAAA", "origin": "http://testserver"}).encode())
NEW: dict[str, Any] = {
    "id": "AAAA",
    "rawId": "AAAA",
    "type": "public-key",
    "response": {"clientDataJSON": MADE, "attestationObject": "AAAA"},
    "clientExtensionResults": {},
}
USED = NEW | {
    "response": {"clientDataJSON": MADE, "authenticatorData": "AAAA", "signature": "AAAA", "userHandle": web(b"9" * 40)}
}
HOSTILE = [
    "null",
    "[]",
    "{}",
    '{"id": "\\u0000"}',
    json.dumps(NEW),
    json.dumps(USED),
    json.dumps(NEW | {"rawId": "é"}),
    json.dumps(NEW | {"beside": "\0"}),
    json.dumps(USED | {"beside": "\ud800"}),
    json.dumps(USED | {"response": []}),
    json.dumps(NEW | {"response": {}}),
    "[" * 5000,
    '{"a":' * 3000,
]


@pytest.mark.parametrize("route", ["mfa_login_webauthn", "mfa_add_webauthn"])
def test_whatever_calls_itself_a_passkey_gets_an_answer(route: str, client: Client, settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    if route == "mfa_add_webauthn":
        client.force_login(MemberFactory())
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": clock.now().timestamp()}]
        session.save()
    for credential in HOSTILE:
        client.get(reverse(route))  # a challenge
        answer = client.post(reverse(route), {"credential": credential, "name": "x"})
        assert answer.status_code < 500, (route, credential[:60])
        assert answer.status_code != 302 or "mfa" not in answer["Location"], credential[:60]


def test_a_passkey_is_offered_by_the_script_that_can_ask_for_it_and_not_before() -> None:
    """Who tapped sooner sent the form without a passkey, and saw the page again."""
    pages = (Path(settings.BASE_DIR) / "templates").rglob("*.html")
    forms = [tag for page in pages for tag in re.findall("<form[^>]*data-passkey[^>]*>", page.read_text())]
    assert len(forms) == 4
    assert all(tag.endswith(" hidden>") or "data-shows=" in tag for tag in forms), forms
