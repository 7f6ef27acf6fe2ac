"""Whether two posts say nearly the same, from the reader's side."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.alike import FEW, LIKENESS, are_alike, likeness, print_of, words_of

BREAD = (
    "Nell’s bakery in Leeds sold its van and kept the bike. Sixty loaves a morning, up Chapeltown Road. "
    "She says the hill is the best part."
)
WORDS = st.lists(
    st.sampled_from(["bread", "hill", "van", "bike", "loaf", "road", "morning", "Leeds", "seven", "warm"]), max_size=40
)
TEXT = st.text(max_size=200) | WORDS.map(" ".join)


@pytest.mark.parametrize(
    "copy",
    [
        BREAD.upper(),
        BREAD + " https://go.firm.example/abcd1234 #cargobike #Leeds",
        "🚲🚲 " + BREAD.replace(",", " –").replace(".", "!"),
        BREAD.replace("’", "'"),
        BREAD.replace("Sixty", "60"),
        BREAD.replace("sold its van", "gave up its van"),
        "This made my whole week: " + BREAD,
        " ".join(reversed(BREAD.split(". "))),
        "\u200b".join(BREAD),
        "".join(chr(0x1D41A + ord(one) - 97) if "a" <= one <= "z" else one for one in BREAD),  # fancy letters
    ],
)
def test_a_caption_with_little_changed_is_the_same_post(copy: str) -> None:
    assert are_alike(BREAD, copy)


@pytest.mark.parametrize(
    "other",
    [
        "I drew the steering on this bike, so I held my breath when Nell put sixty loaves in it.",
        "What does it take for a bakery to trust a bike with the morning round? Nell kept count for eleven months.",
        "Sixty loaves a morning, up Chapeltown Road: I rode behind her once and could not keep up with that box.",
        "https://go.firm.example/abcd1234 #cargobike",
        "",
    ],
)
def test_what_somebody_says_in_their_own_way_is_not(other: str) -> None:
    assert not are_alike(BREAD, other)


def test_half_of_a_post_in_own_words_makes_it_own() -> None:
    mine = "I soldered the lamp on this very one in a cold March "
    mine += "and never thought that it would carry bread at all, so today I am simply glad."
    assert not are_alike(BREAD, f"{mine} {BREAD[:90]}")


@pytest.mark.parametrize(("one", "other", "alike"), [
    ("Proud of this team", "Proud of this bike", False),
    ("Proud of this team", "proud of THIS team!", True),
    ("Wow", "Wow 😀", True),
    ("Wow", "Great", False),
    ("👏👏👏", "👏👏👏", True),
    ("👏👏👏", "🚲", False),
])  # fmt: skip
def test_a_few_words_are_alike_only_when_equal(one: str, other: str, alike: bool) -> None:
    assert are_alike(one, other) is alike


def test_languages_without_spaces_are_read_by_letters() -> None:
    one = "今日は新しい自転車で会社に行きました。とても楽しかったです。"
    assert are_alike(one, one.replace("とても", "すごく"))
    assert not are_alike(one, "パン屋さんが車を売って自転車だけにした話を読みました。")


def test_a_disclosure_in_the_words_is_left_aside() -> None:
    line = "I work at Brackenby."
    assert print_of(f"{line} {BREAD}", aside=[line]) == print_of(BREAD)


def test_hashtags_and_addresses_alone_say_nothing() -> None:
    assert words_of("#one https://a.example/x #two") == []
    assert print_of("#one").bands == []
    assert not are_alike("#one", "#one")


@given(TEXT, TEXT)
def test_likeness_goes_both_ways(one: str, other: str) -> None:
    assert are_alike(one, other) == are_alike(other, one)


@given(TEXT)
def test_a_text_with_words_is_like_itself_and_has_twenty_bands(text: str) -> None:
    said = print_of(text)
    assert said.alike(said) == bool(said.pairs)
    assert len(said.bands) == (20 if said.pairs else 0)
    assert all(-(2**31) <= number < 2**31 for number in [*said.bands, *said.pairs])


@given(TEXT, TEXT)
def test_alike_means_equal_or_half_in_common(one: str, other: str) -> None:
    first, second = print_of(one), print_of(other)
    if first.alike(second) and first != second:
        assert likeness(first.pairs, second.pairs) >= LIKENESS
        assert min(len(words_of(one)), len(words_of(other))) >= FEW - 1


def test_bands_find_nearly_all_that_are_alike_and_hardly_any_strangers() -> None:
    chance = random.Random(4)
    vocabulary = [f"word{number}" for number in range(3000)]
    found = strangers = pairs = 0
    for _ in range(200):
        text = chance.choices(vocabulary, k=25)
        near, far = list(text), chance.choices(vocabulary, k=25)
        near[chance.randrange(25)] = near[chance.randrange(25)] = "other"
        one, close, away = (print_of(" ".join(words)) for words in (text, near, far))
        pairs += one.alike(close)
        found += one.alike(close) and bool(set(one.bands) & set(close.bands))
        strangers += bool(set(one.bands) & set(away.bands))
    assert pairs > 190 and found >= 0.97 * pairs and strangers == 0


def test_bands_never_change() -> None:
    """They are kept in a table: what was written last week is compared with what is written today."""
    assert print_of("Warm bread up the hill in the morning").bands[:3] == BANDS_OF_WARM_BREAD


BANDS_OF_WARM_BREAD = [1847063861, -2025837820, 632711131]
