"""PostgreSQL and Redis as a real installation has them: reached by address with a password, roles by our own script."""

import secrets
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from advocacy.up.children import Child
from advocacy.up.places import ROOT, own_folder, socket_folder
from advocacy.up.postgres import OWNER, RUNNER, Postgres
from advocacy.up.valkey import Valkey

EXAMPLES = {RUNNER: "'change me'", OWNER: "'change me too'"}


class Database(Postgres):
    passwords: Mapping[str, str]

    def make_roles(self) -> None:
        """As `deploy/README.md` says: the script, with passwords of one's own."""
        script = (ROOT / "deploy" / "roles.sql").read_text()
        for role, example in EXAMPLES.items():
            script = script.replace(example, f"'{self.passwords[role]}'")
        command = [str(self.bin / "psql"), "-h", str(self.sockets), "-U", "postgres", "-v", "ON_ERROR_STOP=1", "-q"]
        subprocess.run([*command, "postgres"], input=script, text=True, check=True)


@dataclass
class Addressed:
    """`others`: the network whose machines may come in. `first` is called in each new process before anything else."""

    folder: Path
    database_at: str
    redis_at: str
    others: str
    first: Callable[[], None] | None = None
    passwords: Mapping[str, str] = field(default_factory=lambda: {role: secrets.token_hex(16) for role in EXAMPLES})
    redis_password: str = field(default_factory=lambda: secrets.token_hex(16))

    def __post_init__(self) -> None:
        logs, sockets = own_folder(self.folder / "logs", "Logs"), socket_folder(self.folder)
        listen = {"port": "6379", "bind": self.redis_at, "requirepass": self.redis_password}
        self.redis = Valkey(own_folder(self.folder / "redis", "A folder"), logs, listen, self.first)
        rules = self.folder / "hba.conf"
        rules.write_text(f"local all all trust\nhost all all {self.others} scram-sha-256\n")
        options = (f"listen_addresses={self.database_at}", f"hba_file={rules}")
        self.database = Database(self.folder / "postgres", sockets, logs, True, options, self.first)
        self.database.passwords = self.passwords

    def start(self) -> None:
        self.redis.start()
        self.database.start()

    def children(self) -> list[Child]:
        return [each.server for each in (self.database, self.redis) if each.server]

    def stop(self) -> None:
        self.redis.stop()
        self.database.stop()

    def environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.database_url(RUNNER),
            "DATABASE_OWNER_URL": self.database_url(OWNER),
            "REDIS_URL": f"redis://:{self.redis_password}@{self.redis_at}:6379/0",
        }

    def database_url(self, role: str) -> str:
        return f"postgresql://{role}:{self.passwords[role]}@{self.database_at}:5432/advocacy"
