import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import colour

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"


def test_black_on_white_is_twenty_one_to_one():
    assert colour.contrast("#000", "#fff") == pytest.approx(21)


def test_a_known_pair_has_its_published_contrast():
    # WebAIM's checker gives 4.54 for this grey, the palest that passes on white.
    assert colour.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("text", ["", "teal", "#12345", "#gggggg", "#1234567"])
def test_what_is_not_a_colour_is_refused(text):
    with pytest.raises(colour.BadColour):
        colour.derive(text)


def test_a_pale_colour_is_refused_with_one_that_passes():
    with pytest.raises(colour.TooFaint) as refused:
        colour.derive("#ffd400")
    assert refused.value.ratio < colour.ENOUGH
    assert colour.derive(refused.value.offered)


@given(colours)
@settings(max_examples=150, deadline=None)
def test_every_colour_has_a_nearest_one_that_passes(chosen):
    offered = colour.nearest_passing(chosen)
    assert colour.weakest(offered, colour.LIGHT) >= colour.ENOUGH
    assert colour.nearest_passing(offered) == offered


@given(colours)
@settings(max_examples=150, deadline=None)
def test_companions_can_be_read_in_both_schemes(chosen):
    pairs = zip(colour.derive(colour.nearest_passing(chosen)), (colour.LIGHT, colour.DARK), strict=True)
    for accent, scheme in pairs:
        assert colour.contrast(accent.accent, scheme.paper) >= colour.ENOUGH
        assert colour.contrast(accent.accent, scheme.plane) >= colour.ENOUGH
        assert colour.contrast(accent.ink, accent.accent) >= colour.ENOUGH
        assert colour.contrast(accent.ink, accent.deep) >= colour.ENOUGH
        assert colour.contrast(scheme.ink, accent.wash) >= colour.ENOUGH
        assert colour.contrast(scheme.ink_faint, accent.wash) >= colour.ENOUGH


def block(css, selector):
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", css.split(selector, 1)[1].split("}", 1)[0]))


def test_the_grounds_are_those_of_the_tokens():
    css = TOKENS.read_text()
    for scheme, selector in ((colour.LIGHT, '[data-theme="light"] {'), (colour.DARK, '\n  [data-theme="dark"] {')):
        tokens = block(css, selector)
        assert (tokens["paper"], tokens["plane"]) == (scheme.paper, scheme.plane)
        assert (tokens["ink"], tokens["ink-faint"]) == (scheme.ink, scheme.ink_faint)


def test_dark_by_wish_and_dark_by_system_are_the_same():
    css = TOKENS.read_text()
    assert block(css, ':root:not([data-theme="light"]) {') == block(css, '\n  [data-theme="dark"] {')


@pytest.mark.parametrize("selector", ['[data-theme="light"] {', '\n  [data-theme="dark"] {'])
def test_every_token_of_words_can_be_read_on_every_ground(selector):
    tokens = block(TOKENS.read_text(), selector)
    for word in ("ink", "ink-soft", "ink-faint", "accent", "good", "warn", "bad"):
        for ground in ("paper", "plane"):
            assert colour.contrast(tokens[word], tokens[ground]) >= colour.ENOUGH, (word, ground)
    for state in ("good", "warn", "bad", "accent"):
        assert colour.contrast(tokens[state], tokens[f"{state}-wash"]) >= colour.ENOUGH, state
    for number in range(1, 7):
        assert colour.contrast(tokens["ink"], tokens[f"tint-{number}"]) >= colour.ENOUGH
        assert colour.contrast(tokens[f"hue-{number}"], tokens["paper"]) >= 3
        assert colour.contrast(tokens[f"hue-{number}"], tokens[f"tint-{number}"]) >= 3
    for ground in ("paper", "plane"):
        assert colour.contrast(tokens["edge"], tokens[ground]) >= 3
