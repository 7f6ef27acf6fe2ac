"""The one door all platform calls come through: counting, latency and faults happen here and nowhere else."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from typing import Any, Protocol

from starlette.routing import Route

from . import tokens
from .faults import Fault, fingerprint
from .wire import Answer, Call, Refused, page
from .world import World

Handler = Callable[[Call], Answer]
First = Callable[[Call], Answer | None]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
MAX_BODY = 40_000_000
MAINTENANCE = "<!doctype html><title>Back soon</title><h1>We are tidying up</h1><p>Please come back later.</p>"


class Voice(Protocol):
    """How one platform says the errors that anybody can order."""

    KEY: str

    def broken(self, call: Call) -> Answer: ...
    def dead_token(self, call: Call) -> Answer: ...
    def forbidden(self, call: Call) -> Answer: ...
    def too_many(self, call: Call, reset: float) -> Answer: ...


class Door:
    """An ASGI endpoint around one handler of one platform. `voice` says errors the way that platform says them."""

    def __init__(
        self, world: World, voice: Voice, op: str | Callable[[Call], str], handler: Handler, first: First | None = None
    ):
        self.first = first
        self.world, self.voice, self.op, self.handler = world, voice, op, handler
        self.platform: str = voice.KEY

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        call = Call(self.world, self.platform, scope, await read_body(receive))
        call.standing.append(("date", formatdate(call.now, usegmt=True)))
        refused = self.first(call) if self.first else None
        if refused:
            await deliver(call, refused, None, send)
            return
        op = self.op if isinstance(self.op, str) else self.op(call)
        stats = self.world.stats
        stats.calls[op] += 1
        stats.in_flight += 1
        try:
            await self.serve(call, op, send)
        finally:
            stats.in_flight -= 1

    async def serve(self, call: Call, op: str, send: Send) -> None:
        # Half before and half after: a caller that dies in between has posted, one that dies earlier may not have.
        pause = self.world.wait_for(self.platform) / 2
        await sleep(pause)
        # Only publishing makes something that a resend could repeat.
        mark = self.mark(call) if op == "publish" else b""
        fault = self.world.faults.pick(self.platform, op, mark) if self.world.faults.rules else None
        if fault:
            self.world.stats.faults[fault.kind] += 1
        answer = await self.answer(call, fault)
        if mark and answer and answer.status in (200, 201):
            self.world.faults.committed.add(mark)
        await sleep(pause)
        await deliver(call, answer, fault, send)

    def mark(self, call: Call) -> bytes:
        owner = tokens.find(call, call.token)
        account = owner["remote_id"] if owner else ""
        return fingerprint(self.platform, account, call.header("idempotency-key"), call.body)

    async def answer(self, call: Call, fault: Fault | None) -> Answer | None:
        if fault is None:
            return self.handle(call)
        if fault.kind == "slow":
            await sleep(fault.seconds if fault.seconds is not None else 5.0)
        if fault.kind in ("slow", "drip", "drop_after"):
            return self.handle(call)
        if fault.kind == "500_after":
            self.handle(call)
        return self.spoilt(call, fault)

    def spoilt(self, call: Call, fault: Fault) -> Answer | None:
        if fault.kind == "drop_before":
            return None
        if fault.kind == "html":
            return page(MAINTENANCE, fault.status)
        if fault.kind == "429":
            return self.voice.too_many(call, call.now + (fault.seconds or 60))
        if fault.kind == "401":
            return self.voice.dead_token(call)
        return self.voice.forbidden(call) if fault.kind == "403" else self.voice.broken(call)

    def handle(self, call: Call) -> Answer:
        try:
            return self.handler(call)
        except Refused as refused:
            return refused.answer
        except Exception:
            logging.getLogger("sandbox").exception("%s %s", call.method, call.scope["path"])
            return self.voice.broken(call)


async def sleep(seconds: float) -> None:
    if seconds > 0:
        await asyncio.sleep(seconds)


async def read_body(receive: Receive) -> bytes:
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body") and len(body) < MAX_BODY:
        message = await receive()
        body += message.get("body", b"")
    return body


async def deliver(call: Call, answer: Answer | None, fault: Fault | None, send: Send) -> None:
    if answer is None or (fault and fault.kind == "drop_after"):
        # The server's own protocol puts the connection here; aborting it leaves the caller without a single byte.
        call.scope["sandbox.transport"].abort()
        await asyncio.sleep(0.001)  # until the server has noticed; otherwise it writes a complaint
        return
    # Its length is left unsaid, so a reader has to wait for the end.
    if fault and fault.kind == "drip":
        await drip(call, answer, fault.seconds if fault.seconds is not None else 30.0, send)
        return
    headers = [*answer.headers, *call.extra, *call.standing, ("content-length", str(len(answer.body)))]
    await start(answer.status, headers, send)
    await send({"type": "http.response.body", "body": answer.body if call.method != "HEAD" else b""})


async def start(status: int, headers: list[tuple[str, str]], send: Send) -> None:
    packed = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": status, "headers": packed})


async def drip(call: Call, answer: Answer, seconds: float, send: Send) -> None:
    """Send the body in small pieces over so many seconds; an empty one becomes blanks, which JSON readers forgive."""
    await start(answer.status, [*answer.headers, *call.extra, *call.standing], send)
    pieces = max(2, int(seconds / 0.25))
    body = answer.body.ljust(pieces)
    size = -(-len(body) // pieces)
    for position in range(0, len(body), size):
        await send({"type": "http.response.body", "body": body[position : position + size], "more_body": True})
        await asyncio.sleep(seconds / pieces)
    await send({"type": "http.response.body", "body": b""})


def routes(
    world: World, voice: Voice, table: list[tuple[str, str, Any, Handler]], first: First | None = None
) -> list[Route]:
    """One line per address: "GET", "/path", operation, handler. `first` may turn a call down before it counts as one,
    and before a fault that was ordered can strike it."""
    return [
        Route(path, Door(world, voice, op, handler, first), methods=[method]) for method, path, op, handler in table
    ]
