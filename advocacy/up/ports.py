"""Which ports, and one clear sentence when somebody else has them."""

import json
import os
import socket
from pathlib import Path

from advocacy.up.errors import CannotStart

LOOPBACK = "127.0.0.1"


def is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # As the servers do: a port that only waits for old connections to expire is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def any_free(besides: set[int]) -> int:
    while True:
        with socket.socket() as probe:
            probe.bind((LOOPBACK, 0))
            port = int(probe.getsockname()[1])
        if port not in besides:
            return port


def web_port(text: str, host: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CannotStart(f"PORT should be a number from 1 to 65535, not {text!r}.")
    port = int(text)
    try:
        socket.getaddrinfo(host, port)
    except OSError:
        raise CannotStart(f"HOST should be an address of this machine, not {host!r}.") from None
    if is_free(host, port):
        return port
    if port < 1024 and os.geteuid() != 0:
        raise CannotStart(f"Ports below 1024 are for root. Choose a higher one: {start_with(port + 8000)}")
    if not any(is_free(host, other) for other in range(port + 1, min(port + 50, 65536))):
        raise CannotStart(f"{host} is not an address of this machine, so nothing can listen there.")
    raise CannotStart(f"Port {port} is taken by another program. Choose another one: {start_with(port + 123)}")


def start_with(port: int) -> str:
    """The command to type instead; a firm must not be sent to the demo by it."""
    firm = os.environ.get("FIRM", "") not in ("", "0")
    return f"PORT={port} make run{' FIRM=1' if firm else ''}"


def sandbox_ports(data: Path, web: int) -> tuple[int, int]:
    """The ones of last time where they are free, since old posts carry them in their addresses."""
    kept = data / "ports.json"
    try:
        wanted = [int(port) for port in json.loads(kept.read_text())]
    except (OSError, ValueError, TypeError):
        wanted = []
    chosen: list[int] = []
    for candidate in (*wanted[:2], web + 1, web + 2):
        if len(chosen) < 2 and candidate not in (web, *chosen) and candidate < 65536 and is_free(LOOPBACK, candidate):
            chosen.append(candidate)
    while len(chosen) < 2:
        chosen.append(any_free({web, *chosen}))
    kept.write_text(json.dumps(chosen))
    return chosen[0], chosen[1]
