"""What colleagues have planned or posted is not said a second time where the platform minds."""

from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Organisation, PlatformApp
from accounts.queries import forget_kept
from connectors.alike import print_of
from content.models import Caption
from content.queries import board
from core import clock
from shares import actions, gates, queries
from shares.actions import reserving
from shares.models import Fingerprint, Reservation, Share
from shares.queries import wording
from tests.content.conftest import signed_in
from tests.factories import LinkedAccountFactory, MemberFactory, ShareFactory, StoryFactory
from tests.staging import pay

pytestmark = pytest.mark.django_db
BREAD = "Nell’s bakery in Leeds sold its van and kept the bike. Sixty loaves a morning, up Chapeltown Road."
CHANGED = "Nell’s bakery in Leeds sold its van and kept the bicycle! Sixty loaves a morning, up Chapeltown Road. #bikes"
OWN = "I drew the steering on this one, so I held my breath when the hill came."


@pytest.fixture
def story():
    return StoryFactory()


@pytest.fixture(autouse=True)
def paid():
    pay()


def account(connector="x"):
    return LinkedAccountFactory(connector=connector)


def plan(account, story, words, *, at=None, due_at=None):
    at = at or clock.now()
    return actions.plan_share(actor=account.member, story=story, account=account, words=words, due_at=due_at, at=at)


@pytest.mark.parametrize("words", [BREAD, CHANGED, f"Look at this: {BREAD}"])
def test_what_a_colleague_planned_on_x_is_refused_with_the_next_step(story, words) -> None:
    plan(account(), story, BREAD)
    with pytest.raises(actions.CannotPlan) as refusal:
        plan(account(), story, words)
    assert "A colleague has planned or posted nearly these words on X" in str(refusal.value)
    assert "say in a sentence or two" in str(refusal.value)
    assert Share.objects.count() == 1 == Fingerprint.objects.count()


def test_also_about_another_story(story) -> None:
    plan(account(), story, BREAD)
    with pytest.raises(actions.CannotPlan):
        plan(account(), StoryFactory(), BREAD)


def test_elsewhere_it_is_planned_and_said(story) -> None:
    plan(account("linkedin"), story, BREAD)
    second = account("linkedin")
    said = queries.colleague_sentences(
        member=second.member, story=story, connector="linkedin", words=CHANGED, at=clock.now()
    )
    assert "A sentence of your own sets yours apart" in said[0]
    assert plan(second, story, CHANGED).state == "scheduled"


def test_what_went_to_another_platform_keeps_nobody_from_x(story) -> None:
    plan(account("mastodon"), story, BREAD)
    assert plan(account(), story, BREAD).state == "scheduled"


def test_ones_own_earlier_post_is_no_colleagues(story) -> None:
    mine = account()
    plan(mine, story, BREAD)
    assert plan(mine, StoryFactory(), BREAD).state == "scheduled"


@pytest.mark.parametrize("state", ["cancelled", "failed", "deleted"])
def test_what_did_not_stay_keeps_nobody(story, state) -> None:
    first = plan(account(), story, BREAD)
    Share.objects.filter(pk=first.pk).update(state=state)
    assert plan(account(), story, BREAD).state == "scheduled"


def test_after_thirty_days_the_words_are_free_again_and_forgotten(story) -> None:
    at = clock.now()
    plan(account(), story, BREAD, due_at=at + timedelta(days=10))
    with pytest.raises(actions.CannotPlan):
        plan(account(), story, BREAD, at=at + timedelta(days=39))
    assert actions.forget_words(at=at + timedelta(days=39)) == 0
    assert plan(account(), story, BREAD, at=at + timedelta(days=41)).state == "scheduled"
    assert actions.forget_words(at=at + timedelta(days=41)) == 1


def test_moving_a_plan_lets_its_words_count_longer(story) -> None:
    at = clock.now()
    share = plan(account(), story, BREAD)
    actions.move_share(actor=share.member, share=share, due_at=at + timedelta(days=20), at=at)
    with pytest.raises(actions.CannotPlan):
        plan(account(), story, BREAD, at=at + timedelta(days=45))


