import random
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection

from content.models import Caption
from recognition.actions import derive_points
from recognition.actions.scheme import VISIT_STEPS
from recognition.models import Derived, LedgerRow
from shares.models import Share
from tests.factories import LinkedAccountFactory, StoryFactory, TeamFactory
from tests.recognition.making import MONDAY, a_member, a_post, days, facts_of_ledger, hours, ledger, visit

pytestmark = pytest.mark.django_db
LATER = MONDAY + days(30)
BORROWED = "What we learnt in week one. Four things that worked and one that did not."


@pytest.fixture
def ines():
    return a_member("Ines", TeamFactory())


def test_the_first_share_of_a_story_earns(ines):
    share = a_post(ines, words="")
    assert derive_points(at=LATER) == 1
    row = LedgerRow.objects.get()
    assert (row.member, row.team, row.share, row.points, row.at) == (ines, ines.team, share, 10, share.published_at)
    assert (row.rule, row.version, row.cause, row.about) == (
        "first_share", 1, f"share:{share.pk}", f"story:{share.story_id}",
    )  # fmt: skip


def test_deriving_again_adds_nothing(ines):
    visit(a_post(ines), MONDAY + hours(1), 5)
    assert derive_points(at=LATER) == 4
    assert derive_points(at=LATER) == 0
    assert derive_points(at=LATER + days(40)) == 0


def test_the_same_story_again_earns_nothing_and_says_why(ines):
    first = a_post(ines, words="")
    a_post(ines, MONDAY + hours(1), story=first.story, words="", account=LinkedAccountFactory(member=ines))
    derive_points(at=LATER)
    assert ledger(ines) == [("first_share", 10), ("first_share", 0)]
    assert "still up" in LedgerRow.objects.get(points=0).reason


def test_a_story_shared_again_after_deleting_the_first_counts(ines):
    first = a_post(ines, words="", state="deleted", state_at=MONDAY + hours(1))
    a_post(ines, MONDAY + hours(2), story=first.story, words="")
    derive_points(at=LATER)
    assert ledger(ines) == [("first_share", 10), ("taken_back", -10), ("first_share", 10)]


def test_three_shares_a_day_count(ines):
    for hour in range(5):
        a_post(ines, MONDAY + hours(hour), words="")
    derive_points(at=LATER)
    assert [points for _, points in ledger(ines)] == [10, 10, 10, 0, 0]


def test_weekly_returns_diminish_and_start_anew(ines):
    for day in range(8):
        a_post(ines, MONDAY + days(day), words="")
    derive_points(at=LATER)
    assert [points for _, points in ledger(ines)] == [10, 10, 10, 5, 5, 5, 2.5, 10]


def test_a_share_beyond_the_day_costs_no_place_in_the_week(ines):
    for hour in range(4):
        a_post(ines, MONDAY + hours(hour), words="")
    a_post(ines, MONDAY + days(1), words="")
    derive_points(at=LATER)
    assert [points for _, points in ledger(ines)] == [10, 10, 10, 0, 5]


def test_what_never_went_out_earns_nothing(ines):
    for state in ("scheduled", "failed", "cancelled", "uncertain"):
        visit(a_post(ines, state=state, published_at=None), MONDAY + hours(1))
    assert derive_points(at=LATER) == 0


@pytest.mark.parametrize("role", ["created_by", "submitted_by", "approved_by"])
def test_curators_earn_nothing_on_their_own_stories(ines, role):
    share = a_post(ines, story=StoryFactory(**{role: ines}))
    visit(share, MONDAY + hours(1), 7)
    derive_points(at=LATER)
    assert ledger(ines) == [("first_share", 0)]
    assert LedgerRow.objects.get().reason == "You worked on this story yourself."


def test_own_words_earn_three_more(ines):
    a_post(ines)
    derive_points(at=LATER)
    assert ledger(ines) == [("first_share", 10), ("own_words", 3)]


def test_suggested_words_earn_no_more(ines):
    story = StoryFactory()
    Caption.objects.create(story=story, text=BORROWED)
    a_post(ines, story=story, words=f"{BORROWED} Yes.")
    derive_points(at=LATER)
    assert ledger(ines) == [("first_share", 10)]


def test_own_words_on_a_share_that_earns_nothing_earn_nothing(ines):
    first = a_post(ines, words="")
    a_post(ines, MONDAY + hours(1), story=first.story, account=LinkedAccountFactory(member=ines))
    derive_points(at=LATER)
    assert "own_words" not in dict(ledger(ines))


def test_visits_flatten_with_their_logarithm(ines):
    share = a_post(ines, words="")
    visit(share, MONDAY + hours(1), 20)
    derive_points(at=LATER)
    rows = LedgerRow.objects.filter(rule="visits").order_by("at")
    assert [row.cause.rsplit(":", 1)[1] for row in rows] == ["1", "3", "7", "15"]
    assert sum(row.points for row in rows) == 16


def test_a_point_moves_within_the_day_and_the_row_stays(ines):
    share = a_post(ines, words="")
    visit(share, MONDAY + hours(1))
    derive_points(at=MONDAY + hours(1))
    before = facts_of_ledger()
    visit(share, MONDAY + hours(2), 2)
    assert derive_points(at=MONDAY + hours(2)) == 1
    assert before < facts_of_ledger()


def test_each_day_begins_anew_at_midnight_utc(ines):
    share = a_post(ines, words="")
    visit(share, datetime(2026, 6, 1, 23, 59, 30, tzinfo=UTC))
    visit(share, datetime(2026, 6, 2, 0, 0, 30, tzinfo=UTC))
    derive_points(at=LATER)
    assert ledger(ines) == [("first_share", 10), ("visits", 4), ("visits", 4)]


