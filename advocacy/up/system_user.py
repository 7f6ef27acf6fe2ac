"""The fallback for root where user namespaces are refused: an account without a login and a folder of its own.

Only this folder is ever given to that account. The checkout stays as it was, so the binaries are copied.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from advocacy.up.errors import CannotStart
from advocacy.up.places import key_of

NAME = "advocacy-db"
BASE = Path("/var/lib/advocacy-db")


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int
    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def sockets(self) -> Path:
        return self.folder / "s"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def bin(self) -> Path:
        return self.folder / "pginstall" / "bin"


def find_or_make() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        pass
    made = subprocess.run(
        ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        raise CannotStart(
            f"PostgreSQL refuses to run as root, user namespaces are refused here, and the system account {NAME} "
            f"could not be made ({made.stderr.strip()}). Run as an ordinary user, or set DATABASE_URL."
        )
    return pwd.getpwnam(NAME)


def prepare(data: Path, binaries: Path) -> Account:
    entry = find_or_make()
    account = Account(entry.pw_uid, entry.pw_gid, BASE / key_of(data))
    print(
        f"User namespaces are refused here, so PostgreSQL runs as the system account {NAME} with its data in "
        f"{account.folder}.",
        flush=True,
    )
    BASE.mkdir(mode=0o755, exist_ok=True)
    for folder in (account.folder, account.sockets, account.logs):
        folder.mkdir(mode=0o700, exist_ok=True)
        os.chown(folder, account.uid, account.gid)
    copy_binaries(binaries, account)
    return account


def copy_binaries(binaries: Path, account: Account) -> None:
    """With the libraries beside them: the binaries look for those by a relative path."""
    source = binaries.parents[1]
    stamp = account.folder / "pginstall.from"
    mark = f"{source} {(binaries / 'postgres').stat().st_mtime_ns}"
    if stamp.exists() and stamp.read_text() == mark:
        return
    for path in (source / "pginstall", source.with_name(source.name + ".libs")):
        target = account.folder / path.name
        shutil.rmtree(target, ignore_errors=True)
        if path.exists():
            shutil.copytree(path, target, symlinks=True)
    for folder, _, names in os.walk(account.folder):
        for path in (folder, *(os.path.join(folder, name) for name in names)):
            os.chown(path, account.uid, account.gid, follow_symlinks=False)
    stamp.write_text(mark)
