from datetime import UTC, datetime

import pytest

from guidelines import actions, queries, texts
from guidelines.models import Publication, Version
from tests.factories import MemberFactory

AT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@pytest.fixture
def hana():
    return MemberFactory(name="Hana", roles=["hr"])


@pytest.fixture
def ines():
    return MemberFactory(name="Ines", roles=["hr"])


def a_text(body: str = "Ask before you show a customer.") -> texts.Text:
    return texts.Text(
        "Speaking about the firm online",
        "What you may do, what you may not, and who helps.",
        (texts.Section("customers", texts.RULE, "Customers", body),),
    )


def words(body: str = "Ask before you show a customer.", **more) -> actions.VersionWords:
    said = {"texts": {"en": a_text(body)}, "what_changed": {"en": "One sentence is clearer."}}
    return actions.VersionWords(**(said | more))


def begun(hana, *, name="Speaking about the firm online", audience=None, at=AT, **more) -> Version:
    return actions.begin_guideline(
        actor=hana, name=name, language="en", words=words(**more), audience=audience, helper=hana, at=at
    )


def put_out(hana, ines, version: Version, *, at=AT) -> Publication:
    """Sent to review by one, published by the other."""
    actions.submit_version(actor=hana, version=version, at=at)
    return actions.publish_version(actor=ines, version=version, edition=version.edition, at=at)


def next_one(hana, ines, guideline, *, at=AT, **more) -> Publication:
    version = actions.begin_version(actor=hana, guideline=guideline, at=at)
    actions.edit_version(actor=hana, version=version, edition=version.edition, words=words(**more), at=at)
    return put_out(hana, ines, version, at=at)


def settled(at=AT) -> int:
    """How many passes changed something."""
    passes = 0
    while actions.settle_all(at=at):
        passes += 1
        assert passes < 50, "it never comes to an end"
    return passes


def gone_through(due, *, at=AT, well: bool = True) -> None:
    """All situations that are left of it, each answered well or badly."""
    while now := queries.steps_of(due).now:
        answered = actions.answer_situation(
            actor=due.member, due=due, key=now.key, choice=now.good.index(well), at=at
        )  # fmt: skip
        assert answered.counted
