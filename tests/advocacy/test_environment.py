import re
from collections.abc import Iterator
from pathlib import Path

from advocacy import environment

ROOT = Path(environment.__file__).resolve().parent.parent
NO_PRODUCT = ("tests", "benchmarks", "sandbox", ".venv", ".data")
# A WSGI application is handed an `environ` of its own; ours is always written as `os.environ`.
READ = re.compile(r'(?:\b(?:env|flag|listed|required)\(|os\.environ\.get\(|os\.environ\[)\s*"([A-Z][A-Z0-9_]+)"')
MACHINES = {"PATH", "HOME", "LANG", "TMPDIR"}


def read_names() -> Iterator[str]:
    for path in ROOT.glob("*/**/*.py"):
        if path.relative_to(ROOT).parts[0] not in NO_PRODUCT:
            yield from READ.findall(path.read_text(encoding="utf-8"))


def test_every_setting_that_is_read_is_declared_and_the_other_way_round() -> None:
    read, declared = set(read_names()) - environment.OWN - MACHINES, set(environment.BY_NAME)
    assert read - declared == set(), "declare these in advocacy/environment.py, with their meaning"
    assert declared - read == set(), "nothing reads these any more"


def test_readme_shows_the_table_as_the_code_has_it() -> None:
    text = environment.README.read_text(encoding="utf-8")
    assert environment.with_table(text) == text, "python -m advocacy.environment --write"
    assert all(setting.meaning for setting in environment.SETTINGS)


def test_the_environment_wins_over_the_default(monkeypatch) -> None:
    monkeypatch.delenv("CALLS_AT_ONCE", raising=False)
    assert environment.env("CALLS_AT_ONCE") == "112"
    monkeypatch.setenv("CALLS_AT_ONCE", "8")
    assert environment.env("CALLS_AT_ONCE") == "8"
    monkeypatch.setenv("DEBUG", "no")
    assert not environment.flag("DEBUG")
