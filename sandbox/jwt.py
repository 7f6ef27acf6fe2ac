"""JSON web tokens, signed with a key that only has to last as long as the sandbox does."""

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any

KEY = b"the sandbox signs with this and nobody needs to verify it"


def pack(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def sign(claims: dict[str, Any]) -> str:
    head = pack(json.dumps({"typ": "JWT", "alg": "HS256"}).encode())
    # A random id keeps two tokens of the same second apart.
    body = pack(json.dumps({**claims, "jti": secrets.token_hex(8)}).encode())
    seal = hmac.new(KEY, f"{head}.{body}".encode(), hashlib.sha256).digest()
    return f"{head}.{body}.{pack(seal)}"
