"""The consent of a member, step by step, as a browser would go through it."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

from connectors import dpop
from connectors.base import App, Connector, Credentials, Grant
from connectors.pushed import client_document

TOWN = "https://town.example"
CLIENT = {"client_id": "advocacy-sandbox", "client_secret": "sandbox-secret"}
DESCRIBED = "https://advocacy.example/oauth/client-metadata.json"
BACK = "http://127.0.0.1:8000/me/accounts/back/"


class Dance:
    def __init__(self, connector: Connector) -> None:
        self.connector = connector
        self.state = secrets.token_urlsafe(16)
        self.verifier = secrets.token_urlsafe(48)
        self.kept: Mapping[str, str] = {}
        self.issuer = ""
        if connector.describes_itself:
            self.app = described_app()
        elif connector.needs_origin:
            client_id, client_secret = connector.register(TOWN, BACK)
            self.app = App(client_id, client_secret, TOWN)
        else:
            self.app = App(**CLIENT)

    def address(self, hint: str = "") -> str:
        digest = sha256(self.verifier.encode()).digest()
        challenge = urlsafe_b64encode(digest).decode().rstrip("=")
        hint = f"{hint or 'aylin'}.town.example" if self.connector.asks_handle else hint
        departure = self.connector.authorize(
            app=self.app, redirect_uri=BACK, state=self.state, challenge=challenge, hint=hint
        )
        self.kept = departure.kept
        return departure.url

    def decide(self, name: str, decision: str) -> dict[str, str]:
        """Press a button on the consent page: the parameters we are sent back with."""
        address = self.address(name)
        page = self.connector.door.request("GET", address)
        assert page.ok and name in page.text, page.text
        answer = self.connector.door.request("POST", address, data={"name": name, "decision": decision})
        where = answer.headers.get("location", "")
        assert where.startswith(BACK), answer.text
        back = {key: values[0] for key, values in parse_qs(urlsplit(where).query).items()}
        self.issuer = back.get("iss", "")
        return back

    def allow(self, name: str) -> str:
        back = self.decide(name, "allow")
        assert back["state"] == self.state
        return back["code"]

    def finish(self, code: str, verifier: str = "") -> Grant:
        if self.connector.asks_handle and not self.kept:
            self.address()
            self.issuer = self.kept["issuer"]
        return self.connector.exchange(
            app=self.app,
            code=code,
            verifier=verifier or self.verifier,
            redirect_uri=BACK,
            kept=self.kept,
            issuer=self.issuer,
        )


def credentials_of(grant: Grant, app: App) -> Credentials:
    return Credentials(
        origin=grant.origin or app.origin,
        access=grant.access,
        refresh=grant.refresh,
        expires_at=grant.expires_at,
        scopes=grant.scopes,
        remote_id=grant.remote_id,
        handle=grant.handle,
        client_id=app.client_id,
        client_secret=app.client_secret,
        extra=grant.extra,
    )


@cache
def described_app() -> App:
    return App(DESCRIBED, dpop.new_key())


def description(connector: Connector) -> dict[str, Any]:
    """What a server would read at our client id; the stand-in is handed it."""
    scopes = tuple(dict.fromkeys((*connector.scopes, *connector.wider_scopes)))
    return client_document(described_app(), name="Advocacy", redirect_uri=BACK, scopes=scopes)
