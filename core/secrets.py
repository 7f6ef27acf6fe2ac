"""Tokens at rest: AES-GCM, with the key's name in front and the row it belongs to as associated data.

Sealed text looks like `v1.<key>.<nonce and ciphertext>`. Because `about` is authenticated too, a ciphertext copied
to another person's row does not open there.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = "v1"
KEY_BYTES = 32
NONCE_BYTES = 12


class UnusableKey(ValueError):
    """A key that is not 32 bytes in URL-safe base64, or no key at all."""


class Unopenable(Exception):
    """No key we hold opens this, or it was changed, or it belongs to another row."""


def new_key() -> str:
    return urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()


class Keyring:
    """The first key seals, all of them open: to rotate, put a new key in front and seal everything again."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._ciphers: dict[str, AESGCM] = {}
        for text in keys:
            raw = decoded(text)
            self._ciphers[sha256(raw).hexdigest()[:8]] = AESGCM(raw)
        if not self._ciphers:
            raise UnusableKey("There is no key to seal tokens with.")
        self._first = next(iter(self._ciphers))

    @classmethod
    def from_text(cls, text: str) -> "Keyring":
        """Keys separated by commas or spaces, as the setting TOKEN_KEYS holds them."""
        return cls(text.replace(",", " ").split())

    def __repr__(self) -> str:
        return f"<Keyring of {len(self._ciphers)}>"

    def seal(self, plain: str, *, about: str) -> str:
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._ciphers[self._first].encrypt(nonce, plain.encode(), bound(self._first, about))
        return f"{VERSION}.{self._first}.{urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, *, about: str) -> str:
        version, _, rest = sealed.partition(".")
        key, _, text = rest.partition(".")
        cipher = self._ciphers.get(key)
        if version != VERSION or cipher is None:
            raise Unopenable("It was sealed with a key that is not on the ring.")
        try:
            raw = in_one_spelling(text)
            return cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], bound(key, about)).decode()
        except (InvalidTag, ValueError):
            raise Unopenable("It was changed, or it belongs to another row.") from None

    def is_current(self, sealed: str) -> bool:
        """Whether it was sealed with the first key; if not, rotation still has to seal it again."""
        return sealed.startswith(f"{VERSION}.{self._first}.")


def in_one_spelling(text: str) -> bytes:
    """The bytes of URL-safe base64. The library's reader takes `+` for `-` and skips what is no base64 at all, so that
    many texts would open as one; only the text that `seal` writes does."""
    raw = urlsafe_b64decode(text)
    if urlsafe_b64encode(raw).decode() != text:
        raise ValueError("Not as it was written.")
    return raw


def decoded(text: str) -> bytes:
    try:
        raw = urlsafe_b64decode(text)
    except ValueError:
        raise UnusableKey("A key is not URL-safe base64.") from None
    if len(raw) != KEY_BYTES:
        raise UnusableKey(f"A key holds {len(raw)} bytes and not {KEY_BYTES}.")
    return raw


def bound(key: str, about: str) -> bytes:
    return f"{VERSION}.{key}.{about}".encode()
