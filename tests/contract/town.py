"""The stand-in platforms as a test sees them: two ports, people with tokens, faults on order and a ledger."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

from core.http import Door, HttpError, Policy

ROOT = Path(__file__).parents[2]


class Town:
    def __init__(self, port: int, control_port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.control_base = f"http://127.0.0.1:{control_port}"
        self.door = Door(Policy(frozenset({self.base, self.control_base})))

    def control(self, method: str, path: str, **order: Any) -> Any:
        answer = self.door.request(method, self.control_base + path, json=order)
        assert answer.ok, answer.text
        return answer.json()

    def person(self, platform: str, name: str) -> dict[str, Any]:
        """Whoever has been to the consent page there; where the platform binds tokens to a key, with that key."""
        return self.control("POST", "/accounts", platform=platform, name=name, bound=True)["accounts"][0]

    def posts(self, platform: str, marker: str = "") -> list[dict[str, Any]]:
        params = {"platform": platform, "marker": marker}
        return self.door.request("GET", self.control_base + "/ledger", params=params).json()["posts"]

    def break_next(self, platform: str, op: str, kind: str, **more: Any) -> None:
        self.control("POST", "/faults", platform=platform, op=op, kind=kind, times=1, **more)

    def mend(self) -> None:
        self.control("DELETE", "/faults")

    def places(self) -> dict[str, dict[str, str]]:
        return {
            "mastodon": {"town.example": f"{self.base}/mastodon"},
            "bluesky": {"pds": f"{self.base}/bluesky"},
            "linkedin": {"www": f"{self.base}/linkedin", "api": f"{self.base}/linkedin"},
            "x": {"www": f"{self.base}/x", "api": f"{self.base}/x"},
            "threads": {"www": f"{self.base}/threads", "api": f"{self.base}/threads"},
        }


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def running_town(folder: Path, clock: Path) -> Iterator[Town]:
    port, control_port = free_port(), free_port()
    command = [sys.executable, "-m", "sandbox", "--port", str(port), "--control-port", str(control_port)]
    command += ["--data", str(folder), "--clock", str(clock)]
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output, env={**os.environ})
    try:
        town = Town(port, control_port)
        wait_for(town, process, log)
        yield town
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


def wait_for(town: Town, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up = monotonic() + 20
    while monotonic() < give_up and process.poll() is None:
        with contextlib.suppress(HttpError):
            town.control("GET", "/stats")
            return
    raise AssertionError(f"the sandbox did not start:\n{log.read_text()}")
