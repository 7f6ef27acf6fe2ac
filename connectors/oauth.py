"""OAuth 2 for the platforms that have it. The door to requests-oauthlib, which travels through our own HTTP door."""

import logging
import re
from abc import abstractmethod
from collections.abc import Callable, Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any, ClassVar, Literal
from urllib.parse import urlsplit

from oauthlib.oauth2 import OAuth2Error
from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter
from requests.auth import HTTPBasicAuth
from requests.structures import CaseInsensitiveDict
from requests_oauthlib import OAuth2Session

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
from connectors.base.answers import json_object, number, text_of, usual_error
from core import clock
from core.http import Answer, Headers

# At DEBUG these write request bodies and tokens; no setting of ours may ever turn that on.
for library in ("requests_oauthlib", "oauthlib"):
    logging.getLogger(library).setLevel(logging.WARNING)

What = Literal["authorize", "token", "revoke"]
OUR_FAULT = frozenset({"invalid_client", "unauthorized_client", "unsupported_grant_type"})
LONGEST_SCOPE = 60
SENT_BY_THE_DOOR = frozenset({"accept-encoding", "connection", "content-length", "user-agent"})


class OAuthConnector(Connector):
    """Code grant with PKCE where the platform has it. What differs between platforms is data."""

    homes: ClassVar[Mapping[str, str]] = {}  # where its pages ("www") and its interface ("api") are
    secret_in_basic: ClassVar[bool] = False  # otherwise in the body
    required: ClassVar[frozenset[str]] = frozenset()  # without these a grant is of no use

    @property
    def www(self) -> str:
        return self.places.get("www", self.homes["www"])

    @property
    def api(self) -> str:
        return self.places.get("api", self.homes["api"])

    @abstractmethod
    def oauth_address(self, what: What, origin: str) -> str: ...

    def scopes_for(self, origin: str) -> tuple[str, ...]:
        return self.scopes

    def authorize(self, *, app: App, redirect_uri: str, state: str, challenge: str, hint: str = "") -> Departure:
        more: dict[str, Any] = {"login_hint": hint} if hint else {}
        if self.uses_pkce:
            more |= {"code_challenge": challenge, "code_challenge_method": "S256"}
        address = self.oauth_address("authorize", app.origin)
        session = OAuth2Session(app.client_id, redirect_uri=redirect_uri, scope=self.scopes_for(app.origin))
        url, _ = session.authorization_url(shown_as_secure(address), state=state, **more)
        return Departure(address + url[len(shown_as_secure(address)) :])

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
        more: dict[str, Any] = {"code_verifier": verifier} if self.uses_pkce else {}
        with self._session(app, redirect_uri, refreshing=False) as session:
            token = self._ask(lambda url: session.fetch_token(url, code=code, **self._proof(app), **more), app)
        grant = self._grant(token, asked=self.scopes)
        missing = self.required - grant.scopes
        if missing:
            self.revoke(Credentials(app.origin, grant.access, client_id=app.client_id, client_secret=app.client_secret))
            raise Rejected(f"{self.name} was not allowed what we need to post: {', '.join(sorted(missing))}.", "scopes")
        return grant

    def refresh(self, credentials: Credentials) -> Grant:
        if not self.can_refresh or not credentials.refresh:
            return super().refresh(credentials)
        app = credentials.app
        with self._session(app, None, refreshing=True) as session:
            proof = self._proof(app)
            body: dict[str, Any] = {"client_id": app.client_id, "client_secret": app.client_secret}
            body = {} if self.secret_in_basic else body
            token = self._ask(
                lambda url: session.refresh_token(url, credentials.refresh, auth=proof.get("auth"), **body), app
            )
        # A server that gives no new refresh token lets the old one live on.
        return self._grant({"refresh_token": credentials.refresh, **token}, asked=tuple(credentials.scopes))

    def revoke(self, credentials: Credentials) -> None:
        app = credentials.app
        who: Mapping[str, Any] = {"client_id": app.client_id, "client_secret": app.client_secret}
        auth = (app.client_id, app.client_secret) if self.secret_in_basic else None
        for token in filter(None, (credentials.refresh, credentials.access)):
            fields = {"token": token} if auth else {"token": token, **who}
            answer = self.call("POST", self.oauth_address("revoke", app.origin), data=fields, auth=auth)
            if answer.status >= 500 or answer.status == 429:
                raise usual_error(answer, self.name, creating=False)

    def _proof(self, app: App) -> dict[str, Any]:
        if self.secret_in_basic:
            return {"auth": HTTPBasicAuth(app.client_id, app.client_secret)}
        return {"include_client_id": True, "client_secret": app.client_secret}

    def _session(self, app: App, redirect_uri: str | None, *, refreshing: bool) -> OAuth2Session:
        session = _Session(app.client_id, redirect_uri=redirect_uri)
        session.trust_env = False
        session.mount("https://", DoorAdapter(self))
        check = lambda response: self._checked(response, refreshing)  # noqa: E731
        session.register_compliance_hook("access_token_response", check)
        session.register_compliance_hook("refresh_token_response", check)
        return session

    def _ask(self, ask: Callable[[str], Any], app: App) -> dict[str, Any]:
        try:
            return dict(ask(shown_as_secure(self.oauth_address("token", app.origin))))
        except (OAuth2Error, ValueError, TypeError, AttributeError, OverflowError) as error:
            # The library takes every field to be of the type it should be.
            raise Unavailable(f"{self.name} answered the sign-in in a way we do not understand.") from error

    def _checked(self, response: Response, refreshing: bool) -> Response:
        answer = Answer(response.status_code, Headers(response.headers.items()), response.content, response.url)
        if not answer.ok:
            raise self.token_error(answer, refreshing)
        if not text_of(json_object(answer).get("access_token")):
            raise Unavailable(f"{self.name} answered the sign-in in a way we do not understand.", "unreadable")
        return response

    def token_error(self, answer: Answer, refreshing: bool) -> ConnectorError:
        """Codes of RFC 6749, section 5.2. A fault of the network or the server is never a disconnection."""
        code = text_of(json_object(answer).get("error"))
        if code in OUR_FAULT:
            return Unavailable(
                f"{self.name} does not recognise our app; an administrator has to look.", code, operator=True
            )
        if answer.status not in (400, 401, 403):
            return usual_error(answer, self.name, creating=False, code=code)
        if refreshing:
            return NeedsRelink(f"{self.name} has ended this connection; please connect it again.", code)
        return Rejected(f"The sign-in at {self.name} took too long or was used already; please start again.", code)

    def _grant(self, token: Mapping[str, Any], asked: tuple[str, ...]) -> Grant:
        life = number(token.get("expires_in"))
        return Grant(
            access=text_of(token["access_token"]),
            refresh=text_of(token.get("refresh_token")),
            # oauthlib reckons with the machine's clock, so we do it again with ours.
            expires_at=clock.now() + timedelta(seconds=life) if life is not None else None,
            scopes=scopes_of(token.get("scope")) or frozenset(asked),
        )


