"""Codes people type and tokens links carry. Only hashes are stored."""

import hashlib
import hmac
import secrets

from django.conf import settings

# Without letters and digits that look alike on paper: 0 O, 1 I L, 5 S, 8 B, 2 Z, U V.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"


def short_code() -> str:
    """Six digits, for a keypad; safe only with few tries and a short life."""
    return f"{secrets.randbelow(1_000_000):06d}"


def paper_code() -> str:
    """Sixteen letters, about 72 bits, for a slip of paper: typed at most once, guessed never."""
    return "".join(secrets.choice(ALPHABET) for _ in range(16))


def long_token() -> str:
    return secrets.token_urlsafe(24)


def normalised(typed: str) -> str:
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def shown(code: str) -> str:
    """In groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def fingerprint(secret: str, *, about: str) -> str:
    """Keyed, so that a copy of the table does not let anybody try codes at home."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{about}:{secret}".encode(), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    return hmac.compare_digest(one, other)
