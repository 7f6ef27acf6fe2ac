"""A clean root folder that takes the steps of the Containerfile one after the other, as an engine would."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from advocacy.up.errors import CannotStart
from advocacy.up.places import ROOT
from tests.container.steps import Stage, kept, variables

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# A mount namespace of its own for each step: what is mounted is gone with it.
INSIDE = """set -e
inner=$PATH
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc proc "$1/proc"
mount -t tmpfs shm "$1/dev/shm" 2>/dev/null || true
if [ -n "$2" ]; then mkdir -p "$1/wheels"; mount --bind "$2" "$1/wheels"; fi
root=$1 user=$3 folder=$4; shift 4
exec chroot --userspec="$user" "$root" /usr/bin/env PATH="$inner" /bin/sh -c 'cd "$0" && exec "$@"' "$folder" "$@"
"""


def base(image: str, folder: Path) -> Path:
    """A minimal Debian of the release that the image names, from the system's own packages; or BASE=, made before."""
    if os.environ.get("BASE"):
        return Path(os.environ["BASE"])
    release = image.rpartition(":")[2].removesuffix("-slim")
    target = folder / release
    if not target.exists():
        done = subprocess.run(
            ["debootstrap", "--variant=minbase", release, str(target)], capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise CannotStart(f"debootstrap could not make {release}: {done.stdout[-500:]}{done.stderr[-500:]}")
    return target


class Root:
    """`wheels`: a folder of libraries that `pip install` takes instead of the network."""

    def __init__(self, stage: Stage, folder: Path, wheels: Path, others: Mapping[str, "Root"]) -> None:
        self.stage, self.wheels, self.others = stage, wheels, others
        self.path = folder / f"stage-{stage.name}"
        self.env: dict[str, str] = {"PATH": PATH, "HOME": "/root", "LC_ALL": "C.UTF-8"}
        self.user, self.folder = "root", "/"
        subprocess.run(["cp", "-a", str(base(stage.image, folder)), str(self.path)], check=True)
        self.base_megabytes = self.megabytes()

    def build(self) -> None:
        for word, text in self.stage.steps:
            print(f"container: {word} {text[:90]}", flush=True)
            if word == "RUN":
                self.run(["/bin/sh", "-c", text], building=True)
            elif word == "COPY":
                self.copy(text)
            elif word == "WORKDIR":
                self.folder = text
                self.at(text).mkdir(parents=True, exist_ok=True)
            elif word == "ENV":
                self.env |= variables(text)
            elif word == "USER":
                self.user = text

    def at(self, path: str) -> Path:
        return self.path / os.path.normpath(os.path.join(self.folder, path)).lstrip("/")

    def copy(self, text: str) -> None:
        *options, source, target = text.split()
        if options:
            stage = options[0].removeprefix("--from=")
            subprocess.run(["cp", "-a", str(self.others[stage].at(source)), str(self.at(target))], check=True)
        elif source == ".":
            self.copy_checkout(self.at(target))
        else:
            shutil.copy(ROOT / source, self.at(target))

    def copy_checkout(self, target: Path) -> None:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
        ignored = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line.strip()]
        for name in filter(None, listed.stdout.split("\0")):
            if kept(name, ignored) and (ROOT / name).exists():
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, target / name)

    def command(self, words: Sequence[str], *, building: bool = False) -> list[str]:
        """What runs `words` inside, as the user and in the folder of the last steps."""
        wheels = str(self.wheels) if building else ""
        user = "0:0" if self.user == "root" else self.user
        inside = [shutil.which("unshare") or "unshare", "--mount", "--pid", "--fork", "--kill-child"]
        return [*inside, "/bin/sh", "-c", INSIDE, "inside", str(self.path), wheels, user, self.folder, *words]

    def run(self, words: Sequence[str], *, building: bool = False, **more: str) -> str:
        env = self.env | more | ({"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "/wheels"} if building else {})
        done = subprocess.run(
            self.command(words, building=building), env=env, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise CannotStart(f"The step failed: {' '.join(words)}\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}")
        return done.stdout

    def megabytes(self) -> float:
        said = subprocess.run(["du", "-sxk", str(self.path)], capture_output=True, text=True, check=True)
        return int(said.stdout.split()[0]) / 1024
