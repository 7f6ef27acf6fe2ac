"""A really started sandbox on free ports, once for all tests, forgotten and fresh before each."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

ROOT = Path(__file__).resolve().parents[2]
WAIT = 10.0
SESSION = requests.Session()
NOON = 1_795_348_800.0  # 2026-11-22 12:00 UTC


def free_ports() -> tuple[int, int]:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        return one.getsockname()[1], other.getsockname()[1]


@dataclass
class Town:
    base: str
    control: str
    clock: Path
    data: Path

    def order(self, path: str, method: str = "POST", **what: Any) -> Any:
        answer = SESSION.request(method, f"{self.control}/{path}", json=what, timeout=WAIT)
        assert answer.ok, answer.text
        return answer.json()

    def person(self, platform: str, name: str = "ada") -> dict[str, Any]:
        return self.order("accounts", platform=platform, name=name)["accounts"][0]

    def ledger(self, **which: str) -> list[dict[str, Any]]:
        return requests.get(f"{self.control}/ledger", params=which, timeout=WAIT).json()["posts"]

    def call(self, method: str, path: str, token: str = "", **rest: Any) -> requests.Response:
        headers = rest.pop("headers", {}) | ({"Authorization": f"Bearer {token}"} if token else {})
        rest.setdefault("timeout", WAIT)
        return SESSION.request(method, self.base + path, headers=headers, allow_redirects=False, **rest)

    def later(self, seconds: float) -> None:
        self.clock.write_text(str(self.offset() + seconds))

    def offset(self) -> float:
        return float(self.clock.read_text() or 0)


def start(town: Town, *more: str) -> subprocess.Popen[bytes]:
    port, control = town.base.rsplit(":", 1)[1], town.control.rsplit(":", 1)[1]
    command = [
        sys.executable,
        "-m",
        "sandbox",
        "--port",
        port,
        "--control-port",
        control,
        "--data",
        str(town.data),
        "--clock",
        str(town.clock),
        *more,
    ]
    process = subprocess.Popen(command, cwd=ROOT)
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        try:
            requests.get(f"{town.base}/healthz", timeout=1)
            requests.get(f"{town.control}/stats", timeout=1)
            return process
        except requests.ConnectionError:
            time.sleep(0.02)
    stop(process)
    raise AssertionError("the sandbox did not come up")


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(WAIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def running_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("sandbox")
    port, control = free_ports()
    town = Town(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{control}", folder / "clock", folder)
    town.clock.write_text("0")
    process = start(town)
    yield town
    stop(process)


@pytest.fixture
def town(running_town: Town) -> Town:
    # Always the same noon, so that no window, day or version ends in the middle of a test.
    running_town.clock.write_text(str(NOON - time.time()))  # noqa: TID251
    running_town.order("reset")
    return running_town
