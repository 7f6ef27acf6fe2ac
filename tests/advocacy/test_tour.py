"""The tour of the demo: each door lets in the right person, and nobody anywhere else."""

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation, User
from advocacy import tour
from advocacy.demo import written
from content.models import Feed
from core import clock
from tests.factories import MemberFactory, StoryFactory

ROLES_OF = {
    "member": [],
    "curator": ["curator"],
    "second": ["curator"],
    "hr": ["hr"],
    "second_hr": ["hr"],
    "council": ["council"],
    "administrator": ["administrator"],
}


@pytest.fixture(autouse=True)
def demo(settings: Any) -> None:
    settings.DEMO = True


@pytest.fixture
def cast(db: None) -> dict[str, User]:
    return {
        role: MemberFactory(email=address, roles=ROLES_OF[role], password=None) for role, address in tour.ROLES.items()
    }


def signed_in(client: Client) -> int | None:
    number = client.session.get("_auth_user_id")
    return int(number) if number else None


def enter(client: Client, role: str, door: str = "") -> Any:
    return client.post(reverse("enter", args=[role]), {"door": door})


@pytest.mark.parametrize("role", list(tour.ROLES))
def test_each_role_lets_in_its_own_person(client: Client, cast: dict[str, User], role: str) -> None:
    assert enter(client, role).status_code == 302
    assert signed_in(client) == cast[role].pk


@pytest.mark.parametrize("door", tour.DOORS, ids=lambda door: door.key)
def test_each_door_leads_to_its_page_as_its_person(client: Client, cast: dict[str, User], door: tour.Door) -> None:
    story = StoryFactory(created_by=None)
    answer = enter(client, door.role, door.key)
    usual = {"share": f"/stories/{story.pk}/share/", "approve": "/curate/", "publish": "/guidelines/desk/"}
    assert answer["Location"] == (door.path or usual[door.key])
    assert signed_in(client) == cast[door.role].pk


def test_the_first_door_opens_a_story_that_was_not_shared_yet(client: Client, cast: dict[str, User]) -> None:
    assert enter(client, "member", "share")["Location"] == "/"  # nothing is live
    StoryFactory(state="draft", created_by=None)
    newest = StoryFactory(created_by=None)
    assert enter(client, "member", "share")["Location"] == f"/stories/{newest.pk}/share/"


def test_the_second_pair_of_eyes_sees_what_was_sent_last(client: Client, cast: dict[str, User]) -> None:
    at = clock.now()
    StoryFactory(state="in_review", submitted_by=cast["curator"], state_at=at - timedelta(hours=1))
    sent = StoryFactory(state="in_review", submitted_by=cast["curator"], state_at=at)
    StoryFactory(state="in_review", submitted_by=cast["second"], state_at=at + timedelta(hours=1))
    page = client.get(enter(client, "second", "approve")["Location"]).content.decode()
    assert sent.title in page and "Approve this story" in page


def test_a_second_door_changes_the_person(client: Client, cast: dict[str, User]) -> None:
    enter(client, "member")
    enter(client, "curator")
    assert signed_in(client) == cast["curator"].pk


def test_a_door_of_another_role_does_not_open(client: Client, cast: dict[str, User]) -> None:
    assert enter(client, "member", "people")["Location"] == "/"


def test_nobody_enters_by_a_link(client: Client, cast: dict[str, User]) -> None:
    """A mail scanner, or a picture on another page, opens links."""
    assert client.get(reverse("enter", args=["administrator"])).status_code == 405
    assert signed_in(client) is None


def test_nobody_enters_from_another_site(cast: dict[str, User]) -> None:
    client = Client(enforce_csrf_checks=True)
    assert enter(client, "administrator").status_code == 403
    assert signed_in(client) is None


@pytest.mark.parametrize("role", ["auditor", "owner", "mina"])
def test_a_role_without_a_door_is_not_found(client: Client, cast: dict[str, User], role: str) -> None:
    assert enter(client, role).status_code == 404
    assert signed_in(client) is None


