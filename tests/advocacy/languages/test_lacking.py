"""What the catalogues in the repository may not lack: `make lint` tells it."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from advocacy.languages import catalogues
from advocacy.languages.__main__ import faults_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    german = Catalog(locale="de", fuzzy=False)
    german.add("Undo", "Zurück")
    german.add(("%(n)s post", "%(n)s posts"), ("%(n)s Beitrag", "%(n)s Beiträge"))
    catalogues.write(german, tmp_path / "de" / catalogues.NAME)
    return tmp_path / "de" / catalogues.NAME


def code(*texts: str | tuple[str, str]) -> Catalog:
    known = Catalog(fuzzy=False)
    for text in texts:
        known.add(text)
    return known


def test_a_catalogue_that_says_what_the_code_says_is_whole(path: Path) -> None:
    assert list(faults_of(path, code("Undo", ("%(n)s post", "%(n)s posts")))) == []


def test_a_string_without_a_translation_is_refused(path: Path) -> None:
    found = [str(fault) for fault in faults_of(path, code("Undo", ("%(n)s post", "%(n)s posts"), "Share this"))]
    assert found == ["“Share this”: no translation; run `make messages`"]
    catalogues.update(path, code("Undo", "Share this"))
    found = [str(fault) for fault in faults_of(path, code("Undo", "Share this"))]
    assert found == ["“Share this”: no translation; run `make messages`"]


def test_a_string_the_code_no_longer_says_is_refused(path: Path) -> None:
    found = [str(fault) for fault in faults_of(path, code("Undo"))]
    assert found == ["“%(n)s post”: no longer in the code; run `make messages`"]
