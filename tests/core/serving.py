"""A small server of raw sockets for tests: each connection is handed to a function that says what happens on it."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator


class Server:
    def __init__(self, handle: Callable[["Line"], None], context: ssl.SSLContext | None) -> None:
        self.handle, self.context = handle, context
        self.connections = 0
        self.requests: list[bytes] = []
        self.done = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port: int = self.listener.getsockname()[1]
        self.origin = f"{'https' if context else 'http'}://127.0.0.1:{self.port}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                sock, _ = self.listener.accept()
                self.connections += 1
                threading.Thread(target=self.run, args=(sock,), daemon=True).start()

    def run(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            stack.callback(sock.close)
            if self.context:
                sock = stack.enter_context(self.context.wrap_socket(sock, server_side=True))
            self.handle(Line(self, sock))


class Line:
    def __init__(self, server: Server, sock: socket.socket) -> None:
        self.server, self.sock = server, sock
        self.reader = sock.makefile("rb")

    def read(self) -> bytes:
        """One whole request; OSError when the other side has gone."""
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = self.reader.readline()
            if not line:
                raise ConnectionResetError
            head += line
        length = next((int(row[15:]) for row in head.split(b"\r\n") if row.lower().startswith(b"content-length:")), 0)
        request = head + self.reader.read(length)
        self.server.requests.append(request)
        return request

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def answer(self, body: bytes = b"ok", status: str = "200 OK", headers: str = "") -> None:
        self.send(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode() + body)

    def drip(self, data: bytes, seconds: float) -> None:
        """Send byte by byte, until all is sent or the test is over."""
        for at in range(len(data)):
            self.send(data[at : at + 1])
            if self.server.done.wait(seconds):
                return

    def reset(self) -> None:
        """Close so that the other side sees a reset and not an orderly end."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.reader.close()
        self.sock.close()


@contextlib.contextmanager
def serving(handle: Callable[[Line], None], context: ssl.SSLContext | None = None) -> Iterator[Server]:
    server = Server(handle, context)
    try:
        yield server
    finally:
        server.done.set()
        server.listener.close()