def test_editing_into_a_colleagues_words_changes_nothing(story) -> None:
    plan(account(), story, BREAD)
    mine = plan(account(), story, OWN)
    with pytest.raises(actions.CannotPlan):
        actions.edit_share(actor=mine.member, share=mine, words=CHANGED, at=clock.now())
    assert Share.objects.get(pk=mine.pk).words == OWN
    # And its own words are still known as taken.
    with pytest.raises(actions.CannotPlan):
        plan(account(), story, OWN)


def test_words_edited_away_are_free_again(story) -> None:
    mine = plan(account(), story, BREAD)
    actions.edit_share(actor=mine.member, share=mine, words=OWN, at=clock.now())
    assert plan(account(), story, BREAD).state == "scheduled"


def test_a_second_try_does_not_repeat_who_said_it_meanwhile(story) -> None:
    mine = plan(account(), story, BREAD)
    Share.objects.filter(pk=mine.pk).update(state="failed")
    plan(account(), story, BREAD, at=clock.now() + timedelta(seconds=1))
    mine.refresh_from_db()
    with pytest.raises(actions.CannotPlan):
        actions.retry_share(actor=mine.member, share=mine, at=clock.now() + timedelta(seconds=2))


def test_handed_over_for_x_the_words_count_as_well(story) -> None:
    plan(account(), story, BREAD)
    with pytest.raises(actions.CannotPlan):
        actions.plan_assisted(actor=MemberFactory(), story=story, target="x", words=BREAD, at=clock.now())
    handed = actions.plan_assisted(actor=MemberFactory(), story=story, target="x", words=OWN, at=clock.now())
    assert handed.state == "handed_over"
    with pytest.raises(actions.CannotPlan):
        plan(account(), story, OWN)


def test_of_two_who_planned_at_once_the_earlier_goes_out(story) -> None:
    """Neither saw the other when planning; at sending each asks who was first."""
    first, second = plan(account(), story, BREAD), plan(account(), story, OWN)
    theirs = Fingerprint.objects.get(share=first)
    Fingerprint.objects.filter(share=second).update(
        pairs=theirs.pairs, bands=theirs.bands, at=theirs.at + timedelta(seconds=1)
    )
    answers = [gates.ask(Share.objects.get(pk=one.pk), clock.now()) for one in (first, second)]
    assert [answer.verdict for answer in answers] == [gates.Verdict.YES, gates.Verdict.NO]
    assert "A colleague" in answers[1].sentence


@pytest.mark.parametrize("connector", ["x", "linkedin"])
def test_an_open_blank_is_refused_with_its_prompt(story, connector) -> None:
    with pytest.raises(actions.CannotPlan) as refusal:
        plan(account(connector), story, "I worked on [[what I worked on]] and it shows.")
    assert "“what I worked on”" in str(refusal.value) and not Share.objects.exists()
    with pytest.raises(actions.CannotPlan):
        actions.plan_assisted(
            actor=MemberFactory(), story=story, target="facebook", words="See [[my own part]].", at=clock.now()
        )


def test_a_blank_that_slipped_through_is_not_sent(story) -> None:
    share = plan(account(), story, OWN)
    Share.objects.filter(pk=share.pk).update(words="I made [[this part here]].")
    assert gates.ask(Share.objects.get(pk=share.pk), clock.now()).verdict is gates.Verdict.NO


LEGAL = "Capital at risk. The value of investments can fall as well as rise, and you may get back less."


@pytest.fixture
def locked(story):
    return Caption.objects.create(story=story, text=LEGAL, locked=True)


def test_locked_words_go_out_as_they_stand_or_not_at_all(story, locked) -> None:
    assert plan(account("linkedin"), story, LEGAL).words == LEGAL
    with pytest.raises(actions.CannotPlan, match="may not be changed"):
        plan(account("linkedin"), story, LEGAL.replace("less", "more"))
    assert plan(account("linkedin"), story, OWN).words == OWN


