"""Keeping audiences and lists: who may, what is refused, what a page and a counting browser get."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from accounts.models import User
from audiences import actions, queries
from audiences.actions import CannotKeep
from audiences.forms import found_members, sent_terms
from audiences.models import Audience, Listed, MemberList
from audiences.sentences import Names, kind_words, sentence
from audiences.terms import cleaned
from core import clock
from tests.content.conftest import signed_in
from tests.factories import AudienceFactory, MemberFactory, MemberListFactory, StoryFactory, TeamFactory

pytestmark = pytest.mark.django_db
NAMES = Names({"1": "Repair", "2": "Workshop"}, {"7": "Apprentices"})


@pytest.fixture
def sofia() -> User:
    return MemberFactory(name="Sofia Lindqvist", roles=["curator"])


@pytest.fixture
def desk(sofia: User) -> Client:
    return signed_in(sofia)


def term(kind: str, *values: Any) -> dict[str, Any]:
    return {"kind": kind, "values": list(values)}


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({}, "Everyone"),
        ({"in": [term("team", 1, 2)]}, "Everyone in Repair or Workshop"),
        (
            {"in": [term("team", 1, 2)], "who": [term("language", "de")], "except": [term("list", 7)]},
            "Everyone in Repair or Workshop who reads German, except the list Apprentices",
        ),
        ({"who": [term("skill", "welding"), term("country", "DE")]}, "Everyone who is in Germany and knows welding"),
        ({"in": [term("place", "Leeds"), term("skill", "welding")]}, "Everyone in Leeds, or who knows welding"),
        (
            {"in": [term("place", "Leeds"), term("skill", "welding")], "except": [term("role", "hr")]},
            "Everyone in Leeds, or who knows welding, except HR",
        ),
        (
            {"in": [term("place", "Leeds"), term("skill", "welding")], "who": [term("language", "de")]},
            "Everyone in Leeds, or who knows welding, who reads German",
        ),
        ({"except": [term("role", "hr"), term("team", 9)]}, "Everyone, except a team that is gone and HR"),
    ],
)
def test_terms_read_as_a_sentence(terms: dict[str, Any], said: str) -> None:
    assert sentence(cleaned(terms), NAMES) == said


def test_members_read_whom_it_is_for_and_never_who_is_left_out() -> None:
    teams = cleaned({"in": [term("team", 1, 2)], "except": [term("list", 7)]})
    assert kind_words(teams, NAMES) == "This story is for Repair and Workshop."
    assert "some of us" in kind_words(cleaned({"in": [term("list", 7)]}), NAMES)


@pytest.mark.parametrize("roles", [["curator"], ["hr"], ["administrator"]])
def test_who_writes_stories_or_looks_after_people_keeps_audiences(roles: list[str]) -> None:
    client, team = signed_in(MemberFactory(roles=roles)), TeamFactory()
    answer = client.post("/audiences/new/", {"name": "The bench", "for-in-team": [team.pk], "do": "save"})
    assert answer.status_code == 302
    assert Audience.objects.get(name="The bench").terms["in"] == [{"kind": "team", "values": [str(team.pk)]}]


@pytest.mark.parametrize("roles", [[], ["council"]])
def test_nobody_else_sees_a_page_or_a_name(roles: list[str]) -> None:
    client, kept = signed_in(MemberFactory(roles=roles)), AudienceFactory()
    pages = ["/audiences/", "/audiences/new/", f"/audiences/{kept.pk}/", "/audiences/lists/new/"]
    assert {client.get(page).status_code for page in pages} == {403}
    assert client.post("/audiences/count/", {"for-in-team": ["1"]}).status_code == 403
    with pytest.raises(CannotKeep):
        actions.compose_audience(actor=MemberFactory(roles=roles), terms={}, at=clock.now())


def test_the_count_comes_with_a_sentence_and_three_names(desk: Client) -> None:
    team = TeamFactory(name="Repair")
    for number in range(5):
        MemberFactory(team=team, name=f"Bench {number}")
    page = desk.post("/audiences/count/", {"for-in-team": [team.pk]}).content.decode()
    assert "Everyone in Repair" in page and "5 of" in page
    assert "Bench 4, Bench 3, Bench 2 and 2 more" in page and "Bench 1" not in page


def test_an_audience_of_nobody_is_said_in_a_sentence(desk: Client) -> None:
    page = desk.post("/audiences/count/", {"for": "composed", "for-in-place": ["Atlantis"]}).content.decode()
    assert "Nobody belongs to this audience now." in page


@pytest.mark.parametrize("sent", [{"for-in-team": ["x", "9" * 40, "-1"]}, {"for-in-skill": ["'; --%s"]}, {"for": "77"}])
def test_whatever_a_browser_sends_is_counted(desk: Client, sent: dict[str, Any]) -> None:
    assert desk.post("/audiences/count/", sent).status_code == 200


def test_the_button_counts_without_saving_and_keeps_what_was_typed(desk: Client) -> None:
    team = TeamFactory(name="Repair")
    page = desk.post("/audiences/new/", {"name": "The bench", "for-in-team": [team.pk], "do": "count"})
    assert page.status_code == 200 and 'value="The bench"' in page.content.decode()
    assert f'name="for-in-team" value="{team.pk}" checked' in page.content.decode()
    assert not Audience.objects.exists()


def test_each_of_the_chosen_skills_can_be_asked_for() -> None:
    sent = QueryDict("for-who-skill=welding&for-who-skill=first aid&for-who-skill-all=1")
    assert sent_terms(sent)["who"] == [term("skill", "first aid"), term("skill", "welding")]


def test_an_audience_without_a_name_or_of_everybody_is_refused_with_what_was_typed(desk: Client) -> None:
    team = TeamFactory()
    nameless = desk.post("/audiences/new/", {"name": " ", "for-in-team": [team.pk]})
    assert nameless.status_code == 422 and f'value="{team.pk}" checked' in nameless.content.decode()
    empty = desk.post("/audiences/new/", {"name": "The bench"})
    assert empty.status_code == 422 and "this would be everybody" in empty.content.decode()
    AudienceFactory(name="Taken")
    taken = desk.post("/audiences/new/", {"name": "taken", "for-in-team": [team.pk]})
    assert taken.status_code == 422 and "of that name already" in taken.content.decode()


def test_two_who_change_one_audience_notice_each_other(sofia: User) -> None:
    kept = AudienceFactory(team=[1])
    shown = kept.edition
    actions.save_audience(actor=sofia, audience=kept, name="New", terms=kept.terms, edition=shown, at=clock.now())
    with pytest.raises(CannotKeep, match="Somebody else changed"):
        actions.save_audience(actor=sofia, audience=kept, name="Old", terms=kept.terms, edition=shown, at=clock.now())
    kept.refresh_from_db()
    assert kept.name == "New"


def test_what_a_story_uses_is_not_deleted(desk: Client) -> None:
    kept = AudienceFactory(name="The bench")
    StoryFactory(audience=kept)
    assert "Used in 1 place" in desk.get("/audiences/").content.decode()
    page = desk.post(f"/audiences/{kept.pk}/delete/", follow=True)
    assert (
        "Stories, feeds or guidelines use this audience" in page.content.decode()
        and Audience.objects.filter(pk=kept.pk).exists()
    )


def test_what_nothing_uses_is_deleted(desk: Client) -> None:
    kept = AudienceFactory()
    desk.post(f"/audiences/{kept.pk}/delete/")
    assert not Audience.objects.exists()


def test_the_same_terms_without_a_name_are_one_row(sofia: User) -> None:
    made = [
        actions.compose_audience(actor=sofia, terms={"in": [term("team", *order)]}, at=clock.now())
        for order in ([1, 2], [2, 1, 1])
    ]
    assert made[0] == made[1] and Audience.objects.count() == 1
    assert actions.compose_audience(actor=sofia, terms={}, at=clock.now()) is None


def test_a_list_takes_colleagues_by_address_sign_in_name_or_name(desk: Client) -> None:
    ada, joe = MemberFactory(name="Ada King", email="ada@firm.example"), MemberFactory(name="Joe", sign_in_name="k-17")
    mary = MemberFactory(name="Mary Sherwood")
    desk.post("/audiences/lists/new/", {"name": "Apprentices", "people": "ADA@firm.example\nK-17\r\nmary sherwood\n"})
    kept = MemberList.objects.get(name="Apprentices")
    assert set(kept.members.all()) == {ada, joe, mary}
    desk.post(f"/audiences/lists/{kept.pk}/", {"name": "Apprentices", "people": "", "drop": [joe.pk, "x"]})
    assert set(kept.members.all()) == {ada, mary}


def test_an_unknown_or_shared_name_is_refused_and_the_lines_come_back(desk: Client) -> None:
    kept = MemberListFactory(name="Apprentices")
    for _ in range(2):
        MemberFactory(name="Sam Reed")
    gone = MemberFactory(name="Old Hand", is_active=False)
    typed = f"Sam Reed\nnobody@firm.example\n{gone.email}"
    page = desk.post(f"/audiences/lists/{kept.pk}/", {"name": "Apprentices", "people": typed})
    assert page.status_code == 422 and not Listed.objects.exists()
    for line in typed.splitlines():
        assert page.content.decode().count(line) >= 2


def test_people_are_found_by_three_queries_however_many_lines(django_assert_num_queries: Any) -> None:
    lines = [f"nobody{number}@firm.example" for number in range(200)]
    with django_assert_num_queries(3):
        assert found_members(lines) == ([], lines)


def test_a_list_that_an_audience_speaks_of_stays(desk: Client) -> None:
    kept = MemberListFactory()
    AudienceFactory(name="Young ones", terms={"in": [term("list", kept.pk)]})
    page = desk.post(f"/audiences/lists/{kept.pk}/delete/", follow=True).content.decode()
    assert "“Young ones” uses this list" in page and MemberList.objects.filter(pk=kept.pk).exists()
    Audience.objects.all().delete()
    desk.post(f"/audiences/lists/{kept.pk}/delete/")
    assert not MemberList.objects.exists()


def test_the_page_of_audiences_asks_the_same_for_one_and_for_three(
    desk: Client, django_assert_max_num_queries: Any
) -> None:
    StoryFactory(audience=AudienceFactory())
    desk.get("/audiences/")
    with django_assert_max_num_queries(14) as one:
        desk.get("/audiences/")
        asked = len(one)
    for _ in range(2):
        StoryFactory(audience=AudienceFactory(team=[TeamFactory().pk]))
        MemberListFactory()
    desk.get("/audiences/")
    with django_assert_max_num_queries(asked):
        desk.get("/audiences/")


def test_a_skill_is_written_as_somebody_wrote_it_before() -> None:
    MemberFactory(skills=["Welding"])
    member = MemberFactory(name="Ada King")
    page = signed_in(member).get("/me/").content.decode()
    assert "whether you are offered them" in page
    sent = {"name": "Ada King", "language": "en", "country": "GB", "time_zone": "Europe/London"}
    signed_in(member).post("/me/", sent | {"more_skills": " welding,  first   aid , Welding,, "})
    member.refresh_from_db()
    assert member.skills == ["Welding", "first aid"]
    assert queries.choices()["skill"] == [("first aid", "first aid"), ("Welding", "Welding")]
