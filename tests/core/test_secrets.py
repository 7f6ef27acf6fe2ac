import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.secrets import Keyring, Unopenable, UnusableKey, new_key

OLD, NEW = new_key(), new_key()


@given(st.text(), st.text())
def test_what_is_sealed_opens_again(plain, about):
    ring = Keyring([OLD])
    assert ring.open(ring.seal(plain, about=about), about=about) == plain


def test_the_sealed_form_does_not_show_the_secret_and_differs_each_time():
    ring = Keyring([OLD])
    first, second = (ring.seal("secret-token", about="row 1") for _ in range(2))
    assert first != second
    assert "secret" not in first


def test_it_does_not_open_in_another_row():
    ring = Keyring([OLD])
    with pytest.raises(Unopenable):
        ring.open(ring.seal("token", about="account 1 access"), about="account 2 access")


@given(st.integers(0, 60), st.characters(codec="ascii"))
def test_one_letter_changed_does_not_open(at, letter):
    ring = Keyring([OLD])
    sealed = ring.seal("a token of some length", about="row")
    changed = sealed[:at] + letter + sealed[at + 1 :]
    if changed == sealed:
        return
    with pytest.raises(Unopenable):
        ring.open(changed, about="row")


@pytest.mark.parametrize(("written", "taken"), [("-", "+"), ("_", "/")])
def test_another_spelling_of_the_same_bytes_does_not_open(written, taken):
    ring = Keyring([OLD])
    sealed = next(text for text in (ring.seal("a token", about="row") for _ in range(10_000)) if written in text)
    with pytest.raises(Unopenable):
        ring.open(sealed.replace(written, taken), about="row")
    with pytest.raises(Unopenable):
        ring.open(f"{sealed[:20]} {sealed[20:]}", about="row")


@pytest.mark.parametrize("sealed", ["", "v1", "v1..", "v2.x.y", "plain token", "v1.00000000.AAAA"])
def test_what_was_never_sealed_does_not_open(sealed):
    with pytest.raises(Unopenable):
        Keyring([OLD]).open(sealed, about="row")


def test_after_rotation_the_first_key_seals_and_all_open():
    before, during, after = Keyring([OLD]), Keyring([NEW, OLD]), Keyring([NEW])
    old = before.seal("token", about="row")
    assert during.open(old, about="row") == "token"
    assert not during.is_current(old)
    again = during.seal("token", about="row")
    assert during.is_current(again)
    assert after.open(again, about="row") == "token"
    with pytest.raises(Unopenable):
        after.open(old, about="row")


def test_keys_are_read_from_one_line():
    ring = Keyring.from_text(f"{NEW}, {OLD}")
    assert ring.open(Keyring([OLD]).seal("x", about="y"), about="y") == "x"


@pytest.mark.parametrize("text", ["", "short", "ä", "A" * 40])
def test_a_key_that_is_none_is_refused_at_once(text):
    with pytest.raises(UnusableKey):
        Keyring.from_text(text)


def test_the_keyring_does_not_show_its_keys():
    assert OLD not in repr(Keyring([OLD]))
