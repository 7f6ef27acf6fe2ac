"""`make run`: everything, with progress, until Ctrl-C."""

import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from advocacy.up.errors import CannotStart
from advocacy.up.installation import Installation, Wanted
from advocacy.up.leftovers import stop_leftovers
from advocacy.up.places import chosen_data, held
from advocacy.up.ports import LOOPBACK
from advocacy.up.prepare import collect_if_changed, prepare_if_changed
from advocacy.up.stopping import AskedToStop, no_more_signals, say, signals_raise
from advocacy.up.watching import Programs

READY_SECONDS = 90


def run() -> int:
    firm = os.environ.get("FIRM", "") not in ("", "0")
    own = bool(os.environ.get("DATABASE_URL"))
    data = chosen_data()
    wanted = Wanted(
        data=data,
        port=os.environ.get("PORT") or "8000",
        host=os.environ.get("HOST") or LOOPBACK,
        demo=not firm and not own,
        sandbox=bool(os.environ.get("SANDBOX")) or not (firm or own),
    )
    running = "Advocacy is already running in this checkout. Stop it first, or use that one."
    try:
        with signals_raise(), held(data / "lock", running):
            stop_leftovers(data)
            serve(wanted)
    except AskedToStop:
        say("Everything is stopped.")
    return 0


def serve(wanted: Wanted) -> None:
    with started(wanted, os.environ, say) as (installation, programs):
        say(welcome(installation))
        programs.watch_until(lambda: False)


@contextmanager
def started(
    wanted: Wanted, given: Mapping[str, str], tell: Callable[[str], None]
) -> Iterator[tuple[Installation, Programs]]:
    """A complete installation, ready when the block begins and gone when it ends."""
    installation = Installation(wanted, given)
    programs = Programs([], [], installation.data)
    try:
        if installation.servers.postgres or installation.servers.valkey:
            tell("Starting the database and Redis …")
        installation.start_servers()
        children, servers = installation.programs(), installation.servers.children()
        programs = Programs(children, servers, installation.data, patient=wanted.patient)
        # Before the demo is loaded: its people need accounts on the stand-in platforms.
        programs.start("sandbox")
        collect_if_changed(installation.env, installation.data)
        prepare_if_changed(installation.env, installation.data / "schema.stamp")
        tell("Starting web, worker and beat …")
        programs.start()
        wait_until_ready(installation, programs)
        yield installation, programs
    finally:
        no_more_signals()
        tell("Stopping …")
        programs.stop()
        installation.servers.stop()


def wait_until_ready(installation: Installation, programs: Programs) -> None:
    deadline = time.monotonic() + READY_SECONDS

    pages = [f"http://{installation.reach()}/readyz"]
    if installation.wanted.sandbox:
        pages.append(installation.env["SANDBOX_URL"] + "/")

    def ready() -> bool:
        late = [child for child in programs.children if not child.is_ready()]
        if not late and all(answers(page) for page in pages):
            return True
        if time.monotonic() > deadline:
            slow = (late or programs.children)[-1]
            raise CannotStart(f"{slow.name} is not ready after {READY_SECONDS} s. {slow.log}:\n{slow.last_lines()}")
        return False

    programs.watch_until(ready)


def answers(url: str) -> bool:
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def welcome(installation: Installation) -> str:
    """The short block: where to go and how to sign in."""
    address = installation.env["BASE_URL"]
    lines = ["", f"  Advocacy is running:  {address}"]
    if installation.wanted.demo:
        lines += [
            "",
            "  Sign in there with one click, as member, curator, HR or administrator.",
            f"  Mail it sends:        {address}/outbox/",
        ]
    else:
        code = installation.data / "setup-code"  # gone once there is an administrator
        lines += [f"  Set your firm up:     {address}/setup/?code={code.read_text().strip()}"] if code.exists() else []
    if installation.wanted.sandbox:
        lines += [f"  Stand-in platforms:   {installation.env['SANDBOX_URL']}"]
    return "\n".join([*lines, "", "  Ctrl-C stops everything.", ""])
