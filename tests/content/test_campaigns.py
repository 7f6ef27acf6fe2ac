"""Campaigns: made and ended by curators, ended by their last day, and what their stories then say."""

from datetime import date, datetime, timedelta, timezone

import pytest
from django.urls import reverse

from content import actions, queries
from content.actions.errors import MovedOn, NotAllowed, NotReady
from content.models import Campaign
from core import clock
from core.models import AuditEntry
from tests.content.conftest import signed_in
from tests.factories import LinkedAccountFactory, MemberFactory, ShareFactory, StoryFactory

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("content:campaigns"), reverse("content:new_campaign")
SENT = {"name": "Winter", "goal": "To be believed.", "starts_on": "2026-11-20", "ends_on": "2026-12-20"}


@pytest.fixture
def sofia():
    return MemberFactory(roles=["curator"])


@pytest.fixture
def browser(sofia):
    return signed_in(sofia)


def campaign(**fields):
    at = clock.now()
    days = {"starts_on": at.date() - timedelta(days=5), "ends_on": at.date() + timedelta(days=5)}
    return Campaign.objects.create(**{"name": "Winter", "state": "open", "state_at": at} | days | fields)


def page_of(one):
    return reverse("analytics:campaign", args=[one.pk])


def test_a_campaign_is_made_and_stands_in_the_list(browser):
    assert browser.post(NEW, SENT | {"has_prizes": "on"}).status_code == 302
    made = Campaign.objects.get()
    assert (made.name, made.ends_on, made.has_prizes, made.state) == ("Winter", date(2026, 12, 20), True, "open")
    assert (
        "Winter" in browser.get(LIST).content.decode()
        and "To be believed." in browser.get(page_of(made)).content.decode()
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": " "}, "give the campaign a name"),
        ({"ends_on": "2026-11-19"}, "end before it begins"),
        ({"starts_on": "soon"}, "Please give a day"),
        ({"wanted_shares": "many"}, "Please give a number"),
        ({"wanted_shares": "0"}, "greater than or equal to 1"),
    ],
)
def test_what_cannot_be_is_refused_and_kept(browser, change, sentence):
    answer = browser.post(NEW, SENT | change)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert "To be believed." in answer.content.decode() and not Campaign.objects.exists()


def test_two_cannot_have_one_name(browser):
    campaign(name="WINTER")
    assert "of this name already" in browser.post(NEW, SENT).content.decode()


def test_only_curators_see_and_make_them(sofia):
    one = campaign()
    for roles in ([], ["hr"], ["administrator"]):
        other = signed_in(MemberFactory(roles=roles))
        addresses = [LIST, NEW, page_of(one), reverse("content:edit_campaign", args=[one.pk])]
        assert {other.get(address).status_code for address in addresses} == {403}
        assert other.post(reverse("content:campaign_act", args=[one.pk, "end"])).status_code == 403
    with pytest.raises(NotAllowed):
        actions.end_campaign(actor=MemberFactory(), campaign=one, at=clock.now())
    assert Campaign.objects.get().state == "open"


def test_it_is_changed_ended_and_opened_again(browser):
    one = campaign()
    assert browser.post(reverse("content:edit_campaign", args=[one.pk]), SENT | {"name": "Spring"}).status_code == 302
    browser.post(reverse("content:campaign_act", args=[one.pk, "end"]))
    one.refresh_from_db()
    assert (one.name, one.state) == ("Spring", "ended")
    Campaign.objects.update(ends_on=clock.now().date() + timedelta(days=3))
    browser.post(reverse("content:campaign_act", args=[one.pk, "reopen"]))
    one.refresh_from_db()
    assert one.state == "open"
    assert browser.post(reverse("content:campaign_act", args=[one.pk, "explode"])).status_code == 404


def test_one_whose_last_day_is_over_does_not_open_again(sofia):
    one = campaign(ends_on=clock.now().date() - timedelta(days=3), state="ended")
    with pytest.raises(NotReady, match="last day is over"):
        actions.reopen_campaign(actor=sofia, campaign=one, at=clock.now())


def test_ended_twice_at_once_it_ends_once(sofia):
    one, again = campaign(), Campaign.objects.get()
    actions.end_campaign(actor=sofia, campaign=one, at=clock.now())
    with pytest.raises(MovedOn):
        actions.end_campaign(actor=sofia, campaign=again, at=clock.now())
    assert AuditEntry.objects.filter(kind="campaign_ended").count() == 1


@pytest.mark.parametrize(("hours", "state"), [(20, "open"), (35, "open"), (37, "ended")])
def test_it_ends_when_its_last_day_is_over_for_everybody(hours, state):
    day = datetime(2026, 12, 20, tzinfo=timezone.utc)  # noqa: UP017
    campaign(starts_on=day.date(), ends_on=day.date())
    actions.end_past_campaigns(at=day + timedelta(hours=hours))
    assert Campaign.objects.get().state == state


def test_a_story_joins_where_it_is_written_and_links_carry_the_campaigns_word(browser, sofia):
    one = campaign(utm_campaign="winter")
    campaign(name="Long over", state="ended")
    story = StoryFactory(state="draft", created_by=sofia, url="https://firm.example/a")
    address = reverse("content:story", args=[story.pk])
    page = browser.get(address).content.decode()
    assert "Winter" in page and "Long over" not in page
    browser.post(
        address, {"title": "T", "url": story.url, "language": "en", "campaign": one.pk, "edition": 1, "do": "save"}
    )
    story.refresh_from_db()
    assert story.campaign == one and "utm_campaign=winter" in queries.link_target(story, "x")
    story.utm_campaign = "own"
    assert "utm_campaign=own" in queries.link_target(story, "x")


def shared(one, people):
    story = StoryFactory(campaign=one)
    for _ in range(people):
        ShareFactory(story=story, state="published", published_at=clock.now(), account=LinkedAccountFactory())
    return story


def test_totals_are_shown_once_ten_people_have_shared(browser):
    one = campaign(wanted_shares=40)
    shared(one, 9)
    page = browser.get(page_of(one)).content.decode()
    assert "Fewer than ten people" in page and "9 / 40" not in page
    shared(one, 3)
    page = browser.get(page_of(one)).content.decode()
    assert "12 / 40" in page and "Fewer than ten people" not in page


def test_one_person_who_shares_much_is_not_ten(browser):
    one, account = campaign(), LinkedAccountFactory()
    for _ in range(12):
        ShareFactory(story=StoryFactory(campaign=one), state="published", published_at=clock.now(), account=account)
    assert "Fewer than ten people" in browser.get(page_of(one)).content.decode()


def test_pages_cost_the_same_with_one_and_with_many(browser, django_assert_max_num_queries):
    one = campaign()
    StoryFactory(campaign=one)
    with django_assert_max_num_queries(25) as alone:
        browser.get(LIST), browser.get(page_of(one))
    for number in range(3):
        campaign(name=f"Campaign {number}")
        StoryFactory(campaign=one)
    with django_assert_max_num_queries(len(alone)):
        browser.get(LIST), browser.get(page_of(one))
