"""A file from outside: what is taken, and in which words the rest is refused."""

import pytest
from django.utils import translation

from advocacy.languages import uploads
from tests.advocacy.languages.files import FOUR_POLISH, SIX_ARABIC, po

POST = "%(n)s minute ago"


def refused(content: bytes) -> str:
    with pytest.raises(uploads.BadLanguage) as refusal:
        uploads.read(content)
    return str(refusal.value)


def test_polish_with_four_forms() -> None:
    language = uploads.read(po("pl", FOUR_POLISH, "pl"))
    assert (language.code, language.percent, language.catalogue.num_plurals) == ("pl", 100, 4)


def test_arabic_with_six_forms_of_which_most_leave_the_number_out() -> None:
    forms = ("الآن", "قبل دقيقة", "قبل دقيقتين", "قبل %(n)s دقائق", "قبل %(n)s دقيقة", "قبل %(n)s دقيقة")
    language = uploads.read(po("ar", SIX_ARABIC, "ع", **{POST: forms}))
    assert language.catalogue.get((POST, "%(n)s minutes ago")).string == forms


def test_a_beginning_is_taken_and_its_share_told() -> None:
    language = uploads.read(po("pl", FOUR_POLISH, "pl", only=40))
    assert language.translated == 40 and language.percent == 40 * 100 // language.of < 10


def test_what_is_fuzzy_counts_as_not_translated() -> None:
    file = po("pl", FOUR_POLISH, "pl").replace(b'msgid "Share this story"', b'#, fuzzy\nmsgid "Share this story"')
    language = uploads.read(file)
    assert language.of - language.translated == 1


def test_strings_that_are_not_ours_are_left_behind() -> None:
    language = uploads.read(po("pl", FOUR_POLISH, "pl") + b'\nmsgid "<script>"\nmsgstr "<script>alert(1)</script>"\n')
    assert language.catalogue.get("<script>") is None


GOOD = po("pl", FOUR_POLISH, "pl", only=5)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "cannot be read"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(128)), "UTF-8"),
        (b"Just some words.", "cannot be read"),
        (b"\0" * 100, "cannot be read"),
        (GOOD + b"\xe4", "UTF-8"),
        (b" " * (uploads.LARGEST + 1), "larger than 2 MB"),
        (GOOD.replace(b"Language: pl", b"Language: "), "does not say its language"),
        (GOOD.replace(b"Language: pl", b"Language: ../../etc"), "does not say its language"),
        (GOOD.replace(b"Language: pl", b"Language: tlh"), "do not know the language"),
        (GOOD.replace(b"Language: pl", b"Language: de"), "come with Advocacy"),
        (GOOD.replace(b"Language: pl", b"Language: en_GB"), "come with Advocacy"),
        (GOOD.replace(b"nplurals=4", b"nplurals=999999999"), "plural forms"),
        (GOOD.replace(b"nplurals=4", b'nplu"\n"rals=999999999'), "plural forms"),
        (GOOD.replace(b"nplurals=4", b"nplurals=2"), "does not work"),
        (GOOD.replace(b"n==1 ?", b"n/0 ?"), "plural forms"),
        (GOOD.replace(b"n==1 ?", b"(n==1 ?"), "does not work"),
        (GOOD + b'\n"Plural-forms : nplurals=9999999; plural=0;\\n"\n', "plural forms"),
    ],
)
def test_what_is_no_catalogue_of_ours(content: bytes, why: str) -> None:
    assert why in refused(content)


def test_the_catalogue_of_another_program() -> None:
    head = GOOD[: GOOD.index(b"\n\n", GOOD.index(b"msgid"))]
    other = b"".join(b'\n\nmsgid "Rotate layer %d"\nmsgstr "Obroc"' % number for number in range(50))
    assert "another program" in refused(head + other)
    assert "another program" in refused(head + other + b'\n\nmsgid "Settings"\nmsgstr "Ustawienia"\n')


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<script>alert(1)</script>", "other tags"),
        ("teraz' onfocus='alert(1)\" x=\"", "straight quotation mark"),
        ("%(name)s teraz", "a placeholder the original does not have: %(name)s"),
        ("zaraz %", "a placeholder the original does not have: %"),
        ("\u202eteraz", "invisible control character"),
        ("teraz " * 50 + "teraz", "much longer"),
    ],
)
def test_a_translation_that_would_break_a_page_is_named(text: str, why: str) -> None:
    said = refused(po("pl", FOUR_POLISH, "pl", only=3, **{"just now": text}))
    assert "“just now”" in said and why in said


def test_a_lost_placeholder_and_missing_forms_are_named_in_the_readers_language() -> None:
    with translation.override("de"):
        said = refused(po("pl", FOUR_POLISH, "pl", **{POST: ("a", "b", "", "%(n)s c")}))
    assert POST in said and "Nothing was added" not in said


def test_only_the_first_faults_are_shown() -> None:
    with pytest.raises(uploads.BadLanguage) as refusal:
        uploads.read(po("pl", FOUR_POLISH, "<b>"))
    assert len(refusal.value.sentences) == uploads.SHOWN + 2


def test_nothing_translated() -> None:
    assert "Nothing in this file is translated" in refused(po("pl", FOUR_POLISH, "pl", only=0))
