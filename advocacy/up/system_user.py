"""The fallback for root where user namespaces are refused: an account without a login and a folder of its own.

Only this folder is ever given to that account. The checkout stays as it was, so the binaries are copied.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
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
    bin: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def sockets(self) -> Path:
        return self.folder / "s"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"


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
    BASE.mkdir(mode=0o755, exist_ok=True)
    account = Account(entry.pw_uid, entry.pw_gid, BASE / key_of(data), copied(binaries))
    for folder in (account.folder, account.sockets, account.logs):
        folder.mkdir(mode=0o700, exist_ok=True)
        os.chown(folder, account.uid, account.gid)
    print(
        f"User namespaces are refused here, so PostgreSQL runs as the system account {NAME}, with its data in "
        f"{account.folder}.",
        file=sys.stderr,
        flush=True,
    )
    return account


def copied(binaries: Path) -> Path:
    """The binaries where that account can read them, with their libraries at the same distance as before."""
    package = binaries.parents[1]
    mark = f"{package} {(binaries / 'postgres').stat().st_mtime_ns}"
    target = BASE / f"programs-{hashlib.sha256(mark.encode()).hexdigest()[:10]}"
    if not target.exists():
        unfinished = Path(tempfile.mkdtemp(dir=BASE))
        unfinished.chmod(0o755)
        for path in (package / "pginstall", package.with_name(package.name + ".libs")):
            if path.exists():
                shutil.copytree(path, unfinished / path.relative_to(package.parent), symlinks=True)
        try:
            unfinished.rename(target)
        except OSError:  # another start was quicker
            shutil.rmtree(unfinished)
    return target / package.name / "pginstall" / "bin"
