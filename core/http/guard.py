"""Where we may connect to. The check is made on the address that is then used, so a name cannot change in between."""

import ipaddress
import socket
import threading
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from core.http.errors import NotSent, Refused

PORTS = {"http": 80, "https": 443}
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True)
class Policy:
    """`allowed_origins` are exact, as in "http://127.0.0.1:8001": they may be private and plain. Nothing else may."""

    allowed_origins: frozenset[str] = frozenset()
    https_only: bool = True
    user_agent: str = "Advocacy/1"


@dataclass(frozen=True)
class Target:
    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        return origin_text(self.scheme, self.host, self.port)

    @property
    def netloc(self) -> str:
        return self.origin.partition("://")[2]


@dataclass(frozen=True)
class Place:
    family: socket.AddressFamily
    address: tuple[Any, ...]


def origin_text(scheme: str, host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}" if port == PORTS[scheme] else f"{scheme}://{shown}:{port}"


def origin_of(url: str) -> str:
    """Scheme, host and, where it is not the usual one, port: the exact form `allowed_origins` wants."""
    return parse(url).origin


def parse(url: str) -> Target:
    """Take an address apart; Refused when it is not a plain http(s) address."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = ascii_host(parts)
    except (ValueError, UnicodeError):
        raise Refused(f"“{url[:100]}” is not a web address.") from None
    if parts.scheme not in PORTS or not host:
        raise Refused(f"“{url[:100]}” is not a web address that starts with https://.")
    if parts.username is not None or parts.password is not None:
        raise Refused("The web address holds a name or password, which we do not send.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, PORTS[parts.scheme] if port is None else port, path)


def ascii_host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    return host if host.isascii() else host.encode("idna").decode("ascii")


def permitted(target: Target, policy: Policy, seconds: float) -> list[Place]:
    """The places this address may be reached at. Refused when there is none."""
    allowed = target.origin in policy.allowed_origins
    if target.scheme != "https" and policy.https_only and not allowed:
        raise Refused(f"{target.host} would be called without encryption; use an address that starts with https://.")
    places = resolve(target, seconds)
    if not allowed:
        places = [place for place in places if is_public(str(place.address[0]))]
    if not places:
        raise Refused(f"{target.host} is an address inside a private network, which we do not call.")
    return places


def is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    inner = carried(address) if isinstance(address, ipaddress.IPv6Address) else None
    return address.is_global and not address.is_multicast and (inner is None or inner.is_global)


def carried(address: ipaddress.IPv6Address) -> IPAddress | None:
    """The IPv4 address that an IPv6 address only wraps, and where the packets would really go."""
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def resolve(target: Target, seconds: float) -> list[Place]:
    """Look the name up, at most so long. getaddrinfo knows no time-out, hence the thread."""
    found: list[Place] = []
    failed: list[OSError | UnicodeError] = []

    def look_up() -> None:
        try:
            for row in socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM):
                found.append(Place(row[0], row[4]))
        except (OSError, UnicodeError) as error:
            failed.append(error)

    if is_literal(target.host):
        look_up()
    else:
        thread = threading.Thread(target=look_up, daemon=True)
        thread.start()
        thread.join(seconds)
        if thread.is_alive():
            raise NotSent(f"The name {target.host} could not be looked up in time.")
    if failed or not found:
        raise NotSent(f"There is no server called {target.host}.")
    return list(found)


def is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
