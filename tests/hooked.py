"""The least of Slack and Teams: keeps what it was told and answers as told."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class HookServer(ThreadingHTTPServer):
    told: list[Any]
    answer: tuple[int, dict[str, str], bytes]
    hangs_up: bool

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def says(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.answer = status, {name.replace("_", "-"): value for name, value in headers.items()}, body


class Handler(BaseHTTPRequestHandler):
    server: HookServer

    def do_POST(self) -> None:
        self.server.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        if self.server.hangs_up:
            return
        status, headers, body = self.server.answer
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def hook_server() -> Iterator[HookServer]:
    with HookServer(("127.0.0.1", 0), Handler) as server:
        server.told, server.answer, server.hangs_up = [], (200, {}, b"ok"), False
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()
