"""OAuth as the AT protocol has it: no registration, a request that is pushed ahead, tokens bound to a key.

Nobody registers us: the server reads the document at our client id. RFC 9126 (pushed requests), RFC 9449 (bound
tokens), RFC 9207 (who answers), RFC 7523 (our app signs instead of showing a secret); https://atproto.com/specs/oauth.
"""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any
from urllib.parse import urlencode

from connectors import dpop
from connectors.base import (
    App,
    Connector,
    ConnectorError,
    Credentials,
    Departure,
    Grant,
    NeedsRelink,
    Rejected,
    Unavailable,
)
from connectors.base.answers import LONGEST_ACCOUNT_ID, address_of, id_of, json_object, number, text_of, usual_error
from connectors.base.connector import with_query
from connectors.base.media import left
from connectors.oauth import scopes_of
from core import clock
from core.http import Answer, Door, Refused, origin_of

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
KEPT = timedelta(minutes=10)
OUR_FAULT = frozenset({"invalid_client", "invalid_client_metadata", "invalid_redirect_uri", "unauthorized_client"})
DEAD = frozenset({"invalid_grant", "invalid_token", "access_denied"})


@dataclass(frozen=True)
class Place:
    """Who somebody is for good, and the server that keeps their account."""

    remote_id: str
    origin: str


@dataclass(frozen=True)
class Server:
    """Where one server has us ask."""

    issuer: str
    push: str
    authorize: str
    token: str
    revoke: str


