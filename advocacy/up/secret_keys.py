"""Secrets of an embedded installation: made once, kept in the data folder, readable by this user alone."""

import os
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from core.secrets import new_key


def fresh_secrets() -> dict[str, str]:
    return {"SECRET_KEY": secrets.token_urlsafe(50), "TOKEN_KEYS": new_key(), "VAPID_KEY": new_push_key()}


def new_push_key() -> str:
    """A private key on P-256 as RFC 8292 wants it, its number in URL-safe base64 without padding."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return urlsafe_b64encode(number.to_bytes(32, "big")).decode().rstrip("=")


def kept_secrets(data: Path, given: Mapping[str, str]) -> dict[str, str]:
    """What is given wins; what is not is read from, or written to, secrets.env."""
    path = data / "secrets.env"
    kept = read_env(path)
    missing = {name: value for name, value in fresh_secrets().items() if name not in kept}
    if missing:
        kept |= missing
        write_private(path, "".join(f"{name}={value}\n" for name, value in kept.items()))
    return {name: given.get(name) or value for name, value in kept.items()}


def read_env(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text().splitlines()
    except FileNotFoundError:
        return {}
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def write_private(path: Path, text: str) -> None:
    """Whole or not at all: losing half of it would lose every linked account."""
    unfinished = path.with_suffix(".unfinished")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, path)