def scopes_of(given: object) -> frozenset[str]:
    """Servers part them by spaces or commas, in any order; none at all means what was asked for (RFC 6749, 5.1)."""
    text = " ".join(map(text_of, given)) if isinstance(given, list) else text_of(given)
    return frozenset(scope for scope in re.split(r"[\s,]+", text) if 0 < len(scope) <= LONGEST_SCOPE)


def shown_as_secure(url: str) -> str:
    """oauthlib refuses plain http unless a switch is set for the whole process. Whether an address may be plain is
    for the HTTP door to say, so oauthlib is shown https and the adapter turns it back."""
    return "https://" + url.partition("://")[2]


class _Session(OAuth2Session):
    def get_redirect_target(self, response: Response) -> None:
        """Tokens are never carried along a redirect."""


class DoorAdapter(BaseAdapter):
    """Lets a requests session travel through the HTTP door, with its deadline, its guard and no retries."""

    def __init__(self, connector: OAuthConnector) -> None:
        super().__init__()
        self.connector = connector

    def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:
        headers = {name: str(value) for name, value in request.headers.items() if name.lower() not in SENT_BY_THE_DOOR}
        body = request.body.encode() if isinstance(request.body, str) else request.body
        answer = self.connector.call(str(request.method), self.plain(str(request.url)), headers=headers, data=body)
        response = Response()
        response.status_code = answer.status
        response.headers = CaseInsensitiveDict(answer.headers)
        response.raw = BytesIO(answer.body)
        response.url, response.request, response.encoding = answer.url, request, "utf-8"
        return response

    def plain(self, url: str) -> str:
        bare = "http://" + urlsplit(url).netloc
        return bare + url[len(bare) + 1 :] if bare in self.connector.door.policy.allowed_origins else url

    def close(self) -> None:
        """The door keeps the connections."""
