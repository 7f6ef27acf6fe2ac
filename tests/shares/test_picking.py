"""How stories are picked, as sums that anybody can redo."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.models import Story, Topic
from shares import picking
from shares.picking import Candidate, Facts
from shares.queries.feed import sentence

facts = st.builds(
    Facts,
    hours_live=st.floats(0, 10_000),
    urgent=st.booleans(),
    pinned=st.booleans(),
    made=st.booleans(),
    followed=st.booleans(),
    in_my_language=st.booleans(),
    told_of_topic=st.integers(0, 50),
    voices=st.none() | st.integers(0, 50_000),
    visits=st.integers(0, 1_000_000),
    days_seen=st.integers(0, 400),
    skipped=st.booleans(),
    told=st.booleans(),
)


@given(facts)
def test_what_speaks_for_a_story_never_lowers_it(one: Facts) -> None:
    for better in (
        one._replace(followed=True),
        one._replace(in_my_language=True),
        one._replace(urgent=True),
        one._replace(pinned=True),
        one._replace(told_of_topic=one.told_of_topic + 1),
        one._replace(visits=one.visits + 100),
    ):
        assert picking.score(better) >= picking.score(one)


@given(facts)
def test_what_was_seen_skipped_or_told_never_rises(one: Facts) -> None:
    for worse in (one._replace(days_seen=one.days_seen + 1), one._replace(skipped=True), one._replace(told=True)):
        assert picking.score(worse) <= picking.score(one)


@given(facts)
def test_a_story_told_stands_behind_every_untold_one(one: Facts) -> None:
    worst = Facts(hours_live=10_000, days_seen=400, skipped=True)
    assert picking.score(one._replace(told=True)) < picking.score(worst)


@given(st.integers(0, 4), st.integers(0, 10_000))
def test_a_few_posts_say_nothing_about_how_it_goes(voices: int, visits: int) -> None:
    assert "going_well" not in picking.points(Facts(hours_live=1, voices=voices, visits=visits))


def test_volume_alone_counts_for_nothing() -> None:
    many, few = Facts(hours_live=99, voices=1000, visits=2000), Facts(hours_live=99, voices=10, visits=90)
    assert picking.score(few) > picking.score(many)


@pytest.mark.parametrize(
    ("known", "why"),
    [
        (Facts(hours_live=1), "new"),
        (Facts(hours_live=1, followed=True), "followed"),
        (Facts(hours_live=1, followed=True, made=True), "made"),
        (Facts(hours_live=1, followed=True, pinned=True), "pinned"),
        (Facts(hours_live=1, followed=True, pinned=True, urgent=True), "urgent"),
        (Facts(hours_live=500, voices=1), "few_voices"),
        (Facts(hours_live=2, voices=1), "new"),
        (Facts(hours_live=500, voices=9, visits=180), "going_well"),
        (Facts(hours_live=500, voices=9, told_of_topic=4), "usual"),
        (Facts(hours_live=500, voices=9, told_of_topic=1), "usual"),
        (Facts(hours_live=100, voices=9), "new"),
        (Facts(hours_live=100, voices=9, told_of_topic=1), "new"),
        (Facts(hours_live=160, voices=9, told_of_topic=1), "usual"),
        (Facts(hours_live=500, voices=9, visits=54), "going_well"),
        (Facts(hours_live=500, voices=9, visits=9), "current"),
        (Facts(hours_live=500, voices=9, days_seen=9, skipped=True), "current"),
        (Facts(hours_live=500, voices=9, in_my_language=True), "current"),
        (Facts(hours_live=500, voices=9), "current"),
        (Facts(hours_live=1, followed=True, told=True), "told"),
    ],
)
def test_the_card_says_what_weighs_most(known: Facts, why: str) -> None:
    assert picking.reason(known) == why


def test_a_language_explains_only_where_few_stories_have_it() -> None:
    known = Facts(hours_live=500, voices=9, in_my_language=True)
    assert picking.reason(known, language_is_rare=True) == "language"


@given(facts, st.booleans())
def test_no_card_is_without_a_reason(known: Facts, language_is_rare: bool) -> None:
    story = Story(topic=Topic(name="Workshop"))
    assert sentence(picking.reason(known, language_is_rare=language_is_rare), story).strip()


def test_being_new_halves_every_two_days() -> None:
    assert [picking.points(Facts(hours_live=hours))["new"] for hours in (0, 48, 96)] == [24, 12, 6]


@given(st.lists(st.tuples(facts, st.none() | st.integers(1, 4)), max_size=30), st.integers(0, 10))
def test_no_story_comes_twice_and_the_best_comes_first(known: list[tuple[Facts, int | None]], limit: int) -> None:
    candidates = [Candidate(number, topic, one) for number, (one, topic) in enumerate(known)]
    picked = picking.pick(candidates, limit)
    assert len({one.story for one in picked}) == len(picked) == min(limit, len(candidates))
    if picked:
        assert picking.score(picked[0].facts) == max(picking.score(one.facts) for one in candidates)


def test_one_topic_does_not_fill_the_page() -> None:
    much = [Candidate(number, 1, Facts(hours_live=10 + number, followed=True)) for number in range(6)]
    other = [Candidate(100 + number, 2, Facts(hours_live=10)) for number in range(3)]
    assert {one.topic for one in picking.pick(much + other, 7)[:3]} == {1}
    assert 2 in {one.topic for one in picking.pick(much + other, 7)}


def test_of_equals_the_newer_comes_first() -> None:
    old, new = Candidate(1, None, Facts(hours_live=5000)), Candidate(2, None, Facts(hours_live=4999))
    assert [one.story for one in picking.pick([old, new], 2)] == [2, 1]
