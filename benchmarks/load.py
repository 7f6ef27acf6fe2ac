"""A load generator of our own: one thread, epoll, keep-alive, requests written beforehand.

Its own cost is about a fortieth of a millisecond a request, so that on two cores it leaves most to the server.
"""

import select
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Outcome:
    seconds: float
    answers: int = 0
    redirects: int = 0
    waits: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return self.answers / self.seconds

    def percentile(self, share: float) -> float:
        """In milliseconds."""
        ordered = sorted(self.waits)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


class Load:
    def __init__(self, port: int, requests: Sequence[bytes], connections: int) -> None:
        self.port, self.requests = port, requests
        self.poll = select.epoll()
        self.sockets: dict[int, socket.socket] = {}
        self.began: dict[int, float] = {}
        self.idle: list[int] = []
        self.next = 0
        for _ in range(connections):
            self.connect()

    def connect(self) -> None:
        one = socket.create_connection(("127.0.0.1", self.port))
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        one.setblocking(False)
        self.sockets[one.fileno()] = one
        self.poll.register(one.fileno(), select.EPOLLIN)
        self.idle.append(one.fileno())

    def send(self, number: int, began: float) -> None:
        self.began[number] = began
        self.sockets[number].send(self.requests[self.next % len(self.requests)])
        self.next += 1

    def receive(self, outcome: Outcome, wait: float) -> None:
        for number, _ in self.poll.poll(wait):
            try:
                answer = self.sockets[number].recv(8192)
            except ConnectionResetError:
                answer = b""
            if not answer:
                self.replace(number)
                continue
            began = self.began.pop(number, None)
            if began is not None:
                outcome.waits.append(time.perf_counter() - began)
                outcome.answers += 1
                outcome.redirects += answer.startswith(b"HTTP/1.1 302")
                self.idle.append(number)

    def replace(self, number: int) -> None:
        """The server closes a connection after its keep-alive time; what was on it went unanswered."""
        self.poll.unregister(number)
        self.sockets.pop(number).close()
        self.began.pop(number, None)
        if number in self.idle:
            self.idle.remove(number)
        self.connect()

    def full_speed(self, seconds: float) -> Outcome:
        """Each connection sends again as soon as it is answered."""
        outcome, end = Outcome(seconds), time.perf_counter() + seconds
        while (now := time.perf_counter()) < end:
            while self.idle:
                self.send(self.idle.pop(), now)
            self.receive(outcome, 0.1)
        self.drain(outcome)
        return outcome

    def steady(self, rate: int, seconds: float) -> Outcome:
        """So many a second, whatever the server does; a wait counts from the moment the request was due."""
        outcome, start, due = Outcome(seconds), time.perf_counter(), 0
        while due < rate * seconds:
            now = time.perf_counter()
            while self.idle and start + due / rate <= now and due < rate * seconds:
                self.send(self.idle.pop(0), start + due / rate)
                due += 1
            ahead = start + due / rate - time.perf_counter()
            # epoll waits whole milliseconds, and rounds up.
            self.receive(outcome, max(0.0, ahead - 0.001) if self.idle else 0.1)
        self.drain(outcome)
        return outcome

    def drain(self, outcome: Outcome) -> None:
        end = time.perf_counter() + 2
        while self.began and time.perf_counter() < end:
            self.receive(outcome, 0.1)

    def close(self) -> None:
        for one in self.sockets.values():
            one.close()
        self.poll.close()
