"""A made-up person of an audience is nobody's record, and no small group shows in what is taken for usual."""

import pytest

from accounts.models import User
from audiences import queries
from audiences.forms import PersonForm
from audiences.models import Audience
from audiences.terms import cleaned, everybody
from core import clock
from tests.factories import AudienceFactory, MemberFactory, MemberListFactory, TeamFactory

pytestmark = pytest.mark.django_db


def many(count: int, **fields) -> None:
    User.objects.bulk_create(
        User(name=f"Colleague {n}", email=f"c{n}@{fields['place']}.example", joined_at=clock.now(), **fields)
        for n in range(count)
    )


def terms(**clauses):
    return cleaned({name: [{"kind": kind, "values": values} for kind, values in given.items()]
                    for name, given in clauses.items()})  # fmt: skip


def test_the_commonest_combination_is_taken_where_ten_share_it():
    repair = TeamFactory(name="Repair")
    many(10, team=repair, place="Köln", country="DE", language="de")
    many(4, team=repair, place="Leeds", country="GB", language="en")
    found = queries.likely(everybody())
    assert found == {"team": str(repair.pk), "place": "Köln", "country": "DE", "language": "de", "role": ""}


def test_what_nine_share_is_taken_for_nobody():
    many(9, place="Köln", country="DE", language="de")
    assert queries.likely(everybody()) == {"team": "", "place": "", "country": "GB", "language": "en", "role": ""}


def test_a_small_audience_is_made_up_from_its_own_words():
    team = TeamFactory()
    MemberFactory(team=team, place="Porto", country="PT", language="pt")
    found = queries.likely(terms(**{"in": {"team": [str(team.pk)]}, "who": {"language": ["de"], "role": ["hr"]}}))
    assert found == {"team": str(team.pk), "place": "", "country": "GB", "language": "de", "role": "hr"}


def test_what_an_audience_leaves_out_is_not_made_up():
    found = queries.likely(terms(**{"except": {"country": ["GB"], "language": ["en"]}}))
    assert found["country"] not in ("", "GB")
    assert not queries.reaching(queries.made_up({"country": "GB"})).exists()


@pytest.mark.parametrize(
    "kind", ["team", "place", "country", "profession", "role", "language", "skill", "leads", "list"]
)
def test_the_person_belongs_to_the_audience_they_are_made_for(kind):
    value = {
        "team": lambda: str(TeamFactory().pk), "list": lambda: str(MemberListFactory().pk), "place": lambda: "Porto",
        "country": lambda: "PT", "role": lambda: "hr", "language": lambda: "de", "skill": lambda: "welding",
        "profession": lambda: "teacher", "leads": lambda: "others",
    }[kind]()  # fmt: skip
    MemberFactory(place="Porto", country="PT")
    for clause in ("in", "who"):
        audience = AudienceFactory(terms=terms(**{clause: {kind: [value]}}))
        person = PersonForm({}, terms=cleaned(audience.terms)).person
        assert queries.is_reached(person, audience.pk)


def test_without_what_else_it_asks_for_they_do_not_belong():
    said = terms(**{"in": {"list": [str(MemberListFactory(name="Apprentices").pk)]}, "who": {"skill": ["welding"]}})
    audience = AudienceFactory(terms=said)
    form = PersonForm({"besides": "no"}, terms=said)
    assert not queries.is_reached(form.person, audience.pk)
    assert "knows welding and is on the list Apprentices" in str(form["besides"])


def test_the_person_is_no_row_and_bears_no_name():
    MemberFactory(name="Noor Haddad")
    person = PersonForm({"team": "7 or 1=1", "country": "Atlantis", "pk": "1"}, terms=everybody()).person
    assert person.pk == 0 and person.name == "A made-up colleague" and person.team_id is None
    assert not User.objects.filter(pk=person.pk).exists() and not Audience.objects.exists()


def test_a_member_is_on_no_list_by_this():
    assert MemberFactory().also == ()
