"""`with -- CMD` and `servers`: the two embedded servers beside a command, or on their own for a developer."""

import os
import signal
import subprocess
from collections.abc import Sequence

from advocacy.up import namespace
from advocacy.up.places import ROOT, held, own_folder
from advocacy.up.secret_keys import fresh_secrets, kept_secrets
from advocacy.up.servers import Servers, throwaway_folder
from advocacy.up.stopping import AskedToStop, say, signals_raise


def run_command(command: Sequence[str], env: dict[str, str]) -> int:
    """In our own terminal and process group, so that Ctrl-C reaches it; other signals are passed on."""
    parent = os.getpid()
    process = subprocess.Popen(command, env=env, preexec_fn=lambda: namespace.die_with_parent(parent, signal.SIGTERM))
    try:
        return process.wait()
    except AskedToStop as asked:
        if asked.number != signal.SIGINT:
            process.send_signal(asked.number)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
        return 128 + asked.number


def with_servers(command: Sequence[str]) -> int:
    """Fresh servers that keep nothing, gone when the command is done. Connects as the owner: tests make databases."""
    with signals_raise(), throwaway_folder() as data:
        servers = Servers(data, throwaway=True)
        try:
            servers.start()
            given = servers.environment()
            given["DATABASE_ROLE"] = "owner"
            return run_command(command, {**os.environ, **fresh_secrets(), **given, "DATA_DIR": str(data)})
        finally:
            servers.stop()


def servers_alone() -> int:
    """The servers of `.data/`, kept up in the foreground, with the lines to paste into another terminal."""
    data = own_folder(ROOT / ".data", "The data folder")
    with signals_raise(), held(data / "lock", "Advocacy is already running in this checkout."):
        servers = Servers(data)
        try:
            servers.start()
            for name, value in {**kept_secrets(data), **servers.environment()}.items():
                say(f"export {name}='{value}'")
            say("# Paste these into another terminal. Ctrl-C stops both servers.")
            while True:
                signal.pause()
        except AskedToStop:
            return 0
        finally:
            servers.stop()
