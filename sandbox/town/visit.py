"""Following a short link, on this machine only."""

import asyncio
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

PATIENCE = 5.0


def at_home(url: str) -> bool:
    """Is this address on this very machine? The town goes nowhere else."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def request(url: str, kind: str, who: dict[str, Any]) -> bytes:
    parts = urlsplit(url)
    lines = [
        f"{'HEAD' if kind == 'head' else 'GET'} {parts.path or '/'} HTTP/1.1",
        f"Host: {parts.netloc}",
        f"User-Agent: {who['agent']}",
        f"X-Forwarded-For: {who['address']}",
        "Accept: text/html,*/*;q=0.8",
        f"Accept-Language: {who.get('language', 'en')}",
        "Connection: close",
    ]
    if kind == "prefetch":
        lines.append("Sec-Purpose: prefetch")
    return "\r\n".join([*lines, "", ""]).encode()


async def follow(url: str, kind: str, who: dict[str, Any]) -> int:
    """The status of the answer; 0 when nobody answered. Where it leads is not followed."""
    if not at_home(url):
        return 0
    try:
        async with asyncio.timeout(PATIENCE):
            return await ask(url, request(url, kind, who))
    except (OSError, TimeoutError, ValueError, IndexError):
        return 0


async def ask(url: str, text: bytes) -> int:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port or 80)
    try:
        # Written by hand because the standard library has no client that does not block.
        writer.write(text)
        return int((await reader.readline()).split()[1])
    finally:
        writer.close()
