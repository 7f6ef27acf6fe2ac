"""The shape of a guideline's words, and what is counted in them."""

from hypothesis import given
from hypothesis import strategies as st

from guidelines import texts

WORDS = st.text(max_size=60)
TEXT = st.builds(
    texts.Text,
    WORDS,
    WORDS,
    st.lists(st.builds(texts.Section, WORDS, st.sampled_from(texts.KINDS), WORDS, WORDS), max_size=4).map(tuple),
)


@given(TEXT)
def test_what_is_written_is_read_again(text):
    assert texts.read(texts.write(text)) == text


@given(TEXT, TEXT)
def test_the_same_words_have_one_fingerprint_and_others_another(one, other):
    first, second = {"en": texts.write(one)}, {"en": texts.write(other)}
    again = {"en": dict(reversed(list(texts.write(one).items())))}
    assert texts.fingerprint(first) == texts.fingerprint(again)
    assert (texts.fingerprint(first) == texts.fingerprint(second)) == (
        texts.canonical(first) == texts.canonical(second)
    )


def test_line_ends_and_composed_letters_make_no_other_fingerprint():
    assert texts.fingerprint({"de": "Grüße\r\nan alle"}) == texts.fingerprint({"de": "Gru\u0308ße\nan alle"})


def test_the_language_that_is_there_is_read_and_told():
    content = {"en": texts.write(texts.Text("One", "", ())), "de": texts.write(texts.Text("Eins", "", ()))}
    assert [texts.text_of(content, language, "en")[1] for language in ("de-AT", "de", "pl")] == ["de", "de", "en"]