def test_in_a_regulated_firm_a_story_with_locked_words_takes_no_others(story, locked) -> None:
    Organisation.objects.create(regulated=True)
    forget_kept()
    mine = account("linkedin")
    with pytest.raises(actions.CannotPlan, match="approved words only"):
        plan(mine, story, OWN)
    with pytest.raises(actions.CannotPlan, match="approved words only"):
        actions.plan_assisted(actor=mine.member, story=story, target="facebook", words=OWN, at=clock.now())
    share = plan(mine, story, LEGAL.replace(". ", ".\r\n"))
    with pytest.raises(actions.CannotPlan, match="approved words only"):
        actions.edit_share(actor=mine.member, share=share, words=OWN, at=clock.now())
    Share.objects.filter(pk=share.pk).update(words=OWN)
    assert gates.ask(Share.objects.get(pk=share.pk), clock.now()).verdict is gates.Verdict.NO
    with pytest.raises(actions.CannotPlan, match="nobody is there to read yours"):
        plan(account("linkedin"), StoryFactory(), OWN)


# Reservations


def captions(story, number=3):
    return [Caption.objects.create(story=story, text=text) for text in SUGGESTED[:number]]


SUGGESTED = [
    "Forty farms, one steep valley and a terrier in the box.",
    "A vet in Todmorden swapped her pick-up for a bike; the farmers laughed for a week.",
    "What fits into a cargo box beside a calving kit? Biscuit, it turns out.",
]


def offer(member, story, platforms=("x",), **how):
    return actions.reserve_caption(actor=member, story=story, platforms=platforms, at=clock.now(), **how)


def test_each_who_composes_for_x_is_offered_another_until_none_is_left(story) -> None:
    captions(story)
    offers = [offer(MemberFactory(), story) for _ in range(5)]
    texts = [one.mine.text for one in offers if one.mine]
    assert len(set(texts)) == 3 == len(texts)
    assert [one.left for one in offers] == [3, 2, 1, 0, 0]
    assert offers[-1].mine is None and offers[-1].has_run_out


def test_whoever_comes_back_finds_the_same(story) -> None:
    captions(story)
    member = MemberFactory()
    first = offer(member, story).mine
    offer(MemberFactory(), story)
    assert offer(member, story).mine == first


def test_a_reservation_ends_by_itself(story) -> None:
    captions(story, 1)
    offer(MemberFactory(), story)
    assert offer(MemberFactory(), story).mine is None
    Reservation.objects.update(until=clock.now() - timedelta(seconds=1))
    assert offer(MemberFactory(), story).mine is not None


def test_a_caption_that_a_colleague_chose_before_cannot_be_taken(story) -> None:
    first, second, _third = captions(story)
    offer(MemberFactory(), story, wanted=first)
    mine = offer(MemberFactory(), story, wanted=second)
    assert mine.mine == second
    theirs = offer(MemberFactory(), story, wanted=first)
    assert theirs.mine is None and theirs.left == 1


def test_whoever_loses_the_race_for_the_last_is_told_that_none_is_left(story, monkeypatch) -> None:
    captions(story, 1)
    take = reserving._take_all

    def a_colleague_is_quicker(caption, member, families, at) -> bool:
        take(caption, MemberFactory(), families, at)
        return take(caption, member, families, at)

    monkeypatch.setattr(reserving, "_take_all", a_colleague_is_quicker)
    found = offer(MemberFactory(), story)
    assert found.mine is None and found.left == 0 and found.has_run_out


def test_planning_uses_a_caption_up_and_lets_the_reservation_go(story) -> None:
    only = captions(story, 1)[0]
    mine = account()
    offer(mine.member, story)
    plan(mine, story, only.text)
    assert not Reservation.objects.exists()
    found = offer(MemberFactory(), story)
    assert found.mine is None and found.left == 0


def test_planning_with_other_words_frees_it_for_the_next(story) -> None:
    captions(story, 1)
    mine = account()
    offer(mine.member, story)
    plan(mine, story, OWN)
    assert offer(MemberFactory(), story).mine is not None


def test_what_a_colleague_composes_with_cannot_be_planned_by_another(story) -> None:
    only = captions(story, 1)[0]
    offer(MemberFactory(), story)
    with pytest.raises(actions.CannotPlan, match="writing with this suggestion just now"):
        plan(account(), story, only.text)