def test_who_has_left_does_not_come_in(client: Client, cast: dict[str, User]) -> None:
    User.objects.filter(pk=cast["hr"].pk).update(is_active=False)
    assert enter(client, "hr").status_code == 404
    assert signed_in(client) is None


@pytest.mark.parametrize("role", list(tour.ROLES))
def test_without_the_demo_there_are_no_doors(client: Client, cast: dict[str, User], settings: Any, role: str) -> None:
    settings.DEMO = False
    assert enter(client, role).status_code == 404
    assert signed_in(client) is None


@pytest.mark.parametrize("page", ["/demo/", "/demo/feed.xml", "/demo/stories/a-bakery-sold-its-van/"])
def test_without_the_demo_its_pages_are_not_there(client: Client, db: None, settings: Any, page: str) -> None:
    settings.DEMO = False
    assert client.get(page).status_code == 404


def test_the_front_page_shows_every_door_and_says_that_all_is_invented(
    client: Client, cast: dict[str, User], settings: Any
) -> None:
    settings.SANDBOX_URL = "http://127.0.0.1:8001"
    page = client.get("/").content.decode()
    for door in tour.DOORS:
        assert f'name="door" value="{door.key}"' in page
        assert cast[door.role].name in page
    assert "All of it is invented" in page
    assert 'href="http://127.0.0.1:8001"' in page


def test_the_front_page_before_the_demo_is_loaded_says_so(client: Client, db: None) -> None:
    page = client.get("/").content.decode()
    assert "not loaded yet" in page
    assert "/demo/enter/" not in page and 'name="door"' not in page


def test_the_front_page_asks_the_database_little(
    client: Client, cast: dict[str, User], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(4):
        client.get("/")


def test_a_member_sees_today_and_not_the_tour(client: Client, cast: dict[str, User]) -> None:
    client.force_login(cast["member"])
    page = client.get("/").content.decode()
    assert "All of it is invented" not in page
    assert "No stories yet" in page


def test_a_member_can_go_back_to_the_doors(client: Client, cast: dict[str, User]) -> None:
    client.force_login(cast["member"])
    assert b"All of it is invented" in client.get("/demo/").content


def test_elsewhere_the_front_page_is_the_sign_in(client: Client, settings: Any, db: None) -> None:
    settings.DEMO = False
    Organisation.objects.create(set_up_at=clock.now())
    tour.organisation.forget()
    assert client.get("/")["Location"] == "/accounts/login/"


def test_a_new_firm_is_set_up_first(client: Client, settings: Any, db: None) -> None:
    settings.DEMO = False
    tour.organisation.forget()
    assert client.get("/")["Location"] == "/setup/"


def test_the_pages_links_lead_to_are_there(client: Client, db: None) -> None:
    for story in written.stories()[:3]:
        page = client.get(f"/demo/stories/{story.slug}/").content.decode()
        assert "stands in for the website" in page
    assert client.get("/demo/stories/nowhere/").status_code == 404


def test_the_article_sets_no_cookie(client: Client, db: None) -> None:
    answer = client.get("/demo/stories/a-bakery-sold-its-van/")
    assert not answer.cookies
    assert "No cookie was set" in answer.content.decode()


def test_the_feed_brings_what_was_not_fetched_yet(client: Client, db: None) -> None:
    at = clock.now()
    feed = Feed.objects.create(url="http://x.example/demo/feed.xml", due_at=at, state="active", state_at=at)
    known = written.stories()[1]
    StoryFactory(created_by=None, feed=feed, feed_guid=f"demo:{known.slug}", written_at=at)
    channel = ElementTree.fromstring(client.get("/demo/feed.xml").content)
    guids = [item.findtext("guid") for item in channel.iter("item")]
    assert guids == [*(f"demo:{story.slug}" for story in written.fresh_stories()), f"demo:{known.slug}"]
    pictures = [item.find("enclosure").get("url") for item in channel.iter("item")]
    assert all(picture.endswith(".webp") for picture in pictures)
