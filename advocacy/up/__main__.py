import os
import sys
from collections.abc import Sequence

from advocacy.languages.catalogues import compile_stale
from advocacy.up.backup import backup, restore
from advocacy.up.beside import servers_alone, with_servers
from advocacy.up.errors import CannotStart
from advocacy.up.run import run
from advocacy.up.stack import with_stack
from advocacy.up.stopping import AskedToStop
from advocacy.up.verify import verify

USAGE = """Use one of:
  python -m advocacy.up run              everything, until Ctrl-C (this is `make run`)
  python -m advocacy.up with -- CMD      CMD beside fresh throwaway PostgreSQL and Redis servers
  python -m advocacy.up stack -- CMD     CMD beside a complete fresh throwaway installation
  python -m advocacy.up servers          only the PostgreSQL and Redis of .data/, until Ctrl-C
  python -m advocacy.up backup           the database and the pictures, into backups/
  python -m advocacy.up restore          FILE=backups/… into an empty database
  python -m advocacy.up verify           whether the evidence on guidelines is as it was written"""


def main(arguments: Sequence[str]) -> int:
    compile_stale()
    match list(arguments):
        case ["with", "--", *command] if command:
            return with_servers(command)
        case ["stack", "--", *command] if command:
            return with_stack(command)
        case ["run"]:
            return run()
        case ["backup"]:
            return backup()
        case ["restore"]:
            return restore(os.environ.get("FILE", ""))
        case ["verify"]:
            return verify(os.environ.get("ARGS", ""))
        case ["servers"]:
            return servers_alone()
    print(USAGE, file=sys.stderr)
    return 2


if __name__ == "__main__":
    # So that `with -- pytest` is the one of this environment.
    os.environ["PATH"] = os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", os.defpath)])
    try:
        code = main(sys.argv[1:])
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        code = 1
    except AskedToStop as asked:
        code = 128 + asked.number
    sys.exit(code)
