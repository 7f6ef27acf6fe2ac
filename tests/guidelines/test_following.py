"""HR follows in numbers: by groups of ten and more, over time, and once a year by three anonymous questions."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from django.db import IntegrityError
from django.urls import reverse

from accounts.models import User
from accounts.queries import SMALLEST_GROUP
from core import clock
from core.refusals import MovedOn, NotAllowed, NotReady
from guidelines import actions, queries
from guidelines.models import CoverageDay, Poll, PollDone, PollTally
from tests.factories import MemberFactory, TeamFactory
from tests.guidelines.conftest import AT, begun, next_one, put_out, settled
from tests.guidelines.test_asking import DAY, sign
from tests.guidelines.test_views import signed_in

pytestmark = pytest.mark.django_db
GOOD = {"may": 5, "whom": 4, "trusted": 1}


@pytest.fixture
def guideline(hana, ines):
    made = put_out(hana, ines, begun(hana))
    settled()
    return made.guideline


def people(number: int, **more) -> list:
    return [MemberFactory(password=None, **more) for _ in range(number)]


def of(guideline, what: str) -> str:
    return reverse(f"guidelines:{what}", args=[guideline.pk])


def test_the_figure_is_the_same_before_and_after_all_were_asked(hana, ines):
    members = people(5)
    guideline = put_out(hana, ines, begun(hana)).guideline
    before = queries.coverage(guideline, at=AT)
    assert (before.people, before.signed, before.asking) == (7, 0, 7)
    settled()
    sign(members[0], guideline)
    after = queries.coverage(guideline, at=AT)
    assert (after.people, after.signed, after.due, after.asking) == (7, 1, 6, 0)


def test_groups_of_ten_and_more_by_name_and_smaller_ones_together(hana, ines):
    large, small, tiny = TeamFactory(name="Repair"), TeamFactory(name="Office"), TeamFactory(name="Lab")
    members = people(12, team=large)
    people(6, team=small)
    people(4, team=tiny)
    guideline = put_out(hana, ines, begun(hana)).guideline
    settled()
    sign(members[0], guideline)
    found = queries.groups(guideline, "team", at=AT)
    named = {one.name: (one.people, one.signed) for one in found.shown}
    assert named == {"Repair": (12, 1), None: (12, 0)} and found.hidden == 0


def test_no_small_group_can_be_found_out_by_taking_the_others_away():
    chance = Random(3)
    for _ in range(300):
        sizes = [chance.randrange(1, 40) for _ in range(chance.randrange(1, 9))]
        groups = [queries.Group(str(number), size, size // 2, 0) for number, size in enumerate(sizes)]
        found = queries.folded(groups)
        shown = sum(one.people for one in found.shown)
        assert shown + found.hidden == sum(sizes), "nobody is lost"
        assert all(one.people >= SMALLEST_GROUP for one in found.shown)
        assert found.hidden == 0 or found.hidden >= SMALLEST_GROUP or not found.shown


@pytest.mark.parametrize("what", ["coverage", "owing", "sheet", "terms", "compare", "coverage_csv", "owing_csv"])
def test_it_is_for_hr_alone(guideline, what):
    for roles in ([], ["curator"], ["administrator"], ["council"]):
        assert signed_in(MemberFactory(roles=roles)).get(of(guideline, what)).status_code == 403


def test_the_pages_show_it_and_the_files_hold_it(guideline, hana, ines):
    mina = MemberFactory(name="=Mina Okafor")
    settled()
    browser = signed_in(hana)
    for by in ("team", "country", "profession", "manager", "odd"):
        assert "of 3 signed" in browser.get(of(guideline, "coverage") + f"?by={by}").content.decode()
    assert "=Mina Okafor" in browser.get(of(guideline, "owing") + "?which=due").content.decode()
    whole = browser.get(of(guideline, "coverage_csv")).content.decode("utf-8-sig")
    assert "Speaking about the firm online,,Everybody it is for,3,0,0" in whole
    assert "'=Mina Okafor" in browser.get(of(guideline, "owing_csv")).content.decode("utf-8-sig")
    assert mina.pk


def test_hr_reads_why_somebody_cannot_agree_yet(guideline, hana):
    mina = MemberFactory(name="Mina Okafor")
    settled()
    actions.decline_due(actor=mina, due=queries.owed(mina).get(), reason="My union has not seen it.", at=AT)
    assert (
        "My union has not seen it." in signed_in(hana).get(of(guideline, "owing") + "?which=declined").content.decode()
    )


def test_while_all_are_being_asked_no_group_looks_finished(hana, ines):
    people(12, team=TeamFactory(name="Repair"))
    guideline = put_out(hana, ines, begun(hana)).guideline
    page = signed_in(hana).get(of(guideline, "coverage")).content.decode()
    assert "once everybody has been asked" in page and "Repair" not in page
    assert "Repair" not in signed_in(hana).get(of(guideline, "coverage_csv")).content.decode()


def test_each_day_is_counted_once_and_drawn(guideline, hana):
    assert actions.note_days(at=AT) == 1 and actions.note_days(at=AT) == 0
    sign(hana, guideline, at=AT + DAY)
    later = AT + 2 * DAY
    assert actions.note_days(at=later) == 1
    assert list(CoverageDay.objects.order_by("day").values_list("people", "signed")) == [(2, 0), (2, 1)]
    chart = queries.trend(guideline, queries.coverage(guideline, at=later), at=later)
    assert "50 of a hundred have signed now" in chart.sentence


def test_the_drawing_marks_where_a_new_version_came_out(hana, ines, guideline):
    for day in range(4):
        actions.note_days(at=AT + day * DAY)
        if day == 1:
            next_one(hana, ines, guideline, at=AT + DAY, body="New words.")
            settled(AT + DAY)
    later = AT + 4 * DAY
    chart = queries.trend(guideline, queries.coverage(guideline, at=later), at=later)
    assert "Version 2 came out on 1 Dec." in chart.sentence and "Version 1" not in chart.sentence
    assert "1 Dec · Version 2" in dict(chart.rows)
    assert [mark.strong for mark in chart.narrow.marks if mark.strong] == ["Version 2"]


def test_the_desk_costs_the_same_with_one_guideline_and_with_many(hana, ines, django_assert_max_num_queries):
    browser = signed_in(hana)
    for number in range(4):
        put_out(hana, ines, begun(hana, name=f"Guideline {number}"))
    settled()
    browser.get(reverse("guidelines:desk"))
    with django_assert_max_num_queries(10):
        browser.get(reverse("guidelines:desk"))


def test_terms_are_changed_and_a_wrong_number_is_refused(guideline, hana):
    browser = signed_in(hana)
    form = {
        "helper": "hana",
        "audience": "",
        "rhythm": "gentle",
        "grace_days": 3,
        "manager_after": "",
    }
    assert browser.post(of(guideline, "terms"), form | {"grace_days": "-1"}).status_code == 422
    for odd in ("", "Nobody Here", hana.pk):
        assert browser.post(of(guideline, "terms"), form | {"helper": odd}).status_code == 422
    assert browser.post(of(guideline, "terms"), form).status_code == 302
    guideline.refresh_from_db()
    assert (guideline.rhythm, guideline.grace_days, guideline.manager_after) == ("gentle", 3, None)


def test_any_colleague_may_be_the_one_who_answers_questions(guideline, hana):
    lead, browser = MemberFactory(name="Sam Lund", job_title="Safeguarding lead"), signed_in(hana)
    form = {"audience": "", "rhythm": "gentle", "grace_days": 3, "manager_after": ""}
    page = browser.get(of(guideline, "terms")).content.decode()
    assert 'value="Hana"' in page and '<datalist id="helper-suggestions"><option value="Hana">' in page
    assert browser.post(of(guideline, "terms"), form | {"helper": "sam lund"}).status_code == 302
    guideline.refresh_from_db()
    assert guideline.helper == lead
    mina = MemberFactory()
    assert queries.helpers(guideline, mina, AT)[0] == lead and queries.who_helps(mina, AT)[0] == lead
    assert actions.ask_question(actor=mina, helper=lead, words="May I?", about=actions.About(guideline), at=AT)
    User.objects.filter(pk=lead.pk).update(is_active=False)
    assert browser.post(of(guideline, "terms"), form | {"helper": "Sam Lund"}).status_code == 302, "left alone"


class TestThePoll:
    @pytest.fixture
    def poll(self, hana):
        return actions.open_poll(actor=hana, at=AT)

    def test_only_hr_opens_it_and_once_a_year(self, poll, hana):
        with pytest.raises(NotAllowed):
            actions.open_poll(actor=MemberFactory(), at=AT + 400 * DAY)
        with pytest.raises(MovedOn):
            actions.open_poll(actor=hana, at=AT + DAY)

    def test_every_year_by_itself_after_the_first(self, hana):
        assert actions.open_poll_if_due(at=AT) == 0
        actions.open_poll(actor=hana, at=AT)
        assert actions.open_poll_if_due(at=AT + 300 * DAY) == 0
        assert actions.open_poll_if_due(at=AT + 366 * DAY) == 1
        assert actions.open_poll_if_due(at=AT + 366 * DAY) == 0

    def test_no_year_is_left_out_whenever_the_first_was_opened(self, hana):
        for month, day in ((1, 1), (1, 4), (6, 30), (12, 27), (12, 31)):
            Poll.objects.all().delete()
            at = datetime(2026, month, day, 9, tzinfo=UTC)
            actions.open_poll(actor=hana, at=at)
            for ahead in range(1, 5 * 366, 3):
                actions.open_poll_if_due(at=at + ahead * DAY)
            years = list(Poll.objects.order_by("year").values_list("year", flat=True))
            assert years == list(range(2026, years[-1] + 1)) and years[-1] >= 2030, (month, day)
            opened = list(Poll.objects.order_by("year").values_list("opened_at", flat=True))
            assert all(later - first >= 360 * DAY for first, later in pairwise(opened))

    def test_one_is_over_before_the_next_is_asked(self, hana):
        actions.open_poll(actor=hana, at=datetime(2026, 12, 30, tzinfo=UTC))
        with pytest.raises(MovedOn):
            actions.open_poll(actor=hana, at=datetime(2027, 1, 2, tzinfo=UTC))
        assert actions.open_poll(actor=hana, at=datetime(2027, 2, 2, tzinfo=UTC)).year == 2027

    def test_an_answer_is_counted_and_leads_to_nobody(self, poll):
        mina = MemberFactory()
        actions.answer_poll(actor=mina, poll=poll, answers=GOOD, at=AT)
        assert PollTally.objects.get(question="trusted", answer=1).count == 1
        fields = {field.name for field in PollTally._meta.get_fields()}
        assert fields == {"id", "poll", "question", "answer", "count"}
        assert {field.name for field in PollDone._meta.get_fields()} == {"id", "poll", "member"}

    def test_nobody_answers_twice_nor_after_saying_no(self, poll):
        mina, sam = MemberFactory(), MemberFactory()
        actions.answer_poll(actor=mina, poll=poll, answers=GOOD, at=AT)
        actions.skip_poll(actor=sam, poll=poll, at=AT)
        for member in (mina, sam):
            with pytest.raises(MovedOn):
                actions.answer_poll(actor=member, poll=poll, answers=GOOD, at=AT)
            assert queries.open_poll_for(member, AT) is None
        assert sum(PollTally.objects.values_list("count", flat=True)) == 3

    @pytest.mark.parametrize("answers", [{}, {"may": 5}, {**GOOD, "more": 1}, {**GOOD, "may": 6}, {**GOOD, "may": 0}])
    def test_half_an_answer_is_none(self, poll, answers):
        with pytest.raises(NotReady):
            actions.answer_poll(actor=MemberFactory(), poll=poll, answers=answers, at=AT)
        assert not PollDone.objects.exists()

    def test_it_ends(self, poll):
        with pytest.raises(MovedOn):
            actions.answer_poll(actor=MemberFactory(), poll=poll, answers=GOOD, at=AT + 22 * DAY)

    def test_nothing_is_shown_before_it_is_over_and_ten_have_answered(self, poll, hana):
        over = poll.closes_at
        for number in range(SMALLEST_GROUP):
            assert queries.poll_results(over)[0].agreed == [], number
            actions.answer_poll(actor=MemberFactory(password=None), poll=poll, answers=GOOD, at=AT)
        assert queries.poll_results(over - timedelta(seconds=1))[0].agreed == []
        found = queries.poll_results(over)[0].agreed
        assert [(one.agreed, one.of) for one in found] == [(10, 10), (10, 10), (0, 10)]

    def test_while_it_is_open_hr_sees_only_that(self, hana):
        made = actions.open_poll(actor=hana, at=clock.now())
        for _ in range(SMALLEST_GROUP + 2):
            actions.answer_poll(actor=MemberFactory(password=None), poll=made, answers=GOOD, at=clock.now())
        page = signed_in(hana).get(reverse("guidelines:polls")).content.decode()
        assert "Colleagues are being asked." in page and "rather or entirely" not in page and "<progress" not in page

    def test_the_pages(self, hana):
        browser = signed_in(hana)
        assert browser.post(reverse("guidelines:polls")).status_code == 302
        poll, mina = Poll.objects.get(), MemberFactory()
        member, page = signed_in(mina), reverse("guidelines:answer_poll", args=[poll.pk])
        assert "Three questions, anonymous" in member.get(reverse("guidelines:mine")).content.decode()
        assert member.post(page, {"may": 5}).status_code == 422
        assert member.post(page, {"may": 5, "whom": "x", "trusted": 1}).status_code == 422
        assert member.post(page, GOOD).status_code == 302
        assert "Three questions, anonymous" not in member.get(reverse("guidelines:mine")).content.decode()
        assert "Colleagues are being asked." in browser.get(reverse("guidelines:polls")).content.decode()
        Poll.objects.update(closes_at=clock.now())
        assert "Fewer than ten have answered" in browser.get(reverse("guidelines:polls")).content.decode()
        assert signed_in(mina).get(reverse("guidelines:polls")).status_code == 403

    def test_the_database_keeps_one_a_year(self, poll):
        with pytest.raises(IntegrityError):
            Poll.objects.create(year=poll.year, opened_at=AT, closes_at=AT)
