"""Reminders and questions in a pack: what was done and when, and of a question nothing that is somebody's own."""

import hashlib
from datetime import timedelta

import pytest

from guidelines import actions
from guidelines.models import Due
from tests.factories import MemberFactory
from tests.guidelines.conftest import AT, begun, put_out, settled
from tests.guidelines.packing import asked, made, table, unpacked
from tests.guidelines.test_situations import chosen

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture
def mina():
    return MemberFactory(name="Mina Okafor")


@pytest.fixture
def published(hana, ines, mina):
    made = put_out(hana, ines, begun(hana))
    settled()
    return made


def question_of(mina, hana, published, words="May I show the secret lock?"):
    about = actions.About(published.guideline, "customers")
    asked = actions.ask_question(actor=mina, helper=hana, words=words, about=about, at=AT + DAY)
    return actions.answer_question(actor=hana, question=asked, answer="Only in secret.", at=AT + 2 * DAY)


def test_who_was_reminded_and_when(hana, published, mina, tmp_path):
    Due.objects.filter(member=mina).update(remind_at=AT + DAY)
    while actions.remind_dues(at=AT + DAY):
        pass
    (row,) = table(unpacked(made(asked(hana, at=AT + DAY), at=AT + DAY), tmp_path / "out"), "reminders.csv")
    assert (row["kind"], row["member_name"], row["told_name"], row["version"]) == (
        "person", "Mina Okafor", "Mina Okafor", "1",
    )  # fmt: skip
    before = unpacked(made(asked(hana, day=AT.date(), at=AT + DAY), at=AT + DAY), tmp_path / "before")
    assert table(before, "reminders.csv") == []


def test_of_a_question_neither_words_nor_asker(hana, published, mina, tmp_path):
    question_of(mina, hana, published)
    folder = unpacked(made(asked(hana, at=AT + 3 * DAY), at=AT + 3 * DAY), tmp_path / "out")
    (row,) = table(folder, "questions.csv")
    assert (row["section"], row["answered_by_name"], row["case_book_question"]) == ("customers", "Hana", "")
    text = (folder / "questions.csv").read_text()
    assert "secret" not in text and "Mina" not in text


def test_what_both_put_into_the_case_book_is_in_it(hana, published, mina, tmp_path):
    question = question_of(mina, hana, published)
    case = actions.propose_case(actor=hana, question=question, words="May I?", answer="Yes.", at=AT + 2 * DAY)
    actions.decide_case(actor=mina, case=case, agrees=True, at=AT + 2 * DAY)
    folder = unpacked(made(asked(hana, at=AT + 3 * DAY), at=AT + 3 * DAY), tmp_path / "out")
    assert [row["case_book_answer"] for row in table(folder, "questions.csv")] == ["Yes."]


def test_a_pack_about_one_person_says_nothing_of_their_questions(hana, published, mina, tmp_path):
    question_of(mina, hana, published)
    pack = asked(hana, at=AT + 3 * DAY, person="Mina Okafor")
    assert table(unpacked(made(pack, at=AT + 3 * DAY), tmp_path / "out"), "questions.csv") == []


def test_the_situations_that_were_asked_are_a_file_with_their_fingerprint(hana, ines, tmp_path):
    put_out(hana, ines, chosen(begun(hana), hana, ours=["leak", "party", "forum"]))
    folder = unpacked(made(asked(hana)), tmp_path / "out")
    (row,) = table(folder, "publications.csv")
    file = folder / row["file"].replace(".json", "-situations.json")
    assert hashlib.sha256(file.read_bytes()).hexdigest() == row["situations_fingerprint"]
