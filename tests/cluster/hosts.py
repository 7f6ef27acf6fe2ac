"""Who runs where: database and broker, platforms, two web and two worker hosts, each reached by its address alone.

PostgreSQL and Redis are given as in production; see `tests/addressed.py`.
"""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from advocacy.up.children import Child
from advocacy.up.errors import CannotStart
from advocacy.up.installation import Installation, Wanted
from advocacy.up.places import own_folder
from advocacy.up.prepare import prepare
from advocacy.up.run import answers
from advocacy.up.secret_keys import fresh_secrets
from advocacy.up.watching import Watched
from tests.addressed import Addressed
from tests.cluster.network import HARNESS, MASK, NETWORK, Host
from tests.cluster.rabbit import Rabbit

DATABASE, BROKER, PLATFORMS = f"{NETWORK}.2", f"{NETWORK}.3", f"{NETWORK}.5"
WEBS = {"web1": f"{NETWORK}.11", "web2": f"{NETWORK}.12"}
WORKERS = {"worker1": f"{NETWORK}.21", "worker2": f"{NETWORK}.22"}
WEB_PORT = "8000"
CALLS_AT_ONCE = "16"
READY_SECONDS = 120


@dataclass
class Cluster:
    folder: Path
    broker: str = "redis"
    hosts: dict[str, Host] = field(default_factory=dict)
    programs: dict[str, list[Watched]] = field(default_factory=dict)
    env: dict[str, str] = field(default_factory=dict)

    def start(self) -> None:
        self.make_hosts()
        self.start_servers()
        prepare(self.env)
        for name in (*WORKERS, *WEBS):
            self.start_host(name)
        self.wait_until(self.is_ready, READY_SECONDS, "the hosts are not ready")

    def make_hosts(self) -> None:
        addresses = {"data": (DATABASE, BROKER), "platforms": (PLATFORMS,)}
        addresses |= {name: (address,) for name, address in (WEBS | WORKERS).items()}
        self.hosts = {name: Host(name, numbers) for name, numbers in addresses.items()}

    def start_servers(self) -> None:
        place, data = self.own("data"), self.hosts["data"]
        servers = Addressed(place, DATABASE, BROKER, f"{HARNESS}/{MASK}", data.enter)
        try:
            servers.start()
        finally:
            for child in servers.children():
                self.watch("data", child)
        self.env = self.environment(servers)
        if self.broker == "rabbitmq":
            rabbit = Rabbit(own_folder(place / "rabbit", "A folder"), BROKER, data.enter)
            for child in rabbit.start():
                self.watch("data", child)
            self.env["BROKER_URL"] = rabbit.url
        self.start_platforms()

    def environment(self, servers: Addressed) -> dict[str, str]:
        return {
            **os.environ,
            **fresh_secrets(),
            **servers.environment(),
            "BASE_URL": f"http://{WEBS['web1']}:{WEB_PORT}",
            "ALLOWED_HOSTS": ",".join(WEBS.values()),
            "SANDBOX": "1",
            "SANDBOX_URL": f"http://{PLATFORMS}:8001",
            "CONTROL_URL": f"http://{PLATFORMS}:8002",
            "CLOCK_FILE": str(self.folder / "clock"),
            "CALLS_AT_ONCE": CALLS_AT_ONCE,
            "LIMITS": "off",  # what is tried here is machines; a burst that is spread would leave them idle
            "LOCAL": "1",
            "DJANGO_SETTINGS_MODULE": "advocacy.settings",
        }

    def start_platforms(self) -> None:
        places = ("--host", PLATFORMS, "--port", "8001", "--control-port", "8002")
        known = ("--clock", self.env["CLOCK_FILE"], "--product-url", self.env["BASE_URL"])
        child = self.installation("platforms").child(
            "sandbox", "-m", "sandbox", *places, "--data", str(self.own("platforms")), *known
        )
        self.begin("platforms", child)
        self.wait_until(lambda: answers(self.env["SANDBOX_URL"] + "/"), 30, "the stand-in platforms do not answer")

    def start_host(self, name: str) -> None:
        wanted = {"web"} if name in WEBS else {"worker", "beat"}
        for child in self.installation(name).programs():
            if child.name in wanted:
                self.begin(name, child)

    def installation(self, name: str) -> Installation:
        """The same programs as `make run`, each with the data folder of its host."""
        wanted = Wanted(self.own(name), WEB_PORT, "0.0.0.0", demo=False, sandbox=False, throwaway=True)
        made = Installation(wanted, self.env)
        made.env |= self.env | {"DATA_DIR": str(wanted.data)}
        return made

    def own(self, name: str) -> Path:
        return own_folder(self.folder / name, "The folder of a host")

    def begin(self, host: str, child: Child) -> None:
        child.first = self.hosts[host].enter
        child.start()
        self.watch(host, child)

    def watch(self, host: str, child: Child) -> None:
        self.programs.setdefault(host, []).append(Watched(child, patient=True))

    def is_ready(self) -> bool:
        up = all(each.child.is_ready() for name in WORKERS for each in self.programs[name])
        return up and self.webs_ready() == len(WEBS)

    def webs_ready(self) -> int:
        return sum(answers(f"http://{address}:{WEB_PORT}/readyz") for address in WEBS.values())

    def look(self) -> None:
        """What systemd does on each host: a program that ended is started again."""
        for programs in self.programs.values():
            for each in programs:
                each.look()

    def wait_until(self, done: Callable[[], bool], seconds: float, otherwise: str) -> None:
        end = time.monotonic() + seconds
        while not done():
            if time.monotonic() > end:
                raise CannotStart(f"After {seconds:g} s {otherwise}. Logs: {self.folder}")
            self.look()
            time.sleep(0.1)

    def kill_host(self, name: str) -> None:
        """Every process of it at once; nobody there says goodbye, and nobody starts them again."""
        for each in self.programs.pop(name):
            each.child.signal_group(signal.SIGKILL)
            if each.child.process is not None:
                each.child.process.wait()

    def stop(self) -> None:
        for name in [*WEBS, *WORKERS, "platforms", "data"]:
            for each in reversed(self.programs.pop(name, [])):
                each.child.signal_group(signal.SIGKILL)
                each.child.stop()
