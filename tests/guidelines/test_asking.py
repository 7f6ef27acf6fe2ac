"""Nobody is asked twice, and nobody is forgotten."""

from datetime import timedelta
from random import Random

import pytest

from accounts.models import User
from audiences.models import Audience
from guidelines import actions, queries
from guidelines.models import OWED, Due, Receipt
from notifications.models import Notice
from tests.factories import MemberFactory
from tests.guidelines.conftest import AT, begun, next_one, put_out, settled

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
IN_HULL = {"in": [{"kind": "place", "values": ["Hull"]}], "who": [], "except": []}


def for_hull() -> Audience:
    return Audience.objects.create(terms=IN_HULL, made_at=AT)


def owing(guideline) -> set[int]:
    return set(Due.objects.filter(guideline=guideline, state__in=OWED).values_list("member", flat=True))


def sign(member, guideline, at=AT):
    due = queries.owed(member).get(guideline=guideline)
    actions.open_due(actor=member, due=due, at=at)
    return actions.sign_due(
        actor=member, due=due, fingerprint=due.publication.fingerprint, language="en", typed_name=member.name,
        at=at + timedelta(seconds=due.publication.least_seconds),
    )  # fmt: skip


def test_who_it_is_for_is_asked_once_and_a_second_pass_asks_nobody(hana, ines):
    here, _elsewhere = MemberFactory(place="Hull"), MemberFactory(place="Lyon")
    made = put_out(hana, ines, begun(hana, audience=for_hull()))
    assert settled() and owing(made.guideline) == {here.pk}
    assert settled() == 0 and Due.objects.get().due_at == AT + 14 * DAY


def test_a_joiner_is_asked_on_the_first_day_and_a_leaver_no_more(hana, ines):
    made = put_out(hana, ines, begun(hana))
    settled()
    joiner = MemberFactory()
    settled(AT + DAY)
    assert joiner.pk in owing(made.guideline)
    User.objects.filter(pk=joiner.pk).update(is_active=False)
    settled(AT + 2 * DAY)
    assert joiner.pk not in owing(made.guideline)
    receipt = Receipt.objects.get(member=joiner)
    assert (receipt.kind, receipt.opened) == ("left", False)


def test_a_material_change_asks_again_and_an_editorial_one_does_not(hana, ines):
    member = MemberFactory(place="Hull")
    first = put_out(hana, ines, begun(hana, audience=for_hull()))
    settled()
    sign(member, first.guideline)
    next_one(hana, ines, first.guideline, at=AT + DAY, change="editorial")
    assert settled(AT + DAY) == 0 and not owing(first.guideline)
    next_one(hana, ines, first.guideline, at=AT + 2 * DAY, change="material")
    settled(AT + 2 * DAY)
    assert owing(first.guideline) == {member.pk}


def test_a_change_for_some_asks_those_alone(hana, ines):
    hull, lyon = MemberFactory(place="Hull"), MemberFactory(place="Lyon")
    first = put_out(hana, ines, begun(hana))
    settled()
    for member in (hull, lyon, hana, ines):
        sign(member, first.guideline)
    next_one(hana, ines, first.guideline, change="some", some=for_hull())
    settled()
    assert owing(first.guideline) == {hull.pk}


def test_who_still_owes_the_last_version_owes_the_new_one_by_the_day_that_was_set(hana, ines):
    member = MemberFactory(place="Hull")
    first = put_out(hana, ines, begun(hana, audience=for_hull()))
    settled()
    next_one(hana, ines, first.guideline, at=AT + DAY, change="editorial")
    settled(AT + DAY)
    due = queries.owed(member).get()
    assert (due.publication.number, due.due_at) == (2, AT + 14 * DAY)
    assert Receipt.objects.get(member=member).kind == "superseded"


def test_after_a_withdrawal_nobody_owes_anything(hana, ines):
    member = MemberFactory(place="Hull")
    made = put_out(hana, ines, begun(hana, audience=for_hull()))
    settled()
    actions.withdraw_version(actor=ines, version=made.version, at=AT)
    settled()
    assert not owing(made.guideline) and Receipt.objects.get(member=member).kind == "withdrawn"


