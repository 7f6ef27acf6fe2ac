"""The one application LinkedIn, X and Threads know here."""

import secrets

ID = "advocacy-sandbox"
SECRET = "sandbox-secret"
NAME = "Advocacy"


def known(client_id: str, secret: str) -> bool:
    given, right = f"{client_id}:{secret}", f"{ID}:{SECRET}"
    return secrets.compare_digest(given.encode(), right.encode())


def may_return_to(uri: str) -> bool:
    """A stand-in has no portal to register addresses in, so any web address will do; it is bound to the code."""
    return uri.startswith(("http://", "https://")) and "#" not in uri
