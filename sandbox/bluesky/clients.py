"""Applications: nobody registers them. Who they are stands in their id, or in a document at it."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from jwt.algorithms import ECAlgorithm

from sandbox import client
from sandbox.wire import Call, Refused, reply

from . import proof, voice

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def sorry(error: str, text: str, status: int = 400) -> Refused:
    return Refused(reply({"error": error, "error_description": text}, status))


def issuer(call: Call) -> str:
    return f"{call.world.base}/{voice.KEY}"


def known(call: Call) -> dict[str, Any]:
    """The application that asks, once it has shown that it is the one."""
    client_id = call.form.get("client_id", "")
    if client_id.startswith("http://localhost"):
        return loopback(client_id)
    document = call.world.modes[voice.KEY]["clients"].get(client_id)
    # The real server fetches it; here whoever tests puts it there by the control port.
    if not document:
        raise sorry("invalid_client_metadata", f"Unable to obtain client metadata for {client_id[:100]!r}")
    check_assertion(call, document)
    return {**document, "confidential": True}


def loopback(client_id: str) -> dict[str, Any]:
    """For development the id itself holds what the document would."""
    asked = parse_qs(urlsplit(client_id).query)
    return {
        "client_id": client_id,
        "client_name": client.NAME,
        "redirect_uris": asked.get("redirect_uri", []),
        "scope": asked.get("scope", ["atproto"])[0],
        "confidential": False,
    }


def check_assertion(call: Call, document: dict[str, Any]) -> None:
    if call.form.get("client_assertion_type") != ASSERTION:
        raise sorry("invalid_client", "client authentication method private_key_jwt required", 401)
    signed = call.form.get("client_assertion", "")
    try:
        kid = jwt.get_unverified_header(signed).get("kid")
        [key] = [one for one in document["jwks"]["keys"] if one["kid"] == kid]
        public: Any = ECAlgorithm.from_jwk(key)
        claims = jwt.decode(
            signed, public, algorithms=["ES256"], audience=issuer(call), options={**proof.WITHOUT_TIMES, **AUDIENCE}
        )
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        raise sorry("invalid_client", "Invalid client assertion", 401) from None
    right = claims.get("iss") == claims.get("sub") == document["client_id"]
    fresh = abs(call.now - claims.get("iat", 0)) <= proof.CLOCK_MAY_DIFFER and claims.get("exp", 0) > call.now - 190
    if not right or not fresh or not proof.first_time(str(claims.get("jti", "")), call.now):
        raise sorry("invalid_client", "Invalid client assertion", 401)


AUDIENCE = {"verify_aud": True}
