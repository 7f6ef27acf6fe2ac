"""A member learns: their place, their paths, a certificate; and all of it goes when they say so."""

from datetime import timedelta

import pytest

from accounts.models import User
from core.models import AuditEntry
from learning import actions, queries, shipped
from learning.models import Certificate, ChosenPath, Progress
from tests.factories import MemberFactory
from tests.guidelines.test_views import signed_in
from tests.learning.conftest import AT, finish, ours, put_out

pytestmark = pytest.mark.django_db


def paths_of(member) -> list[queries.PathRow]:
    return queries.path_rows(member, queries.library(), queries.progress_of(member))


def today_of(member) -> queries.Today | None:
    rows = queries.rows_of(queries.library().values(), queries.progress_of(member), member.language)
    return queries.today(paths_of(member), rows)


def test_the_place_is_remembered_until_the_end(member):
    lesson = ours()
    last = len(lesson.original.cards)
    actions.keep_place(actor=member, lesson=lesson, card=3, at=AT)
    assert queries.place_in(member, lesson) == 3
    actions.keep_place(actor=member, lesson=lesson, card=99, at=AT)
    row = Progress.objects.get()
    assert row.card == last and row.read_at == AT and row.done_at is None
    assert queries.place_in(member, lesson) == 0


def test_going_back_after_reading_takes_nothing_away(member):
    actions.say_read(actor=member, lesson=ours(), at=AT)
    actions.keep_place(actor=member, lesson=ours(), card=0, at=AT + timedelta(days=1))
    assert Progress.objects.get().read_at == AT


def test_an_older_place_that_arrives_late_takes_nothing_back(member):
    actions.keep_place(actor=member, lesson=ours(), card=2, at=AT)
    actions.say_done(actor=member, lesson=ours(), at=AT)
    row = actions.keep_place(actor=member, lesson=ours(), card=1, at=AT + timedelta(seconds=1))
    assert (row.card, row.read_at, row.done_at) == (1, AT, AT)


def test_done_is_said_once_and_keeps_its_day(member):
    actions.say_done(actor=member, lesson=ours(), at=AT)
    actions.say_done(actor=member, lesson=ours(), at=AT + timedelta(days=9))
    assert Progress.objects.get().done_at == AT


def test_what_is_worth_a_few_minutes_says_why(member):
    assert today_of(member).row.lesson.key == "first-week"
    finish(member)
    assert "Design engineer" not in today_of(member).why
    assert (
        today_of(member).row.lesson.key == "listening" and "because your title says “engineer”" in today_of(member).why
    )
    actions.choose_path(actor=member, path=shipped.paths()["leaders"], at=AT)
    assert today_of(member).row.lesson.key == "one-reader" and "For people who lead" in today_of(member).why
    actions.keep_place(actor=member, lesson=ours("access"), card=1, at=AT)
    assert today_of(member).row.lesson.key == "access" and today_of(member).why == "You have begun it."
    actions.say_read(actor=member, lesson=ours("photos"), at=AT)
    assert today_of(member).row.is_read and today_of(member).row.lesson.key == "photos"


def test_who_has_done_all_of_it_is_offered_nothing(member):
    for key in shipped.lessons():
        actions.say_done(actor=member, lesson=ours(key), at=AT)
    assert today_of(member) is None


@pytest.mark.parametrize(
    ("title", "skills", "roles", "path", "why"),
    [
        ("Account manager", [], [], "sales", "because your title says “Account manager”"),
        ("Vertriebsleiterin", [], [], "sales", "because your title says “Vertriebsleiterin”"),
        ("Bereichsleiter", [], [], "leaders", "because your title says “Bereichsleiter”"),
        ("Porter", ["Welding", "Nursery teacher"], [], "care", "because you know about “Nursery teacher”"),
        ("Porter", [], ["hr"], "hr", "because of what you do here: HR"),
        ("Porter", [], ["curator"], "speakers", "because of what you do here: Curator"),
        ("Porter", [], [], "sales", ""),
        ("Misleading", [], [], "leaders", ""),
    ],
)  # fmt: skip
def test_a_path_is_offered_with_its_reason(title, skills, roles, path, why):
    member = User(job_title=title, skills=skills, roles=roles)
    assert queries.why_suits(shipped.paths()[path], member) == why


def test_paths_stand_in_the_order_everybodys_chosen_suiting_others(member):
    actions.choose_path(actor=member, path=shipped.paths()["speakers"], at=AT)
    assert [one.path.key for one in paths_of(member)][:3] == ["everybody", "speakers", "product"]
    actions.leave_path(actor=member, path=shipped.paths()["speakers"])
    assert not any(one.is_chosen for one in paths_of(member))


def test_a_certificate_is_made_of_a_finished_path_once_and_says_no_score(member):
    path = shipped.paths()["everybody"]
    with pytest.raises(actions.NotReady):
        actions.make_certificate(actor=member, path=path, at=AT)
    finish(member)
    made = actions.make_certificate(actor=member, path=path, at=AT + timedelta(hours=1))
    again = actions.make_certificate(actor=member, path=path, at=AT + timedelta(days=1))
    assert made == again and made.finished_at == AT
    assert [one["title"] for one in made.lessons] == [ours(key).original.title for key in path.lessons]
    assert len(made.number) == 9


def test_a_certificate_is_found_by_its_owner_only(member):
    finish(member)
    made = actions.make_certificate(actor=member, path=shipped.paths()["everybody"], at=AT)
    assert queries.certificate_of(member, made.number) == made
    for roles in ([], ["hr"], ["administrator"], ["curator"]):
        assert queries.certificate_of(MemberFactory(roles=roles), made.number) is None


def test_a_hidden_lesson_is_no_hurdle_to_a_certificate(member, cora):
    actions.hide_lesson(actor=cora, key="first-week", at=AT)
    for key in ("voice", "disclosure"):
        actions.say_done(actor=member, lesson=ours(key), at=AT)
    made = actions.make_certificate(actor=member, path=shipped.paths()["everybody"], at=AT)
    assert len(made.lessons) == 2


def test_deleting_takes_everything_of_theirs_and_nothing_of_others(member):
    other = MemberFactory()
    for one in (member, other):
        finish(one)
        actions.choose_path(actor=one, path=shipped.paths()["sales"], at=AT)
        actions.make_certificate(actor=one, path=shipped.paths()["everybody"], at=AT)
    actions.forget_progress(actor=member)
    assert not queries.has_anything(member) and queries.has_anything(other)


def test_a_person_who_is_erased_takes_their_progress_along(member):
    finish(member)
    actions.make_certificate(actor=member, path=shipped.paths()["everybody"], at=AT)
    member.delete()
    assert not (Progress.objects.exists() or Certificate.objects.exists() or ChosenPath.objects.exists())


def test_learning_leaves_no_word_in_the_audit_trail(member, cora):
    put_out(cora)
    before = AuditEntry.objects.count()
    finish(member)
    actions.choose_path(actor=member, path=shipped.paths()["sales"], at=AT)
    actions.make_certificate(actor=member, path=shipped.paths()["everybody"], at=AT)
    actions.forget_progress(actor=member)
    assert AuditEntry.objects.count() == before


def test_a_certificate_comes_as_a_pdf_for_its_owner_only(member):
    finish(member)
    made = actions.make_certificate(actor=member, path=shipped.paths()["everybody"], at=AT)
    address = f"/learning/certificates/{made.number}/certificate.pdf"
    answer = signed_in(member).get(address)
    assert answer.content.startswith(b"%PDF") and b"StructTreeRoot" in answer.content
    assert signed_in(MemberFactory(roles=["hr"])).get(address).status_code == 404
