"""What every page knows of the firm and of the member who looks."""

import pytest
from django.test import Client

from accounts.context import me_of, nav_of, role_word
from accounts.models import Organisation, User
from accounts.queries import organisation
from tests.accounts.conftest import BrowserOf
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
EVERYBODY = ["Today", "My posts", "Impact", "Teams"]


HOLDS, WATCHES = ["Who is speaking", "Pause sharing"], ["People", "Words to watch"]


@pytest.mark.parametrize(
    ("roles", "more"),
    [
        ([], []),
        (["curator"], ["Curate", "Lessons", *HOLDS, "Channels"]),
        (["hr"], [*WATCHES, "Guidelines desk", *HOLDS]),
        (["administrator"], [*WATCHES, *HOLDS, "Channels", "Operations", "Languages", "Settings"]),
        (["curator", "hr"], ["Curate", "Lessons", *WATCHES, "Guidelines desk", *HOLDS, "Channels"]),
        (["council"], []),
    ],
)
def test_places_follow_the_roles(roles: list[str], more: list[str]) -> None:
    member = MemberFactory(roles=roles)
    assert [place.label for place in nav_of(member, "/")] == EVERYBODY + more


def test_the_place_one_stands_at_is_marked(member: User) -> None:
    assert [place.label for place in nav_of(member, "/shares/7/") if place.current] == ["My posts"]
    assert [place.label for place in nav_of(member, "/") if place.current] == ["Today"]
    assert [place.label for place in me_of(member, "/me/accounts/").menu if place.current] == ["Connected accounts"]


def test_the_role_is_said_or_else_what_one_does() -> None:
    assert role_word(MemberFactory.build(roles=["hr"])) == "HR"
    assert role_word(MemberFactory.build(roles=[], job_title="Welder")) == "Welder"


def test_a_stranger_sees_the_firm_and_no_places() -> None:
    Organisation.objects.create(name="Brackenby Cycle Works")
    page = Client().get("/accounts/login/").content.decode()
    assert "Brackenby Cycle Works" in page and 'aria-label="Main"' not in page


def test_the_firm_is_asked_for_once_in_a_while(django_assert_num_queries) -> None:
    Organisation.objects.create(name="Firm")
    with django_assert_num_queries(1):
        assert [organisation().name for _ in range(5)] == ["Firm"] * 5


def test_before_the_set_up_there_is_a_firm_with_the_usual_values() -> None:
    assert organisation().pk is None and organisation().name


def test_a_member_reads_their_own_language(browser_of: BrowserOf) -> None:
    answer = browser_of(MemberFactory(language="de")).get("/me/", headers={"Accept-Language": "en"})
    assert '<html lang="de"' in answer.content.decode() and answer["Content-Language"] == "de"


def test_the_language_of_one_request_does_not_stay_for_the_next(browser_of: BrowserOf) -> None:
    browser_of(MemberFactory(language="de")).get("/me/")
    assert '<html lang="en"' in Client().get("/accounts/login/", headers={"Accept-Language": "en"}).content.decode()
