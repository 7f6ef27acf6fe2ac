"""The same terms read three ways: plainly in Python, as a query for members, and inside the query for stories."""

from collections import defaultdict
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Team, User
from audiences import queries
from audiences.models import Audience
from audiences.terms import cleaned
from core import clock
from tests.factories import AudienceFactory, MemberFactory, MemberListFactory, TeamFactory

PLACES, SKILLS, ROLES = ["Leeds", "Köln", 'O"Hara: a, {b}'], ["welding", "Schweißen", "first aid"], ["curator", "hr"]


def holds(member: Any, term: dict[str, Any]) -> bool:
    """What a term says of one member, in the plainest words there are."""
    has = {
        "team": {str(member.team_id)} if member.team_id else set(),
        "place": {member.place},
        "country": {member.country},
        "profession": {member.profession},
        "language": {member.language},
        "role": set(member.roles),
        "skill": set(member.skills),
        "leads": {"others"} if any(one.manager_id == member.pk and one.is_active for one in member.all) else set(),
        "list": member.on_lists,
    }
    return bool(has[term["kind"]] & set(term["values"]))


def belongs(member: Any, terms: dict[str, list[dict[str, Any]]]) -> bool:
    return (
        member.is_active
        and (not terms["in"] or any(holds(member, term) for term in terms["in"]))
        and all(holds(member, term) for term in terms["who"])
        and not any(holds(member, term) for term in terms["except"])
    )


def some(values: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2)


