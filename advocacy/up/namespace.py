"""PostgreSQL refuses to run as root. A user namespace lets root call itself somebody else, in place.

What `unshare --user --map-user=N` does, without needing that program: no account is made, no file changes its
owner, and files of root are simply seen as files of N inside.
"""

import ctypes
import os
import pwd
import sys

from advocacy.up.errors import CannotNest

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def needed() -> bool:
    return os.geteuid() == 0


def stand_in() -> int:
    """A number that has a name on this machine: initdb looks its own name up and gives up without one."""
    return next((entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid != 0), 1)


def enter(uid: int) -> None:
    """Runs in a child between fork and exec: from here on this process is `uid` to itself."""
    gid = os.getegid()
    if _libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    write = {"uid_map": f"{uid} 0 1", "setgroups": "deny", "gid_map": f"{uid} {gid} 1"}
    for name, text in write.items():
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def check() -> None:
    """Tries it once in a child. Raises CannotNest where containers or the kernel's settings refuse."""
    if not sys.platform.startswith("linux") or os.environ.get("ADVOCACY_NO_NAMESPACE"):
        raise CannotNest("User namespaces are not available here.")
    child = os.fork()
    if child == 0:
        try:
            enter(stand_in())
            os._exit(0)
        except BaseException:
            os._exit(1)
    if os.waitpid(child, 0)[1] != 0:
        raise CannotNest("The kernel refuses user namespaces here.")


def die_with_parent(parent: int, with_signal: int) -> None:
    """Runs between fork and exec: the kernel sends `with_signal` when the process `parent` is gone, even by KILL."""
    if not sys.platform.startswith("linux"):
        return
    _libc.prctl(PR_SET_PDEATHSIG, with_signal, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
