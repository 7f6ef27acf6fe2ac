"""What production refuses to start with: each a default that is fine on one's own machine and unsafe elsewhere."""

from collections.abc import Sequence

from django.core.exceptions import ImproperlyConfigured


def refuse_unsafe_production(
    base_url: str, sandbox_url: str, secret_key: str, token_keys: Sequence[str], link_url: str = "https://"
) -> None:
    if not base_url.startswith("https://"):
        raise ImproperlyConfigured(
            f"BASE_URL is {base_url!r}. In production it must begin with https://, or passwords travel readable."
        )
    if not link_url.startswith("https://"):
        raise ImproperlyConfigured(f"LINK_URL is {link_url!r}. It must begin with https://, as BASE_URL does.")
    if sandbox_url:
        raise ImproperlyConfigured("SANDBOX_URL is set. Stand-in platforms have no place in production; unset it.")
    if len(secret_key) < 50 or len(set(secret_key)) < 5:
        raise ImproperlyConfigured("SECRET_KEY is too weak. Use at least fifty random characters.")
    if not token_keys:
        raise ImproperlyConfigured("TOKEN_KEYS is not set. Without it no linked account can be opened; see README.")
