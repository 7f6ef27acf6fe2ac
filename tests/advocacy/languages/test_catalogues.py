"""The committed catalogues: read, kept up to date, compiled."""

import gettext
import os
from io import BytesIO

from babel.messages.catalog import Catalog
from django.utils import translation

from advocacy.languages import catalogues, checks
from advocacy.languages.may_be_equal import MAY_BE_EQUAL


def test_german_has_no_fault() -> None:
    german = catalogues.read(catalogues.LOCALE / "de" / catalogues.NAME)
    assert list(checks.faults(german, MAY_BE_EQUAL)) == []
    assert len(german) > 1400


def test_german_is_spoken() -> None:
    with translation.override("de"):
        assert translation.gettext("Share this story") == "Diese Geschichte teilen"
        assert translation.ngettext("%(n)s minute ago", "%(n)s minutes ago", 2) % {"n": 2} == "vor 2 Minuten"


def test_translations_stay_and_what_is_gone_goes(tmp_path) -> None:
    path = tmp_path / "de" / catalogues.NAME
    before = Catalog(locale="de", fuzzy=False)
    before.add("Undo", "Zurück")
    before.add("Share this", "Teilen")
    catalogues.write(before, path)
    code = Catalog(fuzzy=False)
    code.add("Undo", None, [("a.py", 7)])
    code.add("Share this story", None, [("b.html", 1)])
    after = catalogues.update(path, code)
    assert [message.id for message in checks.missing(after)] == ["Share this story"]
    words = path.read_text()
    assert 'msgstr "Zurück"' in words and "#: a.py\n" in words and "fuzzy" not in words and "Teilen" not in words


def test_only_what_is_older_than_its_words_is_compiled(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    path = tmp_path / "de" / catalogues.NAME
    catalogue = Catalog(locale="de", fuzzy=False)
    catalogue.add(("%(n)s post", "%(n)s posts"), ("%(n)s Beitrag", "%(n)s Beiträge"))
    catalogues.write(catalogue, path)
    assert (catalogues.compile_stale(), catalogues.compile_stale()) == (1, 0)
    words = gettext.GNUTranslations(BytesIO(path.with_suffix(".mo").read_bytes()))
    assert words.ngettext("%(n)s post", "%(n)s posts", 3) == "%(n)s Beiträge"
    os.utime(path, (path.stat().st_mtime + 5,) * 2)
    assert catalogues.compile_stale() == 1
