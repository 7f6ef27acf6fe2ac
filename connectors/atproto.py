"""From a handle to the server that keeps the account: handle, then DID, then the DID's document; and how long a token
of that server lives."""

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from connectors.base import Rejected, Unavailable
from connectors.base.answers import LONGEST_ORIGIN, address_of, epoch, json_object, text_of
from core import clock
from core.http import Answer

HANDLE = re.compile(r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?$")
# As a word of a text: not the end of a mail address, nor the server of somebody on Mastodon.
HANDLE_IN_TEXT = re.compile(
    r"(?<![\w@./-])@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?)(?![\w@])"
)
Get = Callable[..., Answer]
ACCESS_LIFE = timedelta(minutes=110)  # of a session by app password, where its token does not say


def normalise_handle(text: str) -> str:
    handle = text.strip().removeprefix("@").removeprefix("at://").lower()
    if handle.startswith("did:"):
        return handle
    if not HANDLE.match(handle):
        raise Rejected("A Bluesky handle looks like name.bsky.social.", "no_handle")
    return handle


def pds_of(handle: str, *, get: Get, appview: str, plc: str) -> str:
    """The address of the account's own server; it need not be Bluesky's."""
    did = handle if handle.startswith("did:") else did_of(handle, get=get, appview=appview)
    if did.startswith("did:web:"):
        where = f"https://{did.removeprefix('did:web:')}/.well-known/did.json"
    else:
        where = f"{plc}/{did}"
    endpoint = pds_in(json_object(get("GET", where)))
    if not endpoint:
        raise Unavailable(f"We could not find out which server keeps {handle}.", "no_server")
    return endpoint


def did_of(handle: str, *, get: Get, appview: str) -> str:
    answer = get("GET", f"{appview}/xrpc/com.atproto.identity.resolveHandle", params={"handle": handle})
    did = text_of(json_object(answer).get("did"))
    if answer.ok and did.startswith("did:"):
        return did
    if answer.status == 400:
        raise Rejected(f"There is no Bluesky account called {handle}.", "no_account")
    raise Unavailable("Bluesky has trouble finding accounts at the moment.", str(answer.status))


def pds_in(document: dict[str, Any]) -> str:
    """The address of the service #atproto_pds in a DID document, or nothing."""
    services = document.get("service")
    for service in services if isinstance(services, list) else []:
        if isinstance(service, dict) and text_of(service.get("id")).endswith("#atproto_pds"):
            return address_of(service.get("serviceEndpoint"), most=LONGEST_ORIGIN).rstrip("/")
    return ""


def expiry(token: str) -> datetime:
    """When the token says it runs out. It is the server's, not ours to verify."""
    payload = token.partition(".")[2].partition(".")[0]
    try:
        claims = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except ValueError:
        claims = {}
    known = epoch(str(claims.get("exp", ""))) if isinstance(claims, dict) else None
    return known or clock.now() + ACCESS_LIFE