class EveryWay(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        teams, lists = [TeamFactory() for _ in range(2)], [MemberListFactory() for _ in range(2)]
        cls.values = {
            "team": [str(one.pk) for one in teams] + ["999999"],
            "list": [str(one.pk) for one in lists] + ["999999"],
            "place": PLACES,
            "country": ["GB", "DE"],
            "profession": ["teacher", "nurse"],
            "language": ["en", "de"],
            "role": ROLES,
            "skill": SKILLS,
            "leads": ["others", "nobody"],
        }
        cls.on_lists: dict[int, set[str]] = defaultdict(set)
        leads: list[User] = []
        for number in range(13):
            member = MemberFactory(
                team=[*teams, None][number % 3],
                place=[*PLACES, ""][number % 4],
                country=["GB", "DE"][number // 2 % 2],
                profession=["teacher", "", "nurse"][number // 2 % 3],
                language=["en", "de"][number // 3 % 2],
                roles=[[], ["curator"], ["curator", "hr"]][number // 5 % 3],
                skills=SKILLS[number % 3 : number % 5],
                is_active=number != 7,
                password=None,
                manager=leads[number // 4] if number in (5, 6, 7, 9) else None,
            )
            leads.append(member)
            for place, one in enumerate(lists):
                if number % (place + 3) == 0:
                    one.rows.create(member=member)
                    cls.on_lists[member.pk].add(str(one.pk))

    def terms(self, draw: Any) -> dict[str, Any]:
        kinds = st.sampled_from(sorted(self.values))
        return {
            clause: [
                {"kind": kind, "values": draw(some(self.values[kind]))}
                for kind in draw(st.lists(kinds, max_size=3), label=clause)
            ]
            for clause in ("in", "who", "except")
        }

    @settings(
        max_examples=25, phases=[Phase.explicit, Phase.reuse, Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(st.data())
    def test_members_and_audiences_find_each_other(self, data: Any) -> None:
        terms = cleaned(self.terms(data.draw))
        audience = Audience.objects.create(terms=terms, made_at=clock.now())
        everybody: list[Any] = list(User.objects.all())
        for member in everybody:
            member.on_lists, member.all = self.on_lists[member.pk], everybody
        meant = {member.pk for member in everybody if belongs(member, terms)}
        assert set(queries.members_of(terms).values_list("pk", flat=True)) == meant
        assert queries.count(terms) == len(meant)
        reached = {member.pk for member in everybody if queries.is_reached(member, audience.pk)}
        assert reached == meant
        assert {one for one, audiences in queries.reached(everybody, [audience.pk]).items() if audiences} == meant


@pytest.mark.django_db
class TestMoving:
    def test_who_changes_team_gains_and_loses_at_once(self) -> None:
        repair, office = TeamFactory(), TeamFactory()
        for_repair, for_office = AudienceFactory(team=[repair.pk]), AudienceFactory(team=[office.pk])
        member = MemberFactory(team=repair)
        assert list(queries.reaching(member)) == [for_repair]
        member.team = office
        member.save()
        assert list(queries.reaching(member)) == [for_office]

    def test_who_is_put_on_a_list_belongs_at_once(self) -> None:
        apprentices, member = MemberListFactory(), MemberFactory()
        audience = AudienceFactory(terms={"in": [{"kind": "list", "values": [apprentices.pk]}]})
        assert not queries.is_reached(member, audience.pk)
        apprentices.rows.create(member=member)
        assert queries.is_reached(member, audience.pk)

    def test_who_leads_somebody_belongs_at_once_and_no_longer_when_that_one_is_gone(self) -> None:
        lead = MemberFactory()
        audience = AudienceFactory(terms={"who": [{"kind": "leads", "values": ["others"]}]})
        assert not queries.is_reached(lead, audience.pk)
        member = MemberFactory(manager=lead)
        assert queries.is_reached(lead, audience.pk) and not queries.is_reached(member, audience.pk)
        User.objects.filter(pk=member.pk).update(is_active=False)
        assert not queries.is_reached(lead, audience.pk) and queries.count(audience.terms) == 0

    def test_who_has_left_belongs_to_nothing(self) -> None:
        team = TeamFactory()
        audience, gone = AudienceFactory(team=[team.pk]), MemberFactory(team=team, is_active=False)
        assert not queries.is_reached(gone, audience.pk) and queries.count(audience.terms) == 0

    def test_a_team_that_is_gone_opens_nothing(self) -> None:
        team, member = TeamFactory(), MemberFactory(team=None)
        audience = AudienceFactory(team=[team.pk])
        Team.objects.all().delete()
        assert not queries.is_reached(member, audience.pk) and queries.count(audience.terms) == 0

    def test_members_are_found_in_one_query(self, django_assert_num_queries: Any) -> None:
        terms = cleaned(
            {
                "in": [{"kind": "team", "values": [1, 2]}, {"kind": "list", "values": [3]}],
                "who": [{"kind": "language", "values": ["de"]}, {"kind": "skill", "values": ["welding"]}],
                "except": [{"kind": "list", "values": [4]}, {"kind": "role", "values": ["hr"]}],
            }
        )
        with django_assert_num_queries(1):
            queries.count(terms)
        with django_assert_num_queries(1):
            queries.samples(terms)


@pytest.mark.parametrize(
    "nonsense",
    [None, [], "in", {"in": "team"}, {"in": [7, None, {"kind": "star sign", "values": ["leo"]}, {"kind": "team"}]}],
)
def test_what_cannot_be_read_says_nothing(nonsense: Any) -> None:
    assert cleaned(nonsense) == {"in": [], "who": [], "except": []}


def test_terms_of_one_kind_become_one_but_for_those_who_must_be_all() -> None:
    twice = [{"kind": "skill", "values": ["welding", "welding", " "]}, {"kind": "skill", "values": ["first  aid"]}]
    read = cleaned({"in": twice, "who": twice, "except": [{"kind": "team", "values": ["x", "12", "9" * 30]}]})
    assert read["in"] == [{"kind": "skill", "values": ["first aid", "welding"]}]
    assert read["who"] == [{"kind": "skill", "values": ["first aid"]}, {"kind": "skill", "values": ["welding"]}]
    assert read["except"] == [{"kind": "team", "values": ["12"]}]


def test_reading_twice_changes_nothing() -> None:
    once = cleaned({"who": [{"kind": "place", "values": ["Leeds", "Köln"]}]})
    assert cleaned(once) == once