class PushedOAuth(Connector):
    """The dance, for every server of a platform. `extra["key"]` of an account's credentials signs its calls."""

    asks_handle = True
    describes_itself = True
    can_refresh = True

    def __init__(self, door: Door, places: Mapping[str, str] | None = None) -> None:
        super().__init__(door, places)
        self.proofs = dpop.Proofs()
        self._servers: dict[str, tuple[Server, datetime]] = {}

    @abstractmethod
    def place_of(self, handle: str) -> Place:
        """From what a member typed, or from the lasting id of an account."""

    @abstractmethod
    def base(self, origin: str) -> str: ...

    def authorize(self, *, app: App, redirect_uri: str, state: str, challenge: str, hint: str = "") -> Departure:
        place, key = self.place_of(hint), dpop.new_key()
        server = self.server(place.origin)
        fields = {"response_type": "code", "redirect_uri": redirect_uri, "state": state, "login_hint": hint}
        fields |= {"code_challenge": challenge, "code_challenge_method": "S256", "scope": " ".join(self.scopes)}
        answer = self._ask(server, server.push, key, app, fields)
        if self.wider_scopes and text_of(json_object(answer).get("error")) == "invalid_scope":
            fields["scope"] = " ".join(self.wider_scopes)
            answer = self._ask(server, server.push, key, app, fields)
        pushed = id_of(json_object(answer).get("request_uri"))
        if not answer.ok or not pushed:
            raise self._not_taken(answer, app)
        url = with_query(server.authorize, client_id=app.client_id, request_uri=pushed)
        kept = {"key": key, "issuer": server.issuer, "remote_id": place.remote_id, "origin": place.origin}
        return Departure(url, kept)

    def exchange(
        self,
        *,
        app: App,
        code: str,
        verifier: str,
        redirect_uri: str,
        kept: Mapping[str, str] | None = None,
        issuer: str = "",
    ) -> Grant:
        kept = kept or {}
        server = self.server(kept.get("origin", ""))
        if issuer != server.issuer or issuer != kept.get("issuer"):
            raise Rejected("Another server answered than the one you were sent to; nothing was connected.", "issuer")
        fields = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
        answer = self._ask(server, server.token, kept["key"], app, {**fields, "redirect_uri": redirect_uri})
        grant = self._grant(answer, kept["origin"], kept["key"], refreshing=False)
        try:
            self._check(grant, kept["remote_id"])
        except Rejected:
            with suppress(ConnectorError):
                self.revoke(held(grant, app))
            raise
        return grant

    def refresh(self, credentials: Credentials) -> Grant:
        # All calls together: whoever renews holds a lease, and a second one would use the renewal twice.
        ends = monotonic() + 2 * self.seconds
        server = self.server(credentials.origin, ends)
        fields = {"grant_type": "refresh_token", "refresh_token": credentials.refresh}
        key = credentials.extra["key"]
        answer = self._ask(server, server.token, key, credentials.app, fields, ends)
        grant = self._grant(answer, credentials.origin, key, refreshing=True)
        if credentials.remote_id not in ("", grant.remote_id):
            raise NeedsRelink(f"{self.name} answered for another account; please connect it again.", "sub")
        return grant

    def revoke(self, credentials: Credentials) -> None:
        """Either token ends the session of both."""
        server = self.server(credentials.origin)
        fields = {"token": credentials.refresh or credentials.access}
        answer = self._ask(server, server.revoke, credentials.extra["key"], credentials.app, fields)
        if answer.status >= 500 or answer.status == 429:
            raise usual_error(answer, self.name, creating=False)

    def signed(self, method: str, url: str, credentials: Credentials, **how: Any) -> Answer:
        """A call to the server that keeps the account, with the account's token and a proof."""
        return self.proofs.call(self.call, credentials.extra["key"], method, url, access=credentials.access, **how)

    # The server

    def server(self, origin: str, ends: float | None = None) -> Server:
        """Who signs the accounts of this server in. Asked now and then, since it may be another one tomorrow."""
        known = self._servers.get(origin)
        if known and clock.now() - known[1] < KEPT:
            return known[0]
        whole = self._document(f"{self.base(origin)}/.well-known/oauth-protected-resource", ends)
        listed = whole.get("authorization_servers")
        issuer = self._safe(listed[0] if isinstance(listed, list) and listed else None)
        found = self._document(f"{issuer.rstrip('/')}/.well-known/oauth-authorization-server", ends)
        if found.get("issuer") != issuer:
            raise Unavailable(f"The {self.name} server does not say clearly who signs people in there.", "issuer")
        names = ("pushed_authorization_request", "authorization", "token", "revocation")
        server = Server(issuer, *(self._safe(found.get(f"{name}_endpoint")) for name in names))
        self._servers = {**self._servers, origin: (server, clock.now())} if len(self._servers) < 500 else {}
        return server

    def _document(self, url: str, ends: float | None) -> dict[str, Any]:
        answer = self._within(ends)("GET", url)
        if answer.status >= 500 or answer.status == 429:
            raise usual_error(answer, self.name, creating=False)
        return json_object(answer) if answer.ok else {}

    def _within(self, ends: float | None) -> Callable[..., Answer]:
        """Calls of the usual length, and none that goes on when the whole should be over."""

        def call(method: str, url: str, **how: Any) -> Answer:
            return self.call(method, url, total=self.seconds if ends is None else min(self.seconds, left(ends)), **how)

        return call

    def _safe(self, given: object) -> str:
        """An address that may be asked, and that a member may be sent to."""
        address = address_of(given)
        try:
            if address.startswith("https://") or origin_of(address) in self.door.policy.allowed_origins:
                origin_of(address)
                return address
        except Refused:
            pass
        raise Unavailable(f"We could not find out how this {self.name} server signs people in.", "no_server")

    # Asking it, and reading its answer

    def _ask(
        self, server: Server, url: str, key: str, app: App, fields: Mapping[str, str], ends: float | None = None
    ) -> Answer:
        form = {**fields, "client_id": app.client_id}
        if app.client_secret:
            at = self.proofs.now(server.token)
            try:
                signed = dpop.assertion(app.client_secret, client_id=app.client_id, audience=server.issuer, at=at)
            except dpop.UnusableKey as error:
                raise Unavailable(
                    "The key of our app cannot be read; an administrator has to look.", "app_key", operator=True
                ) from error
            form |= {"client_assertion_type": ASSERTION, "client_assertion": signed}
        body = {name: value for name, value in form.items() if value}
        return self.proofs.call(self._within(ends), key, "POST", url, data=body)

    def _grant(self, answer: Answer, origin: str, key: str, *, refreshing: bool) -> Grant:
        if not answer.ok:
            raise self.token_error(answer, refreshing)
        token = json_object(answer)
        access, life = text_of(token.get("access_token")), number(token.get("expires_in"))
        if not access or text_of(token.get("token_type")).lower() != "dpop":
            raise Unavailable(f"{self.name} answered the sign-in in a way we do not understand.", "unreadable")
        return Grant(
            access=access,
            refresh=text_of(token.get("refresh_token")),
            expires_at=clock.now() + timedelta(seconds=life) if life is not None else None,
            scopes=self._as_ours(scopes_of(token.get("scope"))),
            origin=origin,
            remote_id=id_of(token.get("sub"), most=LONGEST_ACCOUNT_ID),
            extra={"key": key},
        )

    def _as_ours(self, given: frozenset[str]) -> frozenset[str]:
        """The wider right of older servers holds the narrow ones."""
        return given | set(self.scopes) if self.wider_scopes and given >= set(self.wider_scopes) else given

    def _check(self, grant: Grant, remote_id: str) -> None:
        if grant.remote_id != remote_id:
            raise Rejected("You signed in there as somebody else than you told us; nothing was connected.", "sub")
        missing = set(self.scopes) - grant.scopes
        if missing:
            raise Rejected(f"{self.name} was not allowed what we need to post: {', '.join(sorted(missing))}.", "scopes")

    def _not_taken(self, answer: Answer, app: App) -> ConnectorError:
        """Why a request could not be pushed. What we push is made by us, so a refusal is ours to mend."""
        code = text_of(json_object(answer).get("error"))
        if answer.status >= 500 or answer.status == 429 or answer.ok:
            return usual_error(answer, self.name, creating=False, code=code)
        sentence = f"{self.name} could not read the description of our app; an administrator has to look."
        return Unavailable(sentence, code or str(answer.status), operator=code in OUR_FAULT)

    def token_error(self, answer: Answer, refreshing: bool) -> ConnectorError:
        """Only what the server says of the grant itself ends a connection. Servers are the members' choice, so that
        while refreshing none of them can have the whole platform paused."""
        code = text_of(json_object(answer).get("error"))
        if code in OUR_FAULT:
            sentence = f"{self.name} does not recognise our app; an administrator has to look."
            return Unavailable(sentence, code, operator=not refreshing)
        if answer.status in (400, 401, 403) and refreshing and code in DEAD:
            return NeedsRelink(f"{self.name} has ended this connection; please connect it again.", code)
        if answer.status in (400, 401, 403) and not refreshing and code not in dpop.PROVE_AGAIN:
            return Rejected(f"The sign-in at {self.name} took too long or was used already; please start again.", code)
        if answer.status >= 500 or answer.status == 429:
            return usual_error(answer, self.name, creating=False, code=code)
        return Unavailable(f"{self.name} did not renew the connection this time.", code or str(answer.status))


