"""What may not be wrong with a translation, ours or a firm's own."""

from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from advocacy.languages.checks import faults, missing, of_text


def written(original: str | tuple[str, str], *texts: str, locale: str = "de", fuzzy: bool = False) -> Catalog:
    catalogue = Catalog(locale=locale, fuzzy=False)
    catalogue.add(original, texts if isinstance(original, tuple) else texts[0], flags=["fuzzy"] if fuzzy else [])
    return catalogue


def said(catalogue: Catalog) -> list[str]:
    return [str(fault) for fault in faults(catalogue)]


@pytest.mark.parametrize(
    ("original", "text"),
    [
        ("Share this story", "Diese Geschichte teilen"),
        ("%(name)s is back.", "%(name)s ist wieder da."),
        ("<b>%(n)s</b> left", "Noch <b>%(n)s</b>"),
        ("Undo", "Undo"),
        ("Send", ""),
        ("5 %% more", "5 %% mehr"),
        ("{platform} stands for it.", "Dafür steht {platform}."),
    ],
)
def test_what_is_well(original: str, text: str) -> None:
    assert not list(faults(written(original, text)))


@pytest.mark.parametrize(
    ("original", "text", "why"),
    [
        ("%(name)s is back.", "Wieder da.", "lost a placeholder: %(name)s"),
        ("Back.", "%(name)s ist wieder da.", "a placeholder the original does not have: %(name)s"),
        ("%(n)s back.", "%(n)d zurück.", "does not have: %(n)d"),
        ("Five more", "5 % mehr", "does not have: %"),
        ("<b>%(n)s</b> left", "Noch %(n)s", "other tags"),
        ("%(n)s left", "<script>alert(1)</script>%(n)s", "other tags"),
        ("left", "<img src=x onerror=alert(1)", "other tags"),
        ("left", 'links" onfocus="alert(1)', "straight quotation mark"),
        ("left", "links\u202e", "control character"),
        (" for each.", "für jede.", "begins or ends with other spaces"),
        ("Three words here", "Three words here", "the translation is the original"),
    ],
)
def test_what_is_refused(original: str, text: str, why: str) -> None:
    assert any(why in fault for fault in said(written(original, text)))


def test_a_fuzzy_translation_is_a_fault() -> None:
    assert said(written("Undo", "Zurück", fuzzy=True)) == ["“Undo”: marked as fuzzy."]


def test_equal_text_is_allowed_by_name_only() -> None:
    same = written("Brackenby Cycle Works", "Brackenby Cycle Works")
    assert list(faults(same)) and not list(faults(same, ["Brackenby Cycle Works"]))


def test_polish_needs_all_of_its_plural_forms() -> None:
    post = ("%(n)s post", "%(n)s posts")
    whole = written(post, "jeden wpis", "%(n)s wpisy", "%(n)s wpisów", locale="pl")
    assert whole.num_plurals == 3 and not list(faults(whole))
    for texts in (("jeden wpis", "%(n)s wpisy"), ("jeden wpis", "", "%(n)s wpisów")):
        assert said(written(post, *texts, locale="pl")) == ["“%(n)s post”: needs 3 plural forms."]


def test_only_the_last_form_has_to_say_the_number() -> None:
    post = ("%(n)s post of %(name)s", "%(n)s posts of %(name)s")
    assert not list(faults(written(post, "ein Beitrag von %(name)s", "%(n)s Beiträge von %(name)s")))
    assert list(faults(written(post, "ein Beitrag", "%(n)s Beiträge von %(name)s")))
    assert list(faults(written(post, "%(n)s Beitrag von %(name)s", "Beiträge von %(name)s")))


def test_an_empty_translation_is_missing_and_no_fault() -> None:
    catalogue = read_po(BytesIO(b'msgid "Undo"\nmsgstr ""\n\nmsgid "Send"\nmsgstr "Senden"\n'), locale="de")
    assert [message.id for message in missing(catalogue)] == ["Undo"] and not list(faults(catalogue))


TEXT = st.text(st.sampled_from("ab <>&%()sdn{}\"'„"), max_size=20)


@given(TEXT, TEXT)
def test_what_passes_can_be_filled_in_and_brings_no_tag(original: str, text: str) -> None:
    if not original.strip() or list(of_text(text, [original], is_last=True)):
        return
    assert sorted(text.count(sign) for sign in "<>") == sorted(original.count(sign) for sign in "<>")
    assert '"' not in text or '"' in original