@pytest.mark.parametrize("kind", [{"first_today": False}, {"robot": True}, {"own_network": True}])
def test_only_visits_count(ines, kind):
    visit(a_post(ines, words=""), MONDAY + hours(1), 3, **kind)
    derive_points(at=LATER)
    assert ledger(ines) == [("first_share", 10)]


def test_visits_before_the_post_was_up_count_nothing(ines):
    visit(a_post(ines, words=""), MONDAY - hours(1))
    derive_points(at=LATER)
    assert ledger(ines) == [("first_share", 10)]


def test_an_assisted_share_earns_by_its_visits_alone(ines):
    share = a_post(ines, published_at=None, state="said_posted")
    Share.objects.filter(pk=share.pk).update(account=None, connector="whatsapp")
    visit(share, MONDAY + hours(1), 3)
    derive_points(at=LATER)
    assert ledger(ines) == [("visits", 4), ("visits", 4)]


def test_a_deleted_post_keeps_nothing(ines):
    share = a_post(ines)
    visit(share, MONDAY + hours(1), 3)
    derive_points(at=MONDAY + hours(2))
    Share.objects.filter(pk=share.pk).update(state="deleted", state_at=MONDAY + hours(3))
    visit(share, MONDAY + hours(4), 3)
    derive_points(at=MONDAY + hours(5))
    assert sum(points for _, points in ledger(ines)) == 0
    taken = LedgerRow.objects.filter(rule="taken_back")
    assert taken.count() == 4
    assert {row.reason for row in taken} == {"The post was deleted."}
    assert {row.at for row in taken} == {MONDAY + hours(3)}


def test_a_visit_heard_of_after_the_deletion_is_balanced_too(ines):
    share = a_post(ines, state="deleted", state_at=MONDAY + hours(3))
    derive_points(at=MONDAY + hours(5))
    visit(share, MONDAY + hours(1))
    derive_points(at=MONDAY + hours(6))
    assert sum(points for _, points in ledger(ines)) == 0


def test_facts_that_come_late_are_found(ines):
    share = a_post(ines, words="")
    derive_points(at=MONDAY + hours(30))
    visit(share, MONDAY + hours(8))
    assert derive_points(at=MONDAY + hours(31)) == 1


def test_facts_from_while_nobody_derived_are_found(ines):
    a_post(ines)
    derive_points(at=MONDAY + hours(1))
    visit(a_post(ines, MONDAY + days(2), words=""), MONDAY + days(5))
    assert derive_points(at=MONDAY + days(40)) == 2


def test_two_at_once_do_it_once(ines, monkeypatch):
    a_post(ines)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(7211030)")
            assert derive_points(at=LATER) == 0
            cursor.execute("SELECT pg_advisory_unlock(7211030)")
    finally:
        other.close()
    assert derive_points(at=LATER) == 2


def test_the_running_product_can_add_rows_and_never_change_one(ines, as_runner):
    a_post(ines)
    with as_runner():
        assert derive_points(at=LATER) == 2
    with pytest.raises(DatabaseError), as_runner():
        LedgerRow.objects.update(points=1000)
    with pytest.raises(DatabaseError), as_runner():
        LedgerRow.objects.all().delete()


def test_steps_of_visits_are_those_of_the_logarithm():
    assert VISIT_STEPS[:5] == (1, 3, 7, 15, 31)


def a_random_world(dice: random.Random, until: datetime) -> None:
    stories = [StoryFactory() for _ in range(4)]
    for number in range(3):
        member = a_member(f"Member {number}", TeamFactory() if number else None)
        accounts = [LinkedAccountFactory(member=member) for _ in range(2)]
        taken = set()
        for _ in range(dice.randrange(8)):
            story, account = dice.choice(stories), dice.choice(accounts)
            if (story, account) in taken:
                continue
            taken.add((story, account))
            at = MONDAY + timedelta(minutes=dice.randrange(14 * 24 * 60))
            gone = dice.random() < 0.2
            state = {"state": "deleted", "state_at": at + hours(dice.randrange(48))} if gone else {}
            words = dice.choice(["", BORROWED, "Something of my own that nobody suggested to me"])
            share = a_post(member, at, story=story, account=account, words=words, **state)
            for _ in range(dice.randrange(12)):
                visit(share, at + timedelta(minutes=dice.randrange(72 * 60)), dice.randrange(1, 4))


@pytest.mark.parametrize("seed", range(6))
def test_an_emptied_ledger_fills_with_the_same_rows(seed):
    """Derived step by step while things happen, and then all at once: the rows are the same."""
    dice = random.Random(seed)
    a_random_world(dice, LATER)
    for moment in sorted(dice.randrange(20 * 24) for _ in range(5)):
        derive_points(at=MONDAY + hours(moment))
    derive_points(at=LATER)
    before = facts_of_ledger()
    LedgerRow.objects.all().delete()
    assert Derived.objects.exists()
    assert derive_points(at=LATER) == len(before)
    assert facts_of_ledger() == before


@pytest.mark.parametrize("seed", range(4))
def test_nobody_ever_ends_below_nothing(seed):
    a_random_world(random.Random(100 + seed), LATER)
    derive_points(at=LATER)
    totals = {}
    for row in LedgerRow.objects.all():
        totals[row.share_id] = totals.get(row.share_id, 0) + row.points
    assert all(total >= 0 for total in totals.values())
    gone = Share.objects.filter(state="deleted").values_list("pk", flat=True)
    assert all(totals.get(pk, 0) == 0 for pk in gone)
