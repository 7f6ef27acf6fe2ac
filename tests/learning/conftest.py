from datetime import UTC, datetime

import pytest

from learning import actions, shipped, texts
from learning.models import WrittenLesson
from tests.factories import MemberFactory

AT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@pytest.fixture
def member():
    return MemberFactory(name="Mina Okafor", job_title="Design engineer")


@pytest.fixture
def cora():
    return MemberFactory(name="Cora", roles=["curator"])


@pytest.fixture
def karl():
    return MemberFactory(name="Karl", roles=["curator"])


def ours(key: str = "voice") -> texts.Lesson:
    return shipped.lessons()[key]


def a_card(key: str = "one", **more) -> texts.Card:
    return texts.Card(**({"key": key, "title": "Stand at the counter", "body": "Look who comes in."} | more))


def a_text(*cards: texts.Card, **more) -> texts.Text:
    said = {"title": "Our counter", "line": "Tell what you see there.", "exercise": "Write one sentence."} | more
    return texts.Text(**said, cards=cards or (a_card(),))


def written(cora, *cards: texts.Card, at=AT, **more) -> WrittenLesson:
    """A draft with everything it needs."""
    row = actions.begin_lesson(actor=cora, language="en", title="Our counter", at=at)
    return saved(cora, row, a_text(*cards, **more), at=at)


def saved(cora, row: WrittenLesson, text: texts.Text, *, language: str = "en", at=AT, **more) -> WrittenLesson:
    words = actions.LessonWords(language, text, **more)
    return actions.edit_lesson(actor=cora, lesson=row, edition=row.edition, words=words, at=at)


def put_out(cora, *cards: texts.Card, at=AT, **more) -> WrittenLesson:
    row = written(cora, *cards, at=at, **more)
    return actions.publish_lesson(actor=cora, lesson=row, edition=row.edition, at=at)


def finish(member, key: str = "everybody", *, at=AT) -> None:
    """Every exercise of a path is said to be done."""
    for lesson in shipped.paths()[key].lessons:
        actions.say_done(actor=member, lesson=ours(lesson), at=at)