def test_elsewhere_a_used_caption_comes_last_is_marked_and_opens_no_composer(story) -> None:
    first, second = captions(story, 2)
    plan(account("linkedin"), story, first.text)
    found = offer(MemberFactory(), story, platforms=["linkedin"])
    assert found.mine == second and found.in_order == [second, first]
    assert found.used == {first.pk} and found.left == 1
    plan(account("linkedin"), story, second.text)
    member = MemberFactory()
    found = offer(member, story, platforms=["linkedin"])
    assert found.mine is None and found.has_run_out and set(found.free) == {first, second}
    assert offer(member, story, platforms=["linkedin"], wanted=first).mine == first  # who presses it still has it


def test_with_nothing_linked_a_used_caption_opens_no_composer_either(story) -> None:
    only = captions(story, 1)[0]
    assert offer(MemberFactory(), story, platforms=[]).mine == only
    plan(account("linkedin"), story, only.text)
    assert offer(MemberFactory(), story, platforms=[]).mine is None


def test_where_only_approved_words_go_out_a_used_one_is_better_than_none(story) -> None:
    Organisation.objects.create(regulated=True)
    only = captions(story, 1)[0]
    Caption.objects.update(locked=True)
    plan(account("linkedin"), story, only.text)
    assert offer(MemberFactory(), story, platforms=["linkedin"]).mine == only


def written_for(story, platform: str, text: str) -> Caption:
    return Caption.objects.create(story=story, connector=platform, text=text)


def test_words_written_for_the_only_platform_come_first(story) -> None:
    captions(story, 2)
    short = written_for(story, "linkedin", "Written for LinkedIn alone, at some length and with care.")
    assert offer(MemberFactory(), story, platforms=["linkedin"]).mine == short
    assert short not in offer(MemberFactory(), story, platforms=["mastodon"]).in_order


def test_the_language_decides_before_the_platform(story) -> None:
    german = Caption.objects.create(story=story, language="de", text="Auf deutsch, und für alle Plattformen.")
    english = written_for(story, "linkedin", "Written for LinkedIn alone, at some length and with care.")
    for language, first in (("de-AT", german), ("en", english)):
        assert offer(MemberFactory(language=language), story, platforms=["linkedin"]).mine == first


def test_each_member_keeps_one_suggestion_and_colleagues_get_others(story) -> None:
    for number in range(4):
        Caption.objects.create(story=story, text=f"Number {number}, and quite another thing than {uuid4()}.")
    members = [MemberFactory() for _ in range(12)]
    first = [offer(member, story, platforms=["linkedin"]).mine for member in members]
    assert first == [offer(member, story, platforms=["linkedin"]).mine for member in members]
    assert len(set(first)) == 4


def test_who_shares_on_several_gets_for_each_what_was_written_for_it(story) -> None:
    everywhere = captions(story, 1)[0]
    long = written_for(story, "linkedin", "Written for LinkedIn alone, at some length and with care.")
    short = written_for(story, "x", "Hills, mud, a terrier. All on a bike.")
    found = offer(MemberFactory(), story, platforms=["linkedin", "mastodon"])
    assert (found.mine, found.each) == (everywhere, {"linkedin": long})
    first, second = (offer(MemberFactory(), story, platforms=["linkedin", "x"]) for _ in range(2))
    assert first.each == {"linkedin": long, "x": short}
    assert "x" not in second.each, "where only one may say it, it is kept for the first"


