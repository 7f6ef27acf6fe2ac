"""docs/platforms/: one page for each platform, for the administrator who registers the app."""

import re
from pathlib import Path

import pytest

from connectors import registry

DOCS = Path(registry.__file__).resolve().parents[1] / "docs" / "platforms"
HEADINGS = ("Steps", "What members allow", "Costs", "Limits", "What to expect", "Where the facts are from")
DATED = re.compile(r"\b20\d\d(?:-\d\d){0,2}\b")


def text_of(key: str) -> str:
    return (DOCS / f"{key}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("made", [*registry.CLASSES, *registry.PRODUCTS.values()])
def test_each_platform_has_its_page_with_every_right_and_dated_facts(made) -> None:
    text = text_of(made.key)
    sections = {part.partition("\n")[0]: part for part in text.split("\n## ")[1:]}
    assert [name for name in HEADINGS if name not in sections] == []
    assert [scope for scope in made.scopes if f"`{scope}`" not in sections["What members allow"]] == []
    for name in ("Costs", "Limits", "Where the facts are from"):
        assert DATED.search(sections[name]), f"{made.key}: no date under {name}"
    if not made.describes_itself:
        assert f"/me/accounts/{made.key}/callback/" in sections["Steps"]


def test_no_page_is_about_a_platform_we_do_not_have() -> None:
    assert {path.stem for path in DOCS.glob("*.md")} == set(registry.KEYS)
