"""The page of today: picked for one member, explained, and theirs alone."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.admin_site import belongs_to_a_person
from content.actions import follow_topic
from content.models import Following, Maker, Topic
from core import clock
from links.actions import record_clicks
from links.redirect.lines import Row
from shares import actions, queries
from shares.models import Mark, Share, Tally
from tests.factories import LinkedAccountFactory, MemberFactory, ShareFactory, StoryFactory

pytestmark = pytest.mark.django_db
OLD = timedelta(days=40)


@pytest.fixture
def member():
    return MemberFactory(language="en")


@pytest.fixture
def browser(client, member):
    client.force_login(member)
    return client


@pytest.fixture
def workshop():
    return Topic.objects.create(name="Workshop")


def titles(member) -> list[str]:
    return [card.title for card in queries.today(member, at=clock.now(), limit=7)]


def reasons(member) -> dict[str, str]:
    return {card.title: card.why for card in queries.today(member, at=clock.now(), limit=7)}


def old_story(**fields):
    return StoryFactory(live_at=clock.now() - OLD, **fields)


def test_a_topic_is_followed_with_one_tap_and_says_so_on_the_card(browser, member, workshop) -> None:
    old_story(title="Forty wheels", topic=workshop)
    StoryFactory(title="Something new")
    assert titles(member)[0] == "Something new"
    answer = browser.post(reverse("shares:follow", args=[workshop.pk, "start"]), {"next": "/?all"})
    assert answer["Location"] == "/?all"
    assert titles(member)[0] == "Forty wheels"
    page = browser.get("/").content.decode()
    assert "Because you follow Workshop" in page and "You follow Workshop now." in page


def test_following_twice_is_once_and_can_be_undone(browser, member, workshop) -> None:
    for _ in range(2):
        browser.post(reverse("shares:follow", args=[workshop.pk, "start"]))
    assert Following.objects.filter(member=member).count() == 1
    browser.post(reverse("shares:follow", args=[workshop.pk, "stop"]))
    assert not Following.objects.exists()


def test_a_way_out_of_the_house_is_not_taken(browser, workshop) -> None:
    answer = browser.post(reverse("shares:follow", args=[workshop.pk, "start"]), {"next": "https://evil.example/"})
    assert answer["Location"] == "/"


@pytest.mark.parametrize("how", ["anything", "unfollow"])
def test_only_the_two_ways_there_are_do_something(browser, workshop, how) -> None:
    assert browser.post(reverse("shares:follow", args=[workshop.pk, how])).status_code == 404
    assert browser.post(reverse("shares:follow", args=[999, "start"])).status_code == 404
    assert not Following.objects.exists()


def test_topics_are_chosen_on_one_page(browser, member, workshop) -> None:
    city = Topic.objects.create(name="City")
    follow_topic(actor=member, topic=workshop, at=clock.now())
    assert "Workshop" in browser.get("/topics/").content.decode()
    browser.post("/topics/", {"topics": [city.pk]})
    assert [one.topic for one in Following.objects.all()] == [city]
    browser.post("/topics/")
    assert not Following.objects.exists()


@pytest.mark.parametrize("typed", ["999", "²", "x", "-1"])
def test_a_topic_that_is_none_changes_nothing(browser, member, workshop, typed) -> None:
    follow_topic(actor=member, topic=workshop, at=clock.now())
    assert browser.post("/topics/", {"topics": [typed]}).status_code == 422
    assert Following.objects.count() == 1


def test_what_is_not_for_me_is_gone_and_can_be_had_back(browser, member) -> None:
    story = StoryFactory(title="Earnings call")
    browser.post(reverse("shares:aside", args=[story.pk, "never"]))
    page = browser.get("/").content.decode()
    assert "is not offered to you any more" in page and f"/stories/{story.pk}/aside/back/" in page
    assert titles(member) == [] and not queries.feed(member).exists()
    assert "Earnings call" in browser.get("/topics/").content.decode()
    assert browser.get(reverse("shares:story", args=[story.pk])).status_code == 200
    browser.post(reverse("shares:aside", args=[story.pk, "back"]))
    assert titles(member) == ["Earnings call"]


def test_not_now_comes_back_after_a_week(browser, member) -> None:
    story = StoryFactory(title="Later")
    old_story(title="Older")
    browser.post(reverse("shares:aside", args=[story.pk, "later"]))
    assert titles(member) == ["Older", "Later"]
    Mark.objects.update(skipped_at=clock.now() - timedelta(days=8))
    assert titles(member) == ["Later", "Older"]


def test_what_i_put_away_stays_with_others(browser) -> None:
    story = StoryFactory(title="Earnings call")
    browser.post(reverse("shares:aside", args=[story.pk, "never"]))
    assert titles(MemberFactory()) == ["Earnings call"]


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_cannot_be_seen_cannot_be_marked(browser, state) -> None:
    story = StoryFactory(state=state)
    assert browser.post(reverse("shares:aside", args=[story.pk, "never"])).status_code == 404
    assert browser.post("/stories/seen/", {"story": [story.pk]}).status_code == 204
    assert not Mark.objects.exists()


def test_a_story_seen_on_several_days_sinks(browser, member) -> None:
    stories = [StoryFactory(title=title) for title in ("Second", "First")]
    assert titles(member) == ["First", "Second"]
    browser.post("/stories/seen/", {"story": [story.pk for story in stories]})
    assert titles(member) == ["First", "Second"]
    Mark.objects.filter(story=stories[1]).update(days_seen=4)
    assert titles(member) == ["Second", "First"]


def test_seen_is_counted_once_a_day(member) -> None:
    story, at = StoryFactory(), clock.now().replace(hour=12)
    for hours in (0, 1, 2, 24):
        actions.see_stories(actor=member, stories=[story.pk], at=at + timedelta(hours=hours))
    assert Mark.objects.get().days_seen == 2


def test_opening_a_story_counts_as_seeing_it_without_a_script(browser) -> None:
    story = StoryFactory()
    browser.get(reverse("shares:story", args=[story.pk]))
    assert Mark.objects.get().story == story


@pytest.mark.parametrize("typed", ["", "x", "²", "9" * 40, "-1", "999"])
def test_nonsense_from_a_page_is_nothing_seen(browser, typed) -> None:
    assert browser.post("/stories/seen/", {"story": typed}).status_code == 204
    assert not Mark.objects.exists()


def test_everything_the_feed_remembers_can_be_forgotten(browser, member) -> None:
    story = StoryFactory()
    mine, other = actions.see_stories, MemberFactory()
    for who in (member, other):
        mine(actor=who, stories=[story.pk], at=clock.now())
    assert "For 1 story" in browser.get("/topics/").content.decode()
    browser.post("/topics/forget/")
    assert [mark.member for mark in Mark.objects.all()] == [other]


def test_no_settings_page_shows_what_a_person_saw_or_follows() -> None:
    assert all(belongs_to_a_person(model) for model in (Mark, Following))
    assert not {Mark, Following} & set(admin.site._registry)


def test_stories_in_my_language_come_first_and_say_so_where_they_are_few() -> None:
    anna = MemberFactory(language="de")
    for number in range(3):
        old_story(title=f"English {number}", language="en")
    old_story(title="Deutsch", language="de-AT")
    assert titles(anna)[0] == "Deutsch" and reasons(anna)["Deutsch"] == "In your language"


def test_what_i_told_stands_last_and_teaches_what_i_like(member, workshop) -> None:
    account = LinkedAccountFactory(member=member)
    for number in range(3):
        told = old_story(title=f"Told {number}", topic=workshop)
        ShareFactory(account=account, story=told, state="published", published_at=clock.now())
    old_story(title="Of the same topic", topic=workshop)
    old_story(title="Of another")
    assert titles(member)[0] == "Of the same topic"
    assert reasons(member)["Of the same topic"] == "You have told of Workshop before"
    assert reasons(member)["Told 1"] == "You have shared this"


def test_a_card_that_nothing_explains_says_what_still_holds(browser, member, workshop) -> None:
    earlier = old_story(title="Told before", topic=workshop)
    ShareFactory(account__member=member, story=earlier, state="published")
    old_story(title="Of the same topic", topic=workshop)
    old_story(title="Of no topic")
    assert reasons(member) == {
        "Told before": "You have shared this",
        "Of the same topic": "You have told of Workshop before",
        "Of no topic": "Still current",
    }
    assert "Still current" in browser.get("/").content.decode()


def test_how_a_story_goes_is_counted_by_a_task_and_read_by_the_page(member) -> None:
    loud, quiet = old_story(title="Opened"), old_story(title="Untold")
    old_story(title="Plain")
    shares = [ShareFactory(story=loud, state="published", published_at=clock.now()) for _ in range(5)]
    for share in shares:
        share.link.group = f"story:{loud.pk}"
        share.link.save()
        clicks(share, 10)
    assert actions.count_tallies(at=clock.now()) == 3
    assert Tally.objects.get(story=loud).voices == 5 and Tally.objects.get(story=loud).visits == 50
    assert Tally.objects.get(story=quiet).voices == 0
    assert reasons(member)["Opened"] == "Opened often when colleagues share it"
    assert reasons(member)["Untold"] == "Few colleagues have told this yet"


def clicks(share: Share, number: int) -> None:
    record_clicks([Row(share.link_id, clock.now(), True, False, False) for _ in range(number)])


def test_tallies_are_counted_again_when_their_time_has_come() -> None:
    at = clock.now()
    old_story(), StoryFactory()
    assert actions.count_tallies(at=at) == 2
    assert actions.count_tallies(at=at + timedelta(minutes=1)) == 0
    assert actions.count_tallies(at=at + timedelta(minutes=11)) == 1  # the new one
    assert actions.count_tallies(at=at + timedelta(hours=7)) == 2


def test_marks_of_stories_long_over_are_dropped(member) -> None:
    gone, late = StoryFactory(state="expired", state_at=clock.now() - OLD), StoryFactory(state="expired")
    actions.see_stories(actor=member, stories=[gone.pk, late.pk], at=clock.now())
    assert actions.drop_old_marks(at=clock.now()) == 1
    assert Mark.objects.get().story == late


def test_today_takes_the_same_few_queries_with_one_card_and_with_seven(
    browser, member, workshop, django_assert_max_num_queries
) -> None:
    StoryFactory(topic=workshop)
    browser.get("/")
    with django_assert_max_num_queries(12) as one:
        browser.get("/")
    StoryFactory.create_batch(40, topic=workshop)
    with django_assert_max_num_queries(len(one)):
        browser.get("/")


def test_a_stranger_marks_and_follows_nothing(client, workshop) -> None:
    story = StoryFactory()
    for path in ("/topics/", "/stories/seen/", f"/topics/{workshop.pk}/start/", f"/stories/{story.pk}/aside/never/"):
        assert "/accounts/login/" in client.post(path)["Location"]
    assert not Mark.objects.exists() and not Following.objects.exists()


def test_what_a_curator_wants_seen_stands_first_for_its_time(member) -> None:
    soon, past = clock.now() + timedelta(hours=3), clock.now() - timedelta(minutes=1)
    old_story(title="Pinned", pinned_until=soon)
    old_story(title="Urgent", urgent_until=soon)
    old_story(title="Was urgent", urgent_until=past)
    StoryFactory(title="New")
    assert titles(member)[:3] == ["Urgent", "Pinned", "New"]
    assert reasons(member)["Urgent"] == "Wanted soon"


def test_who_worked_on_it_is_offered_it_first(member) -> None:
    mine = old_story(title="Mine")
    StoryFactory(title="New")
    maker = Maker.objects.create(story=mine, member=member, state="willing", state_at=clock.now())
    assert titles(member) == ["Mine", "New"] and reasons(member)["Mine"] == "Because you worked on it"
    Maker.objects.filter(pk=maker.pk).update(state="rather_not")
    assert titles(member) == ["New", "Mine"]


def test_what_is_only_to_be_read_has_no_button_to_share(browser) -> None:
    story = StoryFactory(title="For us", kind="internal")
    page = browser.get("/").content.decode()
    assert "For us" in page and f"/stories/{story.pk}/share/" not in page


def test_the_large_card_is_one_that_can_be_passed_on(member) -> None:
    soon = clock.now() + timedelta(hours=3)
    old_story(title="For us", kind="internal", urgent_until=soon)
    assert titles(member) == ["For us"]
    old_story(title="Plain")
    StoryFactory(title="New")
    assert titles(member) == ["New", "For us", "Plain"]
