"""Looking for a story: everything one may see, in the words of its own language, and nothing else."""

import pytest

from content.actions import find_new_words, forget_words_of
from content.models import Caption, Findable, Story, Topic
from core import clock
from shares.models import SavedSearch
from tests.factories import AudienceFactory, LinkedAccountFactory, MemberFactory, ShareFactory, StoryFactory
from tests.guidelines.conftest import begun, put_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return MemberFactory()


@pytest.fixture
def browser(client, member):
    client.force_login(member)
    return client


def story(title: str, **fields) -> Story:
    made = StoryFactory(**({"summary": ""} | fields), title=title)
    find_new_words()
    return made


def found(browser, typed: str, **more) -> list[str]:
    page = browser.get("/search/", {"q": typed, **more})
    assert page.status_code == 200
    return [card.title for card in page.context["cards"]]


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("bridge", True), ("Bridges", True), ("fog bridge", True), ("“fog”", True), ('"in the fog"', True),
        ('"fog bridge"', False), ("bridge -fog", False), ("tunnel or bridge", True), ("tunnel", False), ("bri", True),
    ],
)  # fmt: skip
def test_words_are_understood_as_people_write_them(browser, typed, is_found) -> None:
    story("A bridge in the fog")
    assert (found(browser, typed) == ["A bridge in the fog"]) is is_found


def test_each_story_is_read_in_its_own_language(browser) -> None:
    story("Wir bauen neue Fahrräder", language="de-AT")
    story("Nowe rowery w mieście", language="pl")
    assert found(browser, "Fahrrad bauen") == ["Wir bauen neue Fahrräder"]
    assert found(browser, "rowery") == ["Nowe rowery w mieście"]


def test_a_title_weighs_more_than_a_summary_and_that_more_than_suggested_words(browser) -> None:
    in_caption = StoryFactory(title="Third", summary="")
    Caption.objects.create(story=in_caption, text="Our crane stood still.")
    story("Second", summary="The crane of the year.")
    story("A crane")
    assert found(browser, "crane") == ["A crane", "Second", "Third"]


def test_topics_are_found_by_their_name_also_by_a_new_one(browser, admin_client_of_topics) -> None:
    topic = Topic.objects.create(name="Workshop")
    story("Forty wheels", topic=topic)
    assert found(browser, "workshop") == ["Forty wheels"]
    admin_client_of_topics(topic, "Garage")
    find_new_words()
    assert found(browser, "garage") == ["Forty wheels"] and found(browser, "workshop") == []


@pytest.fixture
def admin_client_of_topics():

    def rename(topic: Topic, name: str) -> None:
        Topic.objects.filter(pk=topic.pk).update(name=name)
        forget_words_of(topic)

    return rename


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "expired", "withdrawn"])
def test_what_is_not_live_is_never_found(browser, state) -> None:
    made = story("A bridge in the fog")
    Story.objects.filter(pk=made.pk).update(state=state)
    assert found(browser, "bridge") == [] and found(browser, "") == []


def test_filters_narrow_it_down(browser, member) -> None:
    topic = Topic.objects.create(name="City")
    story("A bridge", topic=topic, language="en")
    told = story("Eine Brücke, bridge", language="de")
    story("A bridge to read", kind="internal")
    ShareFactory(account=LinkedAccountFactory(member=member), story=told, state="published", published_at=clock.now())
    assert found(browser, "bridge", topic=topic.pk) == ["A bridge"]
    assert found(browser, "", language="de") == ["Eine Brücke, bridge"]
    assert found(browser, "", kind="internal") == ["A bridge to read"]
    assert set(found(browser, "bridge", untold=1)) == {"A bridge", "A bridge to read"}


@pytest.mark.parametrize(
    "typed", ["'", '"', "& | !", "((", "\\", "%", ":*", "<->", "a" * 5000, "-", "the", "😀", "‮", "١", "' OR 1=1 --"]
)
def test_whatever_is_typed_is_only_words(browser, typed) -> None:
    story("A bridge in the fog")
    assert found(browser, typed) in ([], ["A bridge in the fog"])


