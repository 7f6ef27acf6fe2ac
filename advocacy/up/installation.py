"""What one running installation consists of: its environment and its programs."""

import os
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from advocacy.up.children import Child
from advocacy.up.places import ROOT, own_folder
from advocacy.up.ports import LOOPBACK, sandbox_ports, web_port
from advocacy.up.secret_keys import kept_secrets
from advocacy.up.servers import Servers


@dataclass(frozen=True)
class Wanted:
    """`demo`: the demo organisation. `sandbox`: the stand-in platforms. `town`: people there who read and click.
    `patient`: programs are started again however often they end."""

    data: Path
    port: str
    host: str = LOOPBACK
    demo: bool = True
    sandbox: bool = True
    town: bool = True
    throwaway: bool = False
    patient: bool = False


class Installation:
    def __init__(self, wanted: Wanted, given: Mapping[str, str]) -> None:
        self.wanted = wanted
        self.data = own_folder(wanted.data, "The data folder")
        self.logs = own_folder(self.data / "logs", "The folder for logs")
        own_folder(self.data / "static", "The folder for collected files")
        keep_logs_short(self.logs)
        self.port = web_port(wanted.port, wanted.host)
        self.sandbox_port, self.control_port = sandbox_ports(self.data, self.port)
        self.servers = Servers(
            self.data,
            throwaway=wanted.throwaway,
            postgres=not given.get("DATABASE_URL"),
            redis=not given.get("REDIS_URL"),
        )
        self.env = {**given, **self.environment(given)}

    def environment(self, given: Mapping[str, str]) -> dict[str, str]:
        base_url = given.get("BASE_URL") or f"http://{visible_name(self.wanted.host)}:{self.port}"
        found = {
            **kept_secrets(self.data, given),
            "DJANGO_SETTINGS_MODULE": "advocacy.settings",
            "PYTHONUNBUFFERED": "1",
            "PORT": str(self.port),
            "BASE_URL": base_url,
            "DATA_DIR": str(self.data),
            # Plain http is fine on this machine; whoever gives an https address gets the settings of production.
            "COLLECTED": "1",
            "LOCAL": "" if base_url.startswith("https://") else "1",
            "DEMO": "1" if self.wanted.demo else "",
            "SANDBOX": "1" if self.wanted.sandbox else "",
        }
        if self.wanted.sandbox:
            found |= {
                "SANDBOX_PORT": str(self.sandbox_port),
                "CONTROL_PORT": str(self.control_port),
                "SANDBOX_URL": f"http://{LOOPBACK}:{self.sandbox_port}",
                "CONTROL_URL": f"http://{LOOPBACK}:{self.control_port}",
                "CLOCK_FILE": str(self.data / "clock"),
                # The town's visitors say where they come from.
                "TRUSTED_PROXIES": given.get("TRUSTED_PROXIES") or LOOPBACK,
            }
        return found

    def start_servers(self) -> None:
        self.servers.start()
        self.env |= self.servers.environment()

    def programs(self) -> list[Child]:
        """In the order of starting; they are stopped in the reverse order."""
        # A chaos run starts a worker that is wrong on purpose.
        celery = ("-m", "celery", "-A", self.env.get("WORKER_APP", "advocacy"))
        threads = self.env.get("WORKER_THREADS", "16")
        quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat")
        bind = f"[{self.wanted.host}]" if ":" in self.wanted.host else self.wanted.host
        worker = self.child("worker", *celery, "worker", "-P", "threads", "-c", threads, *quiet, "-l", "INFO")
        worker.grace = 20  # a call to a platform may take fifteen seconds
        worker.ready_words = b" ready."
        beat = self.child("beat", *celery, "beat", "-l", "INFO", "--pidfile=")
        beat.ready_words = b"maxinterval"  # the last line it says before it begins
        found = [
            worker,
            beat,
            self.child("web", "-m", "advocacy.up.web", "--bind", f"{bind}:{self.port}"),
        ]
        return [self.sandbox(), *found] if self.wanted.sandbox else found

    def sandbox(self) -> Child:
        town = ("--town",) if self.wanted.town else ()
        return self.child(
            *("sandbox", "-m", "sandbox", "--port", str(self.sandbox_port)),
            *("--control-port", str(self.control_port), "--data", str(self.data)),
            *("--clock", self.env["CLOCK_FILE"], "--product-url", self.env["BASE_URL"], *town),
        )

    def reach(self) -> str:
        """Host and port at which this machine reaches the web server."""
        host = {"0.0.0.0": LOOPBACK, "::": "::1"}.get(self.wanted.host, self.wanted.host)
        return f"[{host}]:{self.port}" if ":" in host else f"{host}:{self.port}"

    def child(self, name: str, *arguments: str) -> Child:
        return Child(name, [sys.executable, *arguments], self.logs / f"{name}.log", self.env, folder=ROOT)


def visible_name(host: str) -> str:
    """How a browser writes it. Passkeys work at `localhost` and never at a bare number."""
    if host in (LOOPBACK, "::1", "localhost"):
        return "localhost"
    if host in ("0.0.0.0", "::"):
        return own_address()
    return f"[{host}]" if ":" in host else host


def own_address() -> str:
    """Which of this machine's addresses others see. Choosing a route sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "localhost"
        return str(probe.getsockname()[0])


def keep_logs_short(logs: Path, limit: int = 5_000_000) -> None:
    for log in logs.glob("*.log"):
        if log.stat().st_size > limit:
            os.replace(log, log.with_suffix(".old"))