@pytest.mark.parametrize("seed", range(8))
def test_whatever_happens_exactly_those_are_asked_who_have_to_sign(hana, ines, seed):
    random, at = Random(seed), AT
    members = [MemberFactory(place=random.choice(["Hull", "Lyon"])) for _ in range(6)]
    guideline = put_out(hana, ines, begun(hana, audience=random.choice([None, for_hull()]))).guideline
    hull = for_hull()
    for _ in range(25):
        at += DAY
        do = random.choice(
            ["move", "leave", "return", "join", "sign", "sign", "decline", "publish", "withdraw", "nothing"]
        )
        somebody = random.choice(members)
        if do == "move":
            User.objects.filter(pk=somebody.pk).update(place=random.choice(["Hull", "Lyon"]))
        elif do in ("leave", "return"):
            User.objects.filter(pk=somebody.pk).update(is_active=do == "return")
        elif do == "join":
            members.append(MemberFactory(place=random.choice(["Hull", "Lyon"])))
        elif do in ("sign", "decline") and (due := queries.owed(somebody).first()):
            if do == "sign":
                sign(User.objects.get(pk=somebody.pk), guideline, at) if somebody.is_active else None
            elif due.state == "open":
                actions.decline_due(actor=somebody, due=due, reason="", at=at)
        elif do == "publish":
            change = random.choice(["editorial", "material", "some"])
            next_one(hana, ines, guideline, at=at, change=change, some=hull if change == "some" else None)
        elif do == "withdraw" and (published := queries.current(guideline)):
            actions.withdraw_version(actor=hana, version=published.version, at=at)
        settled(at)
        agrees_with_a_slow_count(guideline)


def agrees_with_a_slow_count(guideline) -> None:
    """Member by member, in plain words, beside what the one pass made of it."""
    published = queries.current(guideline)
    everybody = {one.pk: one for one in User.objects.filter(is_active=True)}
    within = {pk for pk, one in everybody.items() if guideline.audience is None or one.place == "Hull"}
    have_to = set()
    for pk in within if published else ():
        signed = [
            row.publication.number
            for row in Receipt.objects.filter(member=pk, kind="signed").select_related("publication")
        ]
        concern = {"first", "material", "some" if everybody[pk].place == "Hull" else ""}
        material = [one.number for one in guideline.publications.all() if one.change in concern]
        if max(signed, default=0) < max(material):
            have_to.add(pk)
    assert owing(guideline) == have_to
    rows = Due.objects.filter(guideline=guideline, state__in=OWED)
    assert all(row.publication_id == published.pk for row in rows) and rows.count() == len(have_to)


def test_who_is_asked_hears_of_it_once_and_not_again_for_a_change_of_wording(hana, ines):
    member = MemberFactory(place="Hull")
    first = put_out(hana, ines, begun(hana, audience=for_hull()))
    settled()
    assert actions.tell_dues(at=AT) == 1 and actions.tell_dues(at=AT) == 0
    notice = Notice.objects.get(member=member)
    assert "Speaking about the firm online" in notice.text and notice.url.endswith(f"/{first.guideline_id}/")
    next_one(hana, ines, first.guideline, at=AT + DAY, change="editorial")
    settled(AT + DAY)
    assert actions.tell_dues(at=AT + DAY) == 0 and Notice.objects.filter(kind="guideline.asked").count() == 1
    sign(member, first.guideline, AT + DAY)
    assert Notice.objects.get(member=member).read_at, "what it asked for is done"


def test_after_a_withdrawal_nobody_hears_of_it(hana, ines):
    MemberFactory(place="Hull")
    made = put_out(hana, ines, begun(hana, audience=for_hull()))
    settled()
    actions.tell_dues(at=AT)
    actions.withdraw_version(actor=ines, version=made.version, at=AT)
    assert not Notice.objects.filter(kind="guideline.asked").exists()
