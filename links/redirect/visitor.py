"""Where a visit comes from: the client's address behind our own proxies, and the coarse person it stands for.

Nothing here is ever stored. Of an address only its network remains (/24, or /48 for IPv6), of a browser its family.
"""

import re
import socket
from collections.abc import Iterable, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

PROXIES_KNOWN = 256
LOCAL_SOCKET = "unix"  # in TRUSTED_PROXIES: believe a proxy that comes by a socket file and so has no address

FAMILIES = (
    ("edge", re.compile(r"\bEdg(?:e|A|iOS)?/")),
    ("opera", re.compile(r"\b(?:OPR|Opera|OPT)[/ ]")),
    ("samsung", re.compile(r"\bSamsungBrowser/")),
    ("firefox", re.compile(r"\b(?:Firefox|FxiOS)/")),
    ("chrome", re.compile(r"\b(?:Chrome|CriOS|Chromium)/")),
    ("safari", re.compile(r"\bSafari/")),
)


def parse_networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Networks in CIDR form or single addresses; what cannot be read is left out, and so believes nobody."""
    networks = []
    for text in texts:
        try:
            networks.append(ip_network(text.strip(), strict=False))
        except ValueError:
            continue
    return tuple(networks)


def parse_address(text: str) -> Address | None:
    """An address, also as proxies write it: with a port, in brackets, with a zone, or IPv4 inside IPv6."""
    text = text.strip().strip('"')
    try:
        # Nearly every visit, and a tenth of the time that ipaddress takes to read it.
        return IPv4Address(socket.inet_pton(socket.AF_INET, text))
    except (OSError, ValueError):
        pass
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def within(address: Address | None, networks: Iterable[Network]) -> bool:
    if address is not None:
        for network in networks:
            if address in network:
                return True
    return False


class Proxies:
    """Those whose X-Forwarded-For is believed: TRUSTED_PROXIES, as CIDR, plus "unix" for a socket file."""

    def __init__(self, trusted: Sequence[str]) -> None:
        self.networks = parse_networks(trusted)
        self.socket = LOCAL_SOCKET in trusted
        self._known: set[str] = set()  # of our own proxies, each as it calls itself; never a visitor

    def trusts(self, peer: str) -> bool:
        if not peer:
            return self.socket
        if peer in self._known:
            return True
        trusted = within(parse_address(peer), self.networks)
        if trusted and len(self._known) < PROXIES_KNOWN:
            self._known.add(peer)
        return trusted

    def client(self, peer: str, forwarded: str) -> Address | None:
        """The address that came to the outermost of our proxies.

        Read from the right: each proxy appends whom it spoke to, so what stands further left than the first
        address we do not trust may be made up. None when nothing can be read.
        """
        if not forwarded or not self.trusts(peer):
            return parse_address(peer)
        believed = None
        for text in reversed(forwarded.split(",")):
            address = parse_address(text)
            if address is None:
                break
            believed = address
            if not within(address, self.networks):
                break
        return believed or parse_address(peer)


def truncated(address: Address | None) -> str:
    """The network a visit is counted for: the first three bytes of 203.0.113.9, six of an IPv6; empty when unknown."""
    if address is None:
        return ""
    return f"{address.version}:{address.packed[: 3 if address.version == 4 else 6].hex()}"


@lru_cache(maxsize=4096)
def browser_family(agent: str) -> str:
    return next((name for name, pattern in FAMILIES if pattern.search(agent)), "other")


def coarse(address: Address | None, agent: str) -> str:
    """All that is known of a visitor, for as long as it takes to make a hash of it."""
    return f"{truncated(address)} {browser_family(agent)}"
