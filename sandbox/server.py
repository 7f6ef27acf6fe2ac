"""Two ports, one loop: the platforms and the control port see the same world."""

import asyncio
import contextlib
import signal
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from . import control
from .app import app
from .town.street import Town
from .world import World

HOST = "127.0.0.1"


class Protocol(HttpToolsProtocol):
    """Puts the connection within reach of the door, which has to be able to drop it."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["sandbox.transport"] = self.transport  # type: ignore[typeddict-unknown-key]


class Server(uvicorn.Server):
    def capture_signals(self) -> Any:
        # Both servers stop together, on the signals that `serve` listens for.
        return contextlib.nullcontext()


def server(application: Any, port: int, host: str) -> Server:
    return Server(
        uvicorn.Config(
            application,
            host=host,
            port=port,
            http=Protocol,
            loop="uvloop",
            lifespan="off",
            access_log=False,
            log_level="warning",
            server_header=False,
            date_header=False,  # the door says the time of this world
            timeout_keep_alive=75,
            timeout_graceful_shutdown=2,
            ws="none",
            backlog=2048,
        )
    )


async def serve(world: World, port: int, control_port: int, host: str = HOST) -> None:
    servers = [server(app(world), port, host), server(control.app(world), control_port, host)]

    def stop() -> None:
        for one in servers:
            one.should_exit = True

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop)
    # In the same loop: the town needs no lock, and it stops when the servers stop.
    town = asyncio.create_task(Town(world).live())
    try:
        await asyncio.gather(*(one.serve() for one in servers))
    finally:
        town.cancel()
