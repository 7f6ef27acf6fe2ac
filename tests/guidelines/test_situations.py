"""Whoever signs has thought through a few situations first, and nobody can ever tell what they chose."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey

from accounts.models import User
from core import audit
from guidelines import actions, bank, evidence, queries
from guidelines.models import Due, Pool, Publication, Receipt, Tally
from tests.factories import MemberFactory
from tests.guidelines.conftest import AT, begun, gone_through, next_one, put_out, settled

pytestmark = pytest.mark.django_db
SOON = AT + timedelta(seconds=40)


@pytest.fixture
def member():
    return MemberFactory(name="Mina Okafor")


def chosen(version, hana, *, asks=3, must_pass=False, ours=None, own=(), at=AT):
    return actions.choose_situations(
        actor=hana, version=version, edition=version.edition, at=at,
        chosen=actions.Chosen(asks, must_pass, bank.keys_for("everybody") if ours is None else ours, own),
    )  # fmt: skip


@pytest.fixture
def publish(hana, ines, member):
    def put(**more) -> Due:
        put_out(hana, ines, chosen(begun(hana), hana, **more))
        settled()
        due = queries.owed(member).get()
        return actions.open_due(actor=member, due=due, at=AT)

    return put


def answer(due, *, good=True, key=None, choice=None):
    now = queries.steps_of(due).now
    found = key or now.key
    choice = now.good.index(good) if choice is None else choice
    return actions.answer_situation(actor=due.member, due=due, key=found, choice=choice, at=SOON)


def sign(due, at=SOON):
    return actions.sign_due(
        actor=due.member, due=due, fingerprint=due.publication.fingerprint, language="en", typed_name=due.member.name,
        at=at,
    )  # fmt: skip


def test_nobody_signs_before_all_of_theirs_were_gone_through(publish):
    due = publish()
    for left in (3, 2, 1):
        assert queries.steps_of(due).left == left
        with pytest.raises(actions.NotReady, match="go through the situations first"):
            sign(due)
        answer(due, good=left == 2)  # any answer will do
    assert sign(due).situations == "gone"


def test_where_they_must_be_passed_a_misjudged_one_is_followed_by_another_without_end(publish):
    due = publish(must_pass=True)
    first = queries.steps_of(due).now
    seen = {first.key}
    assert not answer(due, good=False).is_good
    for _ in range(60):  # twice round the whole bank, and nobody says that it is enough
        seen.add(queries.steps_of(due).now.key)
        answer(due, good=False)
    assert len(seen) == len(bank.keys_for("everybody"))
    with pytest.raises(actions.NotReady, match="as often as you like"):
        sign(due)
    gone_through(due, at=SOON)
    assert sign(due).situations == "passed"
    assert sum(Tally.objects.values_list("count", flat=True)) == len(seen), "each first answer, once"


def test_a_receipt_says_nothing_of_situations_where_none_are_asked(publish):
    assert sign(publish(asks=0)).situations == ""
    assert not Pool.objects.exists() and Publication.objects.get().pool == ""


def test_fewer_are_asked_where_fewer_are_chosen(publish):
    due = publish(asks=5, ours=["leak", "party"])
    assert (due.publication.asks, queries.steps_of(due).wanted) == (2, 2)


def test_a_second_answer_to_the_same_is_explained_and_not_counted(publish):
    due = publish()
    key = queries.steps_of(due).now.key
    assert answer(due, key=key, choice=0).counted
    assert not answer(due, key=key, choice=1).counted
    assert due.answered == 1 and Tally.objects.get(situation=key, choice=0).count == 1
    assert Tally.objects.get(situation=key, choice=1).count == 0


def test_of_two_answers_at_once_one_is_counted(publish):
    due = publish()
    stale = queries.owed(due.member).get()
    key = queries.steps_of(due).now.key
    assert answer(due, key=key, choice=0).counted
    assert not answer(stale, key=key, choice=1).counted and stale.answered == 1
    assert sum(Tally.objects.values_list("count", flat=True)) == 1


def test_answers_are_refused_once_it_is_signed_and_before_it_was_opened(publish):
    due = publish()
    key = queries.steps_of(due).now.key
    gone_through(due, at=SOON)
    before = list(Tally.objects.order_by("pk").values_list("count", flat=True))
    sign(due)
    with pytest.raises(actions.MovedOn, match="signed already"):
        answer(due, key=key, choice=0)
    assert list(Tally.objects.order_by("pk").values_list("count", flat=True)) == before
    other = MemberFactory()
    settled()
    unopened = queries.owed(other).get()
    with pytest.raises(actions.NotReady, match="open the guideline first"):
        answer(unopened)


@pytest.mark.parametrize("choice", [-1, 4, 99])
def test_an_answer_that_is_none_is_refused(publish, choice):
    with pytest.raises(actions.NotReady, match="choose one of the answers"):
        answer(publish(), choice=choice)


def test_nobody_skips_ahead_and_nobody_answers_for_another(publish):
    due = publish()
    later = queries.steps_of(due).asked[2].key
    for key in (later, "nothing"):
        with pytest.raises(actions.MovedOn, match="one after another"):
            answer(due, key=key, choice=0)
    with pytest.raises(actions.NotAllowed):
        actions.answer_situation(actor=MemberFactory(), due=due, key=later, choice=0, at=SOON)


def test_of_a_version_superseded_a_second_ago_nothing_is_answered(hana, ines, publish):
    due = publish()
    key = queries.steps_of(due).now.key
    next_one(hana, ines, due.guideline, body="New words.")
    with pytest.raises(actions.MovedOn):
        answer(Due.objects.get(pk=due.pk), key=key, choice=0)


# What is kept


def test_no_table_links_a_member_to_a_choice(publish):
    """A choice stands in one table, which has no way to a member but through the publication."""
    with_choice = [
        model for model in apps.get_models()
        if model._meta.app_label == "guidelines"
        and ({"choice", "choices", "chosen"} & columns(model) or {"situation", "answer"} <= columns(model))
    ]  # fmt: skip
    assert with_choice == [Tally]
    assert columns(Tally) == {"id", "publication_id", "situation", "choice", "count", "shown"}
    assert not [
        field for model in apps.get_models() for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model is Tally
    ]  # fmt: skip


def columns(model) -> set[str]:
    return {field.attname for field in model._meta.concrete_fields}


def test_whatever_somebody_chooses_the_rows_about_them_are_the_same(hana, ines):
    """Two colleagues with the same situations and opposite answers: every row that names one has its twin."""
    one, other = MemberFactory(name="Mina Okafor"), MemberFactory(name="Mona Okafor")
    put_out(hana, ines, chosen(begun(hana), hana, ours=["leak", "party", "forum"]))
    settled()
    kept = {}
    for person, well in ((one, True), (other, False)):
        due = actions.open_due(actor=person, due=queries.owed(person).get(), at=AT)
        gone_through(due, at=SOON, well=well)
        half = {name: getattr(due, name) for name in columns(Due) - {"id", "member_id"}}
        receipt = sign(due)
        signed = {name: getattr(receipt, name) for name in columns(Receipt) - {"id", "member_id", "by_id"}}
        kept[person] = (half, signed)
    assert kept[one] == kept[other]
    assert not any(str(choice) in entry for entry in audited() for choice in ("choice", "situation"))


def audited() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM core_auditentry")
        return [text for (text,) in cursor.fetchall()]


def test_how_far_somebody_was_is_forgotten_with_the_signature(publish):
    due = publish(must_pass=True)
    answer(due, good=False)
    gone_through(due, at=SOON)
    sign(due)
    due = Due.objects.get(pk=due.pk)
    assert (due.state, due.answered, due.passed) == ("signed", 0, 0)


def test_how_many_were_answered_well_is_not_even_counted_where_going_through_is_enough(publish):
    due = publish()
    gone_through(due, at=SOON)
    assert Due.objects.get(pk=due.pk).passed == 0


# How colleagues answered


def many(hana, ines, count: int) -> list[User]:
    people = [MemberFactory() for _ in range(count)]
    put_out(hana, ines, chosen(begun(hana), hana, asks=1, ours=["leak"]))
    settled()
    return people


def let_answer(person, *, good: bool) -> None:
    due = actions.open_due(actor=person, due=queries.owed(person).get(), at=AT)
    answer(due, good=good)


def test_shares_are_shown_from_ten_on_and_follow_in_steps_of_ten(hana, ines):
    people = many(hana, ines, 21)
    published = Publication.objects.get()
    for number, person in enumerate(people, 1):
        let_answer(person, good=number % 3 != 0)
        shown = queries.shares(published, ["leak"])
        assert (shown["leak"].people if shown else 0) == number // 10 * 10
    counted = shown["leak"]
    assert sum(counted.counts) == 20 and sum(counted.percents) == 100


def test_hr_sees_where_people_hesitate_by_section_and_never_for_fewer_than_ten(hana, ines):
    people = many(hana, ines, 10)
    published = Publication.objects.get()
    for person in people[:9]:
        let_answer(person, good=False)
    assert queries.hesitations(published, "en") == []
    let_answer(people[9], good=True)
    (found,) = queries.hesitations(published, "en")
    assert (found.count, found.people, found.percent) == (9, 10, 90)
    assert found.what == "Everybody is talking about it already"


# Evidence


def test_what_is_asked_is_published_with_the_text_and_cannot_be_changed(publish):
    due = publish()
    audit.seal()
    assert list(evidence.faults()) == []
    pool = Pool.objects.get()
    assert len(pool.situations) == len(bank.keys_for("everybody"))
    changed = [{**pool.situations[0], "good": [True, True, True, True]}, *pool.situations[1:]]
    Pool.objects.update(situations=changed)
    assert list(evidence.faults()) == [f"pool of publication:{due.publication_id} was changed"]
    Pool.objects.all().delete()
    assert list(evidence.faults()) == [f"pool of publication:{due.publication_id} was changed"]


def test_a_forged_passing_is_named(publish):
    due = publish()
    gone_through(due, at=SOON)
    receipt = sign(due)
    audit.seal()
    Receipt.objects.filter(pk=receipt.pk).update(situations="passed")
    assert list(evidence.faults()) == [f"receipt:{receipt.pk} was changed"]


def test_what_was_drawn_for_somebody_stays_when_the_bank_grows(publish, monkeypatch):
    due = publish()
    before = [one.key for one in queries.steps_of(due).asked]
    monkeypatch.setattr(bank, "ours", dict)
    assert [one.key for one in queries.steps_of(due).asked] == before


# Choosing


def own(title="The van", *, good=(True, False), **more) -> bank.Situation:
    said = {
        "scene": "You park the van.",
        "helps": "Ask.",
        "answers": (("Here", "Why not"), ("There", "Because")),
    } | more
    answers = tuple(bank.Answer(*one) for one in said.pop("answers"))
    told = bank.Telling(title=title, answers=answers, **said)
    return bank.Situation("hr-1", bank.OWN, ("customers",), good, {"en": told})


def test_hr_writes_their_own_and_it_is_asked(publish):
    due = publish(asks=1, ours=[], own=[own()])
    assert queries.steps_of(due).now.told("en")[0].scene == "You park the van."


def test_a_next_version_begins_with_the_situations_of_the_last(hana, ines, publish):
    due = publish(asks=2, must_pass=True, own=[own()])
    version = actions.begin_version(actor=hana, guideline=due.guideline, at=AT)
    assert (version.asks, version.must_pass, len(version.own)) == (2, True, 1)
    assert version.ours == bank.keys_for("everybody")


def test_of_two_who_choose_at_once_the_second_is_told(hana, ines):
    version = begun(hana)
    chosen(version, hana, ours=["leak"])
    stale = type(version).objects.get(pk=version.pk)
    chosen(version, hana, ours=["party"])
    with pytest.raises(actions.EditedMeanwhile):
        chosen(stale, ines, ours=["forum"])
    version.refresh_from_db()
    assert version.ours == ["party"]


def test_what_is_no_draft_any_more_is_not_changed_and_members_choose_nothing(hana, ines):
    version = begun(hana)
    with pytest.raises(actions.NotAllowed):
        chosen(version, MemberFactory())
    put_out(hana, ines, version)
    with pytest.raises(actions.MovedOn, match="sent this version on"):
        chosen(version, hana)


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ({"asks": 6}, "none to five"),
        ({"own": [own(scene="x" * 2000)]}, "longer than a situation can be"),
        ({"own": [own(), own()]}, "the same key"),
        ({"own": [own() for _ in range(21)]}, "more than 20 situations"),
    ],
)
def test_too_much_is_refused_in_words(hana, bad, sentence):
    with pytest.raises(actions.NotReady, match=sentence):
        chosen(begun(hana), hana, **bad)


@pytest.mark.parametrize(
    ("half", "sentence"),
    [
        (own(helps=""), "needs a title, a scene"),
        (own(answers=(("Here", "Why not"),), good=(True,)), "two answers at least"),
        (own(good=(False, False)), "needs a good answer"),
    ],
)
def test_what_is_half_written_is_said_before_anybody_reviews_it(hana, half, sentence):
    version = chosen(begun(hana), hana, own=[half])
    with pytest.raises(actions.NotReady, match=sentence):
        actions.submit_version(actor=hana, version=version, at=AT)


def test_marks_that_nobody_sees_and_unknown_keys_are_left_out(hana):
    version = chosen(begun(hana), hana, ours=["leak", "nothing"], own=[own("The\u202e  van")])
    assert version.ours == ["leak"] and version.own[0]["texts"]["en"]["title"] == "The van"