def held(grant: Grant, app: App) -> Credentials:
    """What a grant lets us do, before anything is known of whose it is."""
    return Credentials(
        origin=grant.origin, access=grant.access, refresh=grant.refresh, remote_id=grant.remote_id,
        client_id=app.client_id, client_secret=app.client_secret, extra=grant.extra,
    )  # fmt: skip


# The description of our app


def loopback_client(redirect_uri: str, scopes: tuple[str, ...]) -> App:
    """On this machine only, the client id itself holds what the document would; there is no secret to prove."""
    return App("http://localhost?" + urlencode({"redirect_uri": redirect_uri, "scope": " ".join(scopes)}))


def client_document(app: App, *, name: str, redirect_uri: str, scopes: tuple[str, ...]) -> dict[str, Any]:
    """What servers read at our client id. The key that signs for our app is shown by its public half."""
    home = origin_of(app.client_id)
    key = {
        **dpop.public_part(app.client_secret),
        "kid": dpop.thumbprint(app.client_secret),
        "use": "sig",
        "alg": "ES256",
    }
    return {
        "client_id": app.client_id,
        "client_name": name,
        "client_uri": home,
        "application_type": "web",
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "redirect_uris": [redirect_uri],
        "scope": " ".join(scopes),
        "token_endpoint_auth_method": "private_key_jwt",
        "token_endpoint_auth_signing_alg": "ES256",
        "dpop_bound_access_tokens": True,
        "jwks": {"keys": [key]},
    }
