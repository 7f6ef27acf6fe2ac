"""How a post sounds to somebody who listens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shares.sounding import Hint, parts_of, sound_of, split_words, spoken


def hints(text: str, **more) -> list[Hint]:
    return sound_of(text, **more).hints


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("We are hiring", "We are hiring"),
        ("#WeAreHiring", "hashtag We Are Hiring"),
        ("#wearehiring", "hashtag wearehiring"),
        ("#Top10Tips", "hashtag Top 10 Tips"),
        ("#NASA", "hashtag NASA"),
        ("Done 🚀", "Done rocket,"),
        ("Thanks ❤️", "Thanks red heart,"),
        ("👏🏽 well done", "clapping hands, well done"),
        ("👩‍🔬", "woman, microscope,"),
        ("🇩🇪", "flag DE,"),
        ("1️⃣ first", "keycap 1, first"),
        ("𝗛𝗶", "mathematical sans-serif bold capital h, mathematical sans-serif bold small i,"),
        ("See https://go.firm.example/go/ab12 now", "See link go dot firm dot example slash go slash ab12 now"),
        ("Müller & Söhne, 10 €", "Müller & Söhne, 10 €"),
        ("", ""),
    ],
)
def test_what_one_hears(written: str, heard: str) -> None:
    assert spoken(written) == heard


def test_a_hashtag_in_one_run_is_shown_with_capitals() -> None:
    assert hints("Come and see. #wearehiring") == [Hint("hashtag", "#wearehiring", "#WeAreHiring")]


def test_the_words_of_the_post_help_to_part_a_hashtag() -> None:
    assert hints("The cargo bike is here. #cargobike") == [Hint("hashtag", "#cargobike", "#CargoBike")]


def test_a_long_hashtag_of_unknown_words_is_hinted_at_without_a_guess() -> None:
    assert hints("#dampfschifffahrtsgesellschaft") == [Hint("hashtag", "#dampfschifffahrtsgesellschaft")]


@pytest.mark.parametrize("fine", ["#WeAreHiring", "#news", "#hiring", "#Leeds", "#NASA", "no. #1 of all"])
def test_hashtags_that_sound_well_are_left_alone(fine: str) -> None:
    assert hints(fine) == []


def test_a_row_of_emoji_is_counted_and_named() -> None:
    assert hints("We won 🎉🎉🎉!") == [Hint("emoji", "🎉🎉🎉", "party popper, party popper, party popper", 3)]
    assert hints("We won 🎉 🎉 🎉")[0].number == 3
    assert hints("🎉 We won 🎉") == []


def test_fancy_letters_are_shown_as_plain_ones() -> None:
    assert hints("𝗪𝗲 𝗮𝗿𝗲 hiring") == [Hint("letters", "𝗪𝗲 𝗮𝗿𝗲", "We are")]
    assert hints("H₂O, ½, naïve, ﬁne, 東京, α") == []


def test_a_long_address_is_hinted_at_and_a_short_link_is_not() -> None:
    assert hints("https://go.firm.example/go/ab12cd") == []
    assert hints("https://firm.example/a/very/long/way/to/the/page?with=this&and=that")[0].kind == "address"


def test_a_picture_without_words_is_missed() -> None:
    assert hints("Look", pictures=["", "A bridge in the fog", " "]) == [Hint("picture", number=2)]
    assert sound_of("Look", ["A bridge in the fog"]).spoken == "Look [image: A bridge in the fog]"


@given(st.text(max_size=400), st.lists(st.text(max_size=20), max_size=3))
def test_whatever_is_typed_can_be_heard(text: str, pictures: list[str]) -> None:
    sound = sound_of(text, pictures)
    assert "\n" not in sound.spoken and all(hint.kind for hint in sound.hints)


@given(st.lists(st.sampled_from(["we", "are", "hiring", "team"]), min_size=1, max_size=8))
def test_parted_words_make_the_tag_again(words: list[str]) -> None:
    found = split_words("".join(words), frozenset({"we", "are", "hiring", "team"}))
    assert found is not None and "".join(found) == "".join(words) and len(found) <= len(words)


@given(st.text(alphabet="abcABC019", min_size=1))
def test_no_letter_of_a_hashtag_is_lost(tag: str) -> None:
    assert "".join(parts_of(tag)) == tag


def test_a_very_long_post_takes_no_time_to_part() -> None:
    assert sound_of("#" + "we" * 2000 + " " + "🎉" * 2000).hints