def test_two_can_never_hold_one_caption_for_x(story) -> None:
    only = captions(story, 1)[0]
    offer(MemberFactory(), story)
    until = clock.now() + timedelta(hours=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reservation.objects.create(caption=only, family="x", member=MemberFactory(), until=until)


def test_words_for_makers_are_offered_to_nobody_else(story) -> None:
    Caption.objects.create(story=story, text="I was part of the team that built this.", for_makers=True)
    assert offer(MemberFactory(), story).in_order == []


def test_offers_take_the_same_queries_with_one_caption_and_with_ten(story, django_assert_max_num_queries) -> None:
    captions(story, 1)
    member = MemberFactory()
    offer(member, story)
    with django_assert_max_num_queries(12) as one:
        offer(member, story)
    for number in range(9):
        Caption.objects.create(story=story, text=f"More of number {number} and other things {uuid4()}")
    with django_assert_max_num_queries(len(one)):
        offer(member, story)


# The search among many


def test_a_saying_that_hundreds_use_hides_nobody(story) -> None:
    """More texts share a band than are measured of each; what is nearly the same is found by its other bands."""
    saying = "Two years ago this was a drawing on a napkin and nobody believed that it would ever stand"
    first = plan(account(), story, f"{saying}. {BREAD}")
    others = [ShareFactory(account=account(), words=f"{saying} {number}") for number in range(wording.MEASURED + 5)]
    for other in others:
        said = print_of(f"{saying} {' '.join(str(uuid4()) for _ in range(2))}")
        common = print_of(first.words).bands_on("x")[:3]
        Fingerprint.objects.create(
            share=other, member=other.member, connector="x", at=clock.now(), until=clock.now() + timedelta(days=9),
            pairs=sorted(said.pairs), bands=[*common, *said.bands_on("x")[3:]],
        )  # fmt: skip
    with pytest.raises(actions.CannotPlan):
        plan(account(), story, f"{saying}. {CHANGED}")


def test_bands_kept_without_their_platform_are_given_it(story) -> None:
    for connector in ("x", "linkedin"):
        plan(account(connector), story, BREAD)
    for row in Fingerprint.objects.all():
        Fingerprint.objects.filter(pk=row.pk).update(bands=print_of(BREAD).bands)
    import_module("shares.migrations.0013_bands_of_each_platform").part_bands(connection)
    assert {row.connector: row.bands for row in Fingerprint.objects.all()} == {
        "x": print_of(BREAD).bands_on("x"),
        "linkedin": print_of(BREAD).bands_on("linkedin"),
    }


@pytest.fixture
def registered():
    PlatformApp.objects.filter(connector="x").update(client_id="we")
    forget_kept()
    yield
    forget_kept()


def left_on_the_board(*stories) -> list[str]:
    """What the tickets of live stories say, as a curator finds them."""
    found = board.with_words_left(list(stories), at=clock.now())
    return [", ".join(f"{number} on {name}" for name, number in one.words_left) for one in found]


def test_the_board_counts_the_suggestions_nobody_has_used_on_x(registered, story) -> None:
    first, *_others = captions(story)
    other, bare = StoryFactory(), StoryFactory()
    captions(other, number=1)
    Caption.objects.create(story=story, text="Only for makers.", for_makers=True)
    Caption.objects.create(story=story, text="Only there.", connector="mastodon")
    plan(account("mastodon"), story, first.text)
    assert left_on_the_board(story, other, bare) == ["3 on X", "1 on X", ""]
    plan(account(), story, first.text)
    assert left_on_the_board(story)[0] == "2 on X"


def test_a_curator_reads_which_story_has_no_words_left(registered, story) -> None:
    only, *_none = captions(story, number=1)
    desk = signed_in(MemberFactory(roles=["curator"]))
    assert "1 unused on X" in desk.get("/curate/").content.decode()
    plan(account(), story, only.text)
    for page in ("/curate/", "/curate/lanes/live/"):
        assert "no words left on X" in desk.get(page).content.decode()


def test_where_x_is_not_open_nothing_is_said_of_it(story) -> None:
    captions(story)
    assert left_on_the_board(story) == [""]


def test_words_left_take_the_same_queries_for_one_story_and_for_ten(
    registered, story, django_assert_num_queries
) -> None:
    captions(story)
    wording.words_left([story], clock.now())  # what is remembered for seconds is fresh in both
    with django_assert_num_queries(3):
        wording.words_left([story], clock.now())
    more = StoryFactory.create_batch(9)
    for one in more:
        captions(one)
    with django_assert_num_queries(3):
        wording.words_left([story, *more], clock.now())
