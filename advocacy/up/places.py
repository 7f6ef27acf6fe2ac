"""Where things lie: the checkout, its data, and the short private folder for sockets."""

import errno
import fcntl
import hashlib
import os
import pwd
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from advocacy.up.errors import CannotStart

ROOT = Path(__file__).resolve().parents[2]
# A socket path over about 104 bytes cannot be bound on every system; the longest name we put in a folder has 20.
LONGEST_FOLDER = 80


def chosen_data() -> Path:
    """Where this installation's data lie. A firm's own and the demo's never meet."""
    data = own_folder(Path(os.environ.get("DATA_DIR") or ROOT / ".data").absolute(), "The data folder")
    firm = os.environ.get("FIRM", "") not in ("", "0")
    return own_folder(data / "firm", "The data folder") if firm else data


def key_of(path: Path) -> str:
    """Tells two checkouts (or two data folders) apart in names that everybody on the machine can see."""
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:10]


def owner_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user number {uid}"


def own_folder(path: Path, what: str) -> Path:
    """A folder only this user can enter: made here, or made here earlier. Another's is never touched."""
    try:
        path.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        pass
    except PermissionError:
        raise CannotStart(f"{what} cannot be made in {path.parent}: this user may not write there.") from None
    except OSError as problem:
        raise disk_problem(problem, path) from None
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise CannotStart(f"{path} should be a folder ({what}) and is not. Move it away and start again.")
    if found.st_uid != os.geteuid():
        name = owner_name(found.st_uid)
        raise CannotStart(
            f"{what} in {path} belongs to {name}. Start as {name}, or move that folder away to begin with a new one."
        )
    if found.st_mode & 0o077:
        # Ours by owner, but open to others: a 0700 folder is what keeps trust authentication safe.
        raise CannotStart(f"{what} in {path} is open to other users. Close it with: chmod 700 '{path}'")
    return path


def disk_problem(problem: OSError, path: Path) -> CannotStart:
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return CannotStart(f"The disk that holds {path} is full. Make some room and start again.")
    return CannotStart(f"{path} cannot be used: {problem.strerror}.")


def socket_folder(data: Path) -> Path:
    """Short, private and the same at every start of the same data, so that an address can be kept."""
    name = f"advocacy-{os.geteuid()}-{key_of(data)}"
    for base in (tempfile.gettempdir(), "/tmp"):
        folder = Path(base) / name
        if len(os.fsencode(folder)) <= LONGEST_FOLDER:
            return own_folder(folder, "The folder for sockets")
    raise CannotStart("No temporary folder has a path short enough for a socket. Set TMPDIR=/tmp and start again.")


def write_whole(path: Path, text: str) -> None:
    """So that who reads it meanwhile, or after a kill in the middle, finds what stood there before or all of this."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_text(text)
    beside.replace(path)


@contextmanager
def held(path: Path, sentence: str) -> Iterator[None]:
    """Holds the lock file while the block runs. The kernel lets go of it however this process ends."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as problem:
        raise disk_problem(problem, path) from None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(sentence) from None
        yield
    finally:
        os.close(handle)
