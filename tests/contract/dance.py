"""The consent of a member, step by step, as a browser would go through it."""

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

from connectors.base import App, Connector, Credentials, Grant

TOWN = "https://town.example"
CLIENT = {"client_id": "advocacy-sandbox", "client_secret": "sandbox-secret"}
BACK = "http://127.0.0.1:8000/me/accounts/back/"


class Dance:
    def __init__(self, connector: Connector) -> None:
        self.connector = connector
        self.state = secrets.token_urlsafe(16)
        self.verifier = secrets.token_urlsafe(48)
        if connector.needs_origin:
            client_id, client_secret = connector.register(TOWN, BACK)
            self.app = App(client_id, client_secret, TOWN)
        else:
            self.app = App(**CLIENT)

    def address(self, hint: str = "") -> str:
        digest = sha256(self.verifier.encode()).digest()
        challenge = urlsafe_b64encode(digest).decode().rstrip("=")
        return self.connector.authorize(
            app=self.app, redirect_uri=BACK, state=self.state, challenge=challenge, hint=hint
        )

    def decide(self, name: str, decision: str) -> dict[str, str]:
        """Press a button on the consent page: the parameters we are sent back with."""
        address = self.address(name)
        page = self.connector.door.request("GET", address)
        assert page.ok and name in page.text, page.text
        answer = self.connector.door.request("POST", address, data={"name": name, "decision": decision})
        where = answer.headers.get("location", "")
        assert where.startswith(BACK), answer.text
        return {key: values[0] for key, values in parse_qs(urlsplit(where).query).items()}

    def allow(self, name: str) -> str:
        back = self.decide(name, "allow")
        assert back["state"] == self.state
        return back["code"]

    def finish(self, code: str, verifier: str = "") -> Grant:
        return self.connector.exchange(app=self.app, code=code, verifier=verifier or self.verifier, redirect_uri=BACK)


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
    )
