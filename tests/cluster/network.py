"""Hosts on one machine: a network namespace each, with a cable to one switch. All of it is gone with this process.

We step into a namespace of our own first, where the switch stands: the machine's own network is never touched.
"""

import ctypes
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from advocacy.up.errors import CannotStart

CLONE_NEWUSER, CLONE_NEWNET, CLONE_NEWUTS = 0x10000000, 0x40000000, 0x04000000
NETWORK, MASK = "10.77.0", 24
HARNESS = f"{NETWORK}.1"
_libc = ctypes.CDLL(None, use_errno=True)


def step_aside() -> None:
    """Into a network of our own, with the switch in it. Without root a user namespace allows it, where permitted."""
    if not shutil.which("ip"):
        raise CannotStart("make cluster needs the program `ip` (package iproute2).")
    uid, gid = os.getuid(), os.getgid()
    try:
        unshare(CLONE_NEWNET if uid == 0 else CLONE_NEWUSER | CLONE_NEWNET)
        if uid != 0:
            be_root(uid, gid)
        ip("link", "set", "lo", "up")
        ip("link", "add", "switch", "type", "bridge")
        ip("addr", "add", f"{HARNESS}/{MASK}", "dev", "switch")
        ip("link", "set", "switch", "up")
    except OSError as problem:
        raise CannotStart(
            f"make cluster makes hosts with network namespaces, and they are not permitted here ({problem}). "
            "Run it as root, or allow user namespaces. Nothing was tried."
        ) from None


def unshare(flags: int) -> None:
    if _libc.unshare(flags) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def be_root(uid: int, gid: int) -> None:
    for name, text in {"uid_map": f"0 {uid} 1", "setgroups": "deny", "gid_map": f"0 {gid} 1"}.items():
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def ip(*arguments: str, first: Callable[[], None] | None = None) -> None:
    done = subprocess.run(["ip", *arguments], capture_output=True, text=True, check=False, preexec_fn=first)
    if done.returncode != 0:
        raise OSError(f"ip {' '.join(arguments)}: {done.stderr.strip()}")


@dataclass
class Host:
    """`addresses`: the first is the host's own; another may be taken away from it, and what listens there with it."""

    name: str
    addresses: tuple[str, ...]
    namespace: int = field(default=-1, init=False)

    def __post_init__(self) -> None:
        with a_holder() as holder:
            self.namespace = os.open(f"/proc/{holder}/ns/net", os.O_RDONLY)
            ip("link", "add", self.cable, "type", "veth", "peer", "name", "eth0", "netns", str(holder))
        ip("link", "set", self.cable, "master", "switch", "up")
        for number in self.addresses:
            self.give(number)
        for device in ("lo", "eth0"):
            ip("link", "set", device, "up", first=self.enter)

    @property
    def cable(self) -> str:
        return f"to-{self.name}"

    @property
    def address(self) -> str:
        return self.addresses[0]

    def enter(self) -> None:
        """In a new process: from here on it is on this host, and calls itself so."""
        if _libc.setns(self.namespace, CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns")
        unshare(CLONE_NEWUTS)
        socket.sethostname(self.name)

    def cut(self) -> None:
        """Pull the cable: nothing arrives, nobody is told."""
        ip("link", "set", self.cable, "down")

    def heal(self) -> None:
        ip("link", "set", self.cable, "up")

    def give(self, address: str) -> None:
        ip("addr", "add", f"{address}/{MASK}", "dev", "eth0", first=self.enter)

    def take(self, address: str) -> None:
        """What listens there is cut off; what listens at the host's other addresses is not."""
        ip("addr", "del", f"{address}/{MASK}", "dev", "eth0", first=self.enter)


@contextmanager
def a_holder() -> Iterator[int]:
    """The number of a process in a new network; the network stays as long as somebody holds it open."""
    ready, tell = os.pipe()
    wait, end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(end)
            unshare(CLONE_NEWNET)
            os.write(tell, b"1")
            os.read(wait, 1)  # ends with the parent too: the pipe closes
        finally:
            os._exit(0)
    os.close(tell)
    os.close(wait)
    try:
        if os.read(ready, 1) != b"1":
            raise OSError("a second network namespace is refused")
        yield child
    finally:
        os.close(ready)
        os.close(end)
        os.waitpid(child, 0)
