"""The physical limit: the least that a redirect can be, under the same server."""

from collections.abc import Callable, Iterable
from typing import Any


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("302 Found", [("Location", "https://example.org/"), ("Content-Length", "0")])
    return []
