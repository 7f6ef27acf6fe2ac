"""`with -- CMD` and `servers`: the two embedded servers beside a command, or on their own for a developer."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence

from advocacy.up import namespace
from advocacy.up.children import PAUSE
from advocacy.up.errors import CannotStart
from advocacy.up.places import chosen_data, held
from advocacy.up.secret_keys import fresh_secrets, kept_secrets
from advocacy.up.servers import Servers, throwaway_folder
from advocacy.up.stopping import AskedToStop, no_more_signals, say, signals_raise


def start_command(command: Sequence[str], env: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    """In our own terminal and process group, so that Ctrl-C reaches it directly."""
    parent = os.getpid()
    try:
        return subprocess.Popen(command, env=env, preexec_fn=lambda: namespace.die_with_parent(parent, signal.SIGTERM))
    except OSError as problem:
        raise CannotStart(f"{command[0]} could not be started: {problem.strerror}.") from None


def wait_for(process: "subprocess.Popen[bytes]", watch_until: Callable[[Callable[[], bool]], None]) -> int:
    """Its exit code. INT it has got itself from the terminal; other signals are passed on."""
    try:
        watch_until(lambda: process.poll() is not None)
        code = process.returncode
    except AskedToStop as asked:
        if asked.number != signal.SIGINT:
            process.send_signal(asked.number)
        code = 128 + asked.number
    except CannotStart:
        process.terminate()
        raise
    finally:
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
    return int(code)


def until(done: Callable[[], bool]) -> None:
    while not done():
        time.sleep(PAUSE)


def with_servers(command: Sequence[str]) -> int:
    """Fresh servers that keep nothing, gone when the command is done. Connects as the owner: tests make databases."""
    with signals_raise(), throwaway_folder() as data:
        servers = Servers(data, throwaway=True)
        try:
            servers.start()
            given = servers.environment()
            given["DATABASE_ROLE"] = "owner"
            env = {**os.environ, **fresh_secrets(), **given, "LOCAL": "1", "DATA_DIR": str(data)}
            env.pop("COLLECTED", None)  # an outer installation's files lie elsewhere
            return wait_for(start_command(command, env), until)
        finally:
            no_more_signals()
            servers.stop()


def servers_alone() -> int:
    """The servers of `.data/`, kept up in the foreground, with the lines to paste into another terminal."""
    data = chosen_data()
    with signals_raise(), held(data / "lock", "Advocacy is already running in this checkout."):
        servers = Servers(data)
        try:
            servers.start()
            for name, value in {**kept_secrets(data, os.environ), **servers.environment()}.items():
                say(f"export {name}='{value}'")
            say("# Paste these into another terminal. Ctrl-C stops both servers.")
            while True:
                signal.pause()
        except AskedToStop:
            return 0
        finally:
            no_more_signals()
            servers.stop()
