"""One connection. Every wait on it is bounded by the same deadline, so a dripping answer cannot outlive it."""

import io
import select
import socket
import ssl
from collections.abc import Sequence
from time import monotonic

from core.http.errors import NotSent
from core.http.guard import Place, Target


class Wire:
    """Stands where http.client expects a socket. `written` says whether any byte of this request has left,
    `ended` whether the other side has closed."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self.sock = sock
        self.idle_since = 0.0
        self.restart(deadline)

    def restart(self, deadline: float) -> None:
        self.deadline = deadline
        self.written = False
        self.ended = False

    def left(self) -> float:
        seconds = self.deadline - monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds

    def sendall(self, data: bytes) -> None:
        rest = memoryview(data)
        # What TLS has put on the line cannot be known when it fails in the middle, so it counts as written at once.
        self.written = isinstance(self.sock, ssl.SSLSocket)
        while rest:
            self.sock.settimeout(self.left())
            sent = self.sock.send(rest)
            self.written = True
            rest = rest[sent:]

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self))

    def is_stale(self) -> bool:
        """An idle connection has nothing to say; if it is readable, the other side has closed it."""
        poll = select.poll()
        poll.register(self.sock, select.POLLIN)
        return bool(poll.poll(0))

    def close(self) -> None:
        self.sock.close()


class _Reader(io.RawIOBase):
    def __init__(self, wire: Wire) -> None:
        self.wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        self.wire.sock.settimeout(self.wire.left())
        count = self.wire.sock.recv_into(buffer)
        self.wire.ended = count == 0
        return count


def open_wire(target: Target, places: Sequence[Place], deadline: float, context: ssl.SSLContext) -> Wire:
    """Connect to the first of these places that answers; NotSent if none does."""
    sock = connect(target, places, deadline)
    if target.scheme == "https":
        try:
            sock.settimeout(max(deadline - monotonic(), 0.001))
            sock = context.wrap_socket(sock, server_hostname=target.host)
        except (OSError, ValueError) as error:
            sock.close()
            raise NotSent(f"No secure connection to {target.host}: {tls_reason(error)}.") from error
    return Wire(sock, deadline)


def connect(target: Target, places: Sequence[Place], deadline: float) -> socket.socket:
    failure: OSError = TimeoutError()
    for at, place in enumerate(places):
        # Each place gets its share of what is left, so that one dead address does not use up the whole time.
        seconds = (deadline - monotonic()) / (len(places) - at)
        if seconds <= 0:
            break
        try:
            sock = socket.socket(place.family, socket.SOCK_STREAM)
        except OSError as error:
            failure = error
            continue
        try:
            sock.settimeout(seconds)
            sock.connect(place.address)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return sock
        except OSError as error:
            sock.close()
            failure = error
    slow = isinstance(failure, TimeoutError)
    raise NotSent(f"{target.host} {'did not answer in time' if slow else 'cannot be reached'}.") from failure


def tls_reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return "its certificate is not valid"
    return "it did not answer in time" if isinstance(error, TimeoutError) else "the two sides could not agree"
