"""Proofs of possession, looked at strictly: signed by the key in them, for this call, with our nonce, once."""

import base64
import hashlib
import hmac
import json
from typing import Any

import jwt
from jwt.algorithms import ECAlgorithm

from sandbox.wire import Answer, Call, Refused, reply

KEY = b"the sandbox makes its nonces with this"
NONCE_LASTS = 180.0
CLOCK_MAY_DIFFER = 190.0
MOST_REMEMBERED = 50_000
seen: dict[str, float] = {}  # proofs there were; each is good once


def nonce_at(moment: float) -> str:
    return hmac.new(KEY, str(int(moment // NONCE_LASTS)).encode(), hashlib.sha256).hexdigest()[:32]


def wants_nonce(call: Call) -> Answer | None:
    """Asked before anything else: a proof without our nonce has not even reached the operation it is for."""
    given = call.header("dpop")
    if not given:
        return None
    call.standing.append(("dpop-nonce", nonce_at(call.now)))
    known = {nonce_at(call.now + step * NONCE_LASTS) for step in (-1, 0, 1)}
    if unverified(given).get("nonce") in known:
        return None
    return refusal(call, "use_dpop_nonce", "requires nonce in DPoP proof")


def unverified(token: str) -> dict[str, Any]:
    try:
        packed = token.split(".")[1]
        found = json.loads(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
    except (ValueError, IndexError):
        return {}
    return found if isinstance(found, dict) else {}


def refusal(call: Call, error: str, text: str) -> Answer:
    """The server that signs people in says it with 400, the one that keeps their posts with 401."""
    if "/oauth/" in call.scope["path"]:
        return reply({"error": error, "error_description": f"Authorization server {text}"}, 400)
    headers = [("www-authenticate", f'DPoP error="{error}", error_description="Resource server {text}"')]
    return reply({"error": error, "message": f"Resource server {text}"}, 401, headers)


def digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def thumbprint(key: dict[str, Any]) -> str:
    known = {name: key.get(name) for name in ("crv", "kty", "x", "y")}
    return digest(json.dumps(known, separators=(",", ":")))


def checked(call: Call, access: str = "") -> str:
    """The thumbprint of the key that signed this call. Refused with what is wrong with the proof."""
    flaw, key = "", {}
    try:
        head = jwt.get_unverified_header(call.header("dpop"))
        key = head.get("jwk") or {}
        if head.get("typ") != "dpop+jwt" or head.get("alg") != "ES256" or "d" in key:
            flaw = "typ, alg or jwk"
        else:
            public: Any = ECAlgorithm.from_jwk(key)
            # Its times are looked at below, by the clock of this world.
            claims = jwt.decode(call.header("dpop"), public, algorithms=["ES256"], options=WITHOUT_TIMES)
            flaw = wrong(call, claims, access)
    except (jwt.PyJWTError, ValueError, TypeError) as problem:
        flaw = type(problem).__name__
    if flaw:
        raise Refused(refusal(call, "invalid_dpop_proof", f"does not accept the DPoP proof: {flaw}"))
    return thumbprint(key)


WITHOUT_TIMES = {"verify_iat": False, "verify_exp": False, "verify_nbf": False, "verify_aud": False}


def wrong(call: Call, claims: dict[str, Any], access: str) -> str:
    here = call.world.base + call.scope.get("root_path", "") + path_of(call)
    if claims.get("htm") != call.method:
        return "htm"
    if claims.get("htu") != here:
        return "htu"
    if not isinstance(claims.get("iat"), int) or abs(claims["iat"] - call.now) > CLOCK_MAY_DIFFER:
        return "iat"
    if access and claims.get("ath") != digest(access):
        return "ath"
    return "" if first_time(str(claims.get("jti", "")), call.now) else "jti"


def path_of(call: Call) -> str:
    """Without what the mount has counted to its root already."""
    return str(call.scope["path"]).removeprefix(call.scope.get("root_path", ""))


def first_time(jti: str, now: float) -> bool:
    if not jti or jti in seen:
        return False
    if len(seen) > MOST_REMEMBERED:
        for old in [one for one, at in seen.items() if now - at > 2 * NONCE_LASTS]:
            del seen[old]
    seen[jti] = now
    return True
