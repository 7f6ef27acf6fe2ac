"""Who runs where: database and broker, platforms, two web and two worker hosts, each reached by its address alone.

What is tried here as well is the way of production: `deploy/roles.sql`, passwords, and servers given by address.
"""

import os
import secrets
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from advocacy.up.children import Child
from advocacy.up.errors import CannotStart
from advocacy.up.installation import Installation, Wanted
from advocacy.up.places import ROOT, own_folder, socket_folder
from advocacy.up.postgres import OWNER, RUNNER, Postgres
from advocacy.up.prepare import prepare
from advocacy.up.run import answers
from advocacy.up.secret_keys import fresh_secrets
from advocacy.up.valkey import Valkey
from advocacy.up.watching import Watched
from tests.cluster.network import HARNESS, MASK, NETWORK, Host
from tests.cluster.rabbit import Rabbit

DATABASE, BROKER, PLATFORMS = f"{NETWORK}.2", f"{NETWORK}.3", f"{NETWORK}.5"
WEBS = {"web1": f"{NETWORK}.11", "web2": f"{NETWORK}.12"}
WORKERS = {"worker1": f"{NETWORK}.21", "worker2": f"{NETWORK}.22"}
WEB_PORT = "8000"
CALLS_AT_ONCE = "16"
READY_SECONDS = 120


class DatabaseServer(Postgres):
    """Made as `deploy/README.md` says: the roles by our own script, and everybody from elsewhere needs a password."""

    passwords: dict[str, str]

    def make_roles(self) -> None:
        self.passwords = {RUNNER: secrets.token_hex(16), OWNER: secrets.token_hex(16)}
        script = (ROOT / "deploy" / "roles.sql").read_text()
        for role, example in ((RUNNER, "'change me'"), (OWNER, "'change me too'")):
            script = script.replace(example, f"'{self.passwords[role]}'")
        command = [str(self.bin / "psql"), "-h", str(self.sockets), "-U", "postgres", "-v", "ON_ERROR_STOP=1", "-q"]
        subprocess.run([*command, "postgres"], input=script, text=True, check=True)

    def address(self, role: str) -> str:
        return f"postgresql://{role}:{self.passwords[role]}@{DATABASE}:5432/advocacy"


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
        logs, sockets = own_folder(place / "logs", "Logs"), socket_folder(place)
        rules = place / "hba.conf"
        rules.write_text(f"local all all trust\nhost all all {HARNESS}/{MASK} scram-sha-256\n")
        listening = (f"listen_addresses={DATABASE}", f"hba_file={rules}")
        database = DatabaseServer(place / "postgres", sockets, logs, True, listening, data.enter)
        password = secrets.token_hex(16)
        listen = {"port": "6379", "bind": BROKER, "requirepass": password}
        # Kept under the names `stop` looks through from the first moment on.
        valkey = Valkey(own_folder(place / "v", "A folder"), logs, listen, data.enter)
        valkey.start()
        self.watch("data", valkey.server)
        database.start()
        self.watch("data", database.server)
        self.env = self.environment(database, f"redis://:{password}@{BROKER}:6379/0")
        if self.broker == "rabbitmq":
            rabbit = Rabbit(own_folder(place / "rabbit", "A folder"), BROKER, data.enter)
            for child in rabbit.start():
                self.watch("data", child)
            self.env["BROKER_URL"] = rabbit.url
        self.start_platforms()

    def environment(self, database: DatabaseServer, redis_url: str) -> dict[str, str]:
        return {
            **os.environ,
            **fresh_secrets(),
            "DATABASE_URL": database.address(RUNNER),
            "DATABASE_OWNER_URL": database.address(OWNER),
            "REDIS_URL": redis_url,
            "BASE_URL": f"http://{WEBS['web1']}:{WEB_PORT}",
            "ALLOWED_HOSTS": ",".join(WEBS.values()),
            "SANDBOX": "1",
            "SANDBOX_URL": f"http://{PLATFORMS}:8001",
            "CONTROL_URL": f"http://{PLATFORMS}:8002",
            "CLOCK_FILE": str(self.folder / "clock"),
            "CALLS_AT_ONCE": CALLS_AT_ONCE,
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

    def watch(self, host: str, child: Child | None) -> None:
        assert child is not None
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