@pytest.mark.parametrize(
    ("name", "value"), [("topic", "²"), ("topic", "9" * 40), ("topic", "-1"), ("language", "xx"), ("kind", "?")]
)
def test_a_filter_that_is_none_is_not_asked_for(browser, name, value) -> None:
    story("A bridge in the fog")
    assert found(browser, "bridge", **{name: value}) == ["A bridge in the fog"]


def test_nothing_found_says_what_to_try(browser) -> None:
    story("A bridge in the fog")
    assert "Try fewer words" in browser.get("/search/?q=zeppelin").content.decode()
    Findable.objects.all().delete()
    assert "Try fewer words" in browser.get("/search/?q=zeppelin").content.decode()


def test_a_search_is_kept_once_and_is_its_members_alone(browser, member) -> None:
    topic = Topic.objects.create(name="City")
    for _ in range(2):
        answer = browser.post("/search/keep/", {"q": " bridge ", "topic": topic.pk, "untold": "1", "kind": "nonsense"})
        assert answer["Location"] == f"/search/?q=bridge&topic={topic.pk}&untold=1"
    assert "“bridge” · City · not shared yet" in browser.get("/search/").content.decode()
    kept = SavedSearch.objects.get()
    other = MemberFactory()
    browser.force_login(other)
    assert "“bridge”" not in browser.get("/search/").content.decode()
    browser.post(f"/search/{kept.pk}/forget/")
    assert SavedSearch.objects.filter(pk=kept.pk).exists()
    browser.force_login(member)
    browser.post(f"/search/{kept.pk}/forget/")
    assert not SavedSearch.objects.exists()


def test_nothing_is_nothing_to_keep_and_twenty_are_enough(browser, member) -> None:
    browser.post("/search/keep/", {"q": " "})
    for number in range(21):
        browser.post("/search/keep/", {"q": f"word{number}"})
    assert SavedSearch.objects.count() == 20
    assert "You keep twenty searches already" in browser.get("/search/").content.decode()


def test_words_changed_since_are_read_again(browser) -> None:
    made = story("A bridge in the fog")
    Story.objects.filter(pk=made.pk).update(title="A tunnel in the fog", edition=made.edition + 1)
    assert find_new_words() == 1 and find_new_words() == 0
    assert found(browser, "tunnel") == ["A tunnel in the fog"]


def test_searching_takes_the_same_queries_for_one_and_for_thirty(browser, django_assert_max_num_queries) -> None:
    story("A bridge number 0", topic=Topic.objects.create(name="City"))
    browser.get("/search/?q=bridge")
    with django_assert_max_num_queries(16) as one:
        browser.get("/search/?q=bridge")
    for number in range(1, 30):
        StoryFactory(title=f"A bridge number {number}")
    find_new_words()
    with django_assert_max_num_queries(len(one)):
        browser.get("/search/?q=bridge")


def test_every_page_leads_there(browser) -> None:
    assert browser.get("/shares/").content.decode().count('href="/search/"') == 2


def test_a_stranger_finds_nothing(client) -> None:
    assert client.get("/search/?q=bridge")["Location"].startswith("/accounts/login/")
    assert client.post("/search/keep/", {"q": "bridge"})["Location"].startswith("/accounts/login/")


def test_who_finds_no_story_is_shown_the_guidelines_with_these_words_that_are_for_them(browser) -> None:
    hr = [MemberFactory(roles=["hr"]) for _ in range(2)]
    ours = put_out(*hr, begun(hr[0]))
    crew = AudienceFactory(terms={"in": [{"kind": "place", "values": ["Hull"]}]})
    put_out(*hr, begun(hr[0], name="For the crew", audience=crew))
    for typed in ("customer show", "guideline"):
        page = browser.get("/search/", {"q": typed})
        assert page.context["guidelines"] == [(ours.guideline_id, "Speaking about the firm online")]
        assert "In the guidelines" in page.content.decode()
    for typed in ("zeppelin", "", "-"):
        assert "In the guidelines" not in browser.get("/search/", {"q": typed}).content.decode()
    story("Guideline for bridges")
    assert "In the guidelines" not in browser.get("/search/?q=guideline").content.decode()
