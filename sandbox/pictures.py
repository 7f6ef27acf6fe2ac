"""What a file is, judged by how it begins; and a picture fetched as a platform would, from this machine only."""

import http.client
from urllib.parse import urlsplit

from sandbox.town.visit import at_home

BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
PATIENCE, MOST = 3.0, 8_000_000


def kind_of(content: bytes) -> str:
    """Its type, or nothing where it is none of those any platform here takes."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for beginning, kind in BEGINNINGS if content.startswith(beginning)), "")


def fetched(url: str) -> bytes:
    """The bytes behind an address, or none: not there, too slow, too large or elsewhere."""
    parts = urlsplit(url)
    if not at_home(url) or parts.scheme != "http":
        return b""
    line = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=PATIENCE)
    try:
        line.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path)
        answer = line.getresponse()
        content = answer.read(MOST + 1)
        return content if answer.status == 200 and len(content) <= MOST else b""
    except (OSError, http.client.HTTPException):
        return b""
    finally:
        line.close()
