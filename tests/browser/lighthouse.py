"""The pages people meet first under Lighthouse, as a middling phone on a slow network has them (part of `make audit`).

Lighthouse is a program for Node; it is put beside the virtual environment and only ever asked here. 12 is the last
that runs on Node 20.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser.chromium import find_chromium
from tests.browser.house import House, base_url
from tests.browser.pages import VISITS, Visit

VERSION = "12.8.2"
PLACE = Path(__file__).resolve().parents[2] / ".venv" / "lighthouse"
ENOUGH = {"performance": 95, "accessibility": 100, "best-practices": 100}
LOOKED_AT = (
    "today", "shares-story", "shares-compose", "notifications-notices", "guidelines-read", "guidelines-coverage",
    "learning-lesson",
)  # fmt: skip
# Which machine this is decides how fast a page comes; the best of so many looks says what the page allows.
LOOKS = 3
SECONDS = 120
AGAIN = "Please run Lighthouse again"


class NoLighthouse(RuntimeError):
    """It is not here and cannot be had."""


@dataclass(frozen=True)
class Look:
    visit: Visit
    scores: dict[str, int]
    lost: list[str]  # what cost points, in Lighthouse's own words

    @property
    def short(self) -> list[str]:
        return [f"{name}={self.scores[name]}" for name, least in ENOUGH.items() if self.scores[name] < least]


def visits() -> list[Visit]:
    return [visit for visit in VISITS if visit.name in LOOKED_AT]


def look_at_all(house: House) -> list[Look]:
    """One look at each page, or the best of a few where points were lost. Raises NoLighthouse."""
    program = installed()
    found = []
    for visit in visits():
        house.page(visit.who, visit.address)  # warm: what is measured is the page, not the first start
        looks = [look(program, house, visit)]
        while looks[-1].short and len(looks) < LOOKS:
            looks.append(look(program, house, visit))
        found.append(max(looks, key=lambda one: sum(one.scores.values())))
        house.close()
    return found


def installed() -> Path:
    program = PLACE / "node_modules" / "lighthouse" / "cli" / "index.js"
    stamp = PLACE / f".installed-{VERSION}"
    if stamp.exists() and program.exists():
        return program
    if not shutil.which("npm"):
        raise NoLighthouse("Lighthouse needs Node.js 20 or newer, with npm.")
    asked = ["npm", "install", "--no-audit", "--no-fund", "--no-save", "--no-package-lock", "--prefix", str(PLACE)]
    done = subprocess.run([*asked, f"lighthouse@{VERSION}"], capture_output=True, text=True)
    if done.returncode or not program.exists():
        raise NoLighthouse(f"Lighthouse could not be installed: {done.stderr.strip()[-300:]}")
    stamp.touch()
    return program


def look(program: Path, house: House, visit: Visit) -> Look:
    """Once more where Lighthouse itself asks for that: its trace of the page came out empty."""
    try:
        return look_once(program, house, visit)
    except NoLighthouse as problem:
        if AGAIN not in str(problem):
            raise
        return look_once(program, house, visit)


def look_once(program: Path, house: House, visit: Visit) -> Look:
    with tempfile.TemporaryDirectory() as folder:
        headers, answer = Path(folder) / "headers.json", Path(folder) / "answer.json"
        headers.write_text(json.dumps({"Cookie": cookies(house.key(visit.who))}))
        command = [
            "node", str(program), base_url() + visit.address, "--quiet", "--output=json", f"--output-path={answer}",
            f"--extra-headers={headers}", f"--only-categories={','.join(ENOUGH)}", "--max-wait-for-load=30000",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-quic --disable-background-networking "
            f"--user-data-dir={folder}/profile",
        ]  # fmt: skip
        environment = {**os.environ, "CHROME_PATH": find_chromium()}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=SECONDS)
        if done.returncode or not answer.exists():
            raise NoLighthouse(f"Lighthouse gave no answer for {visit.name}: {done.stderr.strip()[-300:]}")
        return read(visit, json.loads(answer.read_text()))


def cookies(key: Any) -> str:
    return "; ".join(f"{one['name']}={one['value']}" for one in key["cookies"]) if key else ""


def read(visit: Visit, answer: dict[str, Any]) -> Look:
    if problem := answer.get("runtimeError"):
        raise NoLighthouse(f"Lighthouse could not read {visit.name}: {problem['message'][:300]}")
    categories = answer["categories"]
    scores = {name: round(100 * (categories[name]["score"] or 0)) for name in ENOUGH}
    return Look(visit, scores, [line for name in ENOUGH for line in lost_points(answer, categories[name])])


def lost_points(answer: dict[str, Any], category: dict[str, Any]) -> Iterable[str]:
    for part in category["auditRefs"]:
        audit = answer["audits"][part["id"]]
        if part["weight"] and audit["score"] is not None and audit["score"] < 0.9:
            yield f"{audit['title']} {audit.get('displayValue', '')}".strip()


def line_of(looks: list[Look]) -> str:
    """The lowest of each."""
    lowest = [f"{name}={min(one.scores[name] for one in looks)}" for name in ENOUGH]
    return f"lighthouse: {' '.join(lowest)} pages={len(looks)}"
