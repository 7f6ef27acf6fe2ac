"""`make lint`: every check runs, so that one look shows all there is to mend."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from advocacy.up.places import ROOT
from advocacy.up.secret_keys import fresh_secrets

PYTHON = (sys.executable, "-m")


def strict_files() -> list[str]:
    """Where types are strict: what everything stands on, and the verbs and reads of each app."""
    rooms = (path for name in ("actions", "queries") for path in ROOT.glob(f"*/{name}*"))
    return ["core", "connectors", *sorted(str(path.relative_to(ROOT)) for path in rooms if is_python(path))]


def is_python(path: Path) -> bool:
    return path.suffix == ".py" or (path / "__init__.py").exists()


def checks() -> dict[str, Sequence[str]]:
    return {
        "ruff check": (*PYTHON, "ruff", "check", "."),
        "ruff format": (*PYTHON, "ruff", "format", "--check", "--output-format", "concise", "."),
        "mypy": (*PYTHON, "mypy", *strict_files()),
        "imports": (str(Path(sys.executable).with_name("lint-imports")), "--no-cache"),
        "migrations": (sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"),
        "production settings": (sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        "static files": (sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"),
        "settings table": (*PYTHON, "advocacy.environment", "--check"),
        "languages": (*PYTHON, "advocacy.languages", "check"),
        "templates": (*PYTHON, "djlint", "templates", "--lint", "--quiet"),
    }


def production_like(data: str) -> dict[str, str]:
    """The settings of a real installation; none of these checks reaches for the database."""
    return {
        **{name: value for name, value in os.environ.items() if name not in ("LOCAL", "DEMO", "SANDBOX", "DEBUG")},
        **fresh_secrets(),
        "DJANGO_SETTINGS_MODULE": "advocacy.settings",
        "BASE_URL": "https://advocacy.example.org",
        "DATABASE_URL": "postgresql://advocacy_runner@127.0.0.1:1/advocacy",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "DATA_DIR": data,
    }


def run_check(name: str, command: Sequence[str], env: Mapping[str, str]) -> bool:
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name}", flush=True)
    if done.returncode != 0:
        print((done.stdout + done.stderr).rstrip(), flush=True)
    return done.returncode == 0


def main() -> int:
    with tempfile.TemporaryDirectory() as data:
        env = production_like(data)
        results = [run_check(name, command, env) for name, command in checks().items()]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
