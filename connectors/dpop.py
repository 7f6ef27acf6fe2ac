"""Proof of possession (RFC 9449): a token is of no use without its account's own key, and each call is signed with it.

The door to PyJWT. A server names a nonce that the next proof has to hold; a proof without it is turned down before
anything is done, so that repeating the call once is safe even where it makes a post.
"""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha256
from json import loads
from typing import Any
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from jwt.algorithms import ECAlgorithm

from connectors.base.answers import json_object, text_of
from core import clock
from core.http import Answer

# Both say that the proof was not good enough: its nonce is old, or our clock is not theirs.
PROVE_AGAIN = frozenset({"use_dpop_nonce", "invalid_dpop_proof"})
MOST_SERVERS = 500
LONGEST_NONCE = 300
SAME_TIME = timedelta(seconds=5)
ASSERTION_LASTS = 60


class UnusableKey(ValueError):
    """The text holds no private key for ES256."""


def new_key() -> str:
    """A private key for ES256, as the text of a JSON web key."""
    return str(ECAlgorithm.to_jwk(generate_private_key(SECP256R1())))


def private(key: str) -> EllipticCurvePrivateKey:
    try:
        found = ECAlgorithm.from_jwk(key)
    except (jwt.InvalidKeyError, ValueError, TypeError, KeyError, AttributeError):
        found = None
    if not isinstance(found, EllipticCurvePrivateKey):
        raise UnusableKey("This is no private key for ES256.")
    return found


def public_part(key: str) -> dict[str, str]:
    """What may be shown of a key."""
    whole = loads(key)
    return {name: str(whole[name]) for name in ("kty", "crv", "x", "y")}


def thumbprint(key: str) -> str:
    """RFC 7638: the short name of a key."""
    known = public_part(key)
    canonical = "{" + ",".join(f'"{name}":"{known[name]}"' for name in ("crv", "kty", "x", "y")) + "}"
    return digest(canonical)


def server_of(url: str) -> str:
    return "{0.scheme}://{0.netloc}".format(urlsplit(url))


def digest(text: str) -> str:
    return urlsafe_b64encode(sha256(text.encode()).digest()).rstrip(b"=").decode()


def assertion(key: str, *, client_id: str, audience: str, at: datetime) -> str:
    """Our app shows that it is the one whose document holds the key (RFC 7523)."""
    issued = int(at.timestamp())
    claims = {"iss": client_id, "sub": client_id, "aud": audience, "jti": secrets.token_urlsafe(16)}
    claims |= {"iat": issued, "exp": issued + ASSERTION_LASTS}  # type: ignore[dict-item]
    return jwt.encode(claims, private(key), algorithm="ES256", headers={"kid": thumbprint(key)})


@dataclass
class Told:
    """What a server last told us: the nonce it wants to see, and how far its clock is ahead of ours."""

    nonce: str = ""
    ahead: timedelta = timedelta(0)


@dataclass
class Proofs:
    """Signs calls, and remembers per server what it told us. Several threads may share it: the last one is right."""

    told: dict[str, Told] = field(default_factory=dict)

    def now(self, url: str) -> datetime:
        """The time there."""
        known = self.told.get(server_of(url))
        return clock.now() + known.ahead if known else clock.now()

    def proof(self, key: str, method: str, url: str, access: str = "") -> str:
        claims: dict[str, Any] = {"jti": secrets.token_urlsafe(16), "htm": method, "htu": url}
        claims["iat"] = int(self.now(url).timestamp())
        known = self.told.get(server_of(url))
        if known and known.nonce:
            claims["nonce"] = known.nonce
        if access:
            claims["ath"] = digest(access)
        headers = {"typ": "dpop+jwt", "jwk": public_part(key)}
        return jwt.encode(claims, private(key), algorithm="ES256", headers=headers)

    def call(
        self, call: Callable[..., Answer], key: str, method: str, url: str, *, access: str = "", **how: Any
    ) -> Answer:
        """One call with its proof; once more where the server wants a better one. `url` is without parameters."""
        headers = how.pop("headers", {}) | ({"Authorization": f"DPoP {access}"} if access else {})
        # Compared with what this proof held: another thread may have learnt the same in between.
        before = self.told.get(server_of(url), Told())
        answer = call(method, url, headers={**headers, "DPoP": self.proof(key, method, url, access)}, **how)
        self.learn(url, answer)
        if wants_better_proof(answer) and self.told.get(server_of(url), Told()) != before:
            answer = call(method, url, headers={**headers, "DPoP": self.proof(key, method, url, access)}, **how)
            self.learn(url, answer)
        return answer

    def learn(self, url: str, answer: Answer) -> bool:
        """Whether the server told us anything that makes the next proof another one."""
        origin = server_of(url)
        known = self.told.get(origin, Told())
        nonce = answer.headers.get("dpop-nonce") or known.nonce
        ahead = clock_of(answer) - clock.now()
        found = Told(nonce[:LONGEST_NONCE], ahead if abs(ahead) > SAME_TIME else timedelta(0))
        if len(self.told) >= MOST_SERVERS and origin not in self.told:
            self.told.clear()
        self.told[origin] = found
        return found != known


def wants_better_proof(answer: Answer) -> bool:
    return answer.status in (400, 401) and text_of(json_object(answer).get("error")) in PROVE_AGAIN


def clock_of(answer: Answer) -> datetime:
    """The time of a server as its answer carries it; ours where it carries none."""
    try:
        moment = parsedate_to_datetime(answer.headers.get("date") or "")
    except (ValueError, OverflowError):
        return clock.now()
    # A server may say anything: a clock that is a day apart is no clock to go by.
    plausible = moment.tzinfo is not None and abs(moment - clock.now()) < timedelta(days=1)
    return moment if plausible else clock.now()
