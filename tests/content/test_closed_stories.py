"""A story with an audience: there for those who belong to it, and for nobody else by any door."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from accounts.models import Team, User
from content import actions, queries, rules
from content.actions.errors import NotReady
from content.models import Attachment, Story, Suggestion
from core import clock
from notifications.models import Notice
from tests.content.conftest import AT, signed_in, words
from tests.factories import AudienceFactory, MemberFactory, StoryFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def repair() -> Team:
    return TeamFactory(name="Repair")


@pytest.fixture
def closed(repair: Team) -> Story:
    return StoryFactory(audience=AudienceFactory(team=[repair.pk]))


@pytest.fixture
def theirs(repair: Team) -> User:
    return MemberFactory(team=repair)


def test_a_closed_story_is_offered_to_its_audience_only(closed: Story, theirs: User, mina: User) -> None:
    opened = StoryFactory()
    assert set(queries.live_stories(theirs)) == {closed, opened}
    assert set(queries.live_stories(mina)) == {opened}
    assert rules.can_see(theirs, closed) and not rules.can_see(mina, closed)


def test_a_curator_reads_it_and_is_not_offered_it(closed: Story, sofia: User) -> None:
    assert rules.can_see(sofia, closed) and not rules.may_share(sofia, closed)
    assert closed not in queries.live_stories(sofia)


def test_a_closed_story_that_is_not_live_is_not_there_for_its_audience_either(closed: Story, theirs: User) -> None:
    closed.state = "withdrawn"
    assert not rules.can_see(theirs, closed)


def test_stories_are_offered_in_one_query_however_many_are_closed(
    repair: Team, theirs: User, django_assert_num_queries: Any
) -> None:
    for _ in range(3):
        StoryFactory(audience=AudienceFactory(team=[repair.pk]))
    with django_assert_num_queries(1):
        assert len(queries.live_stories(theirs)) == 3


def test_whom_a_story_is_for_is_everybody_or_its_audience(closed: Story, theirs: User, mina: User) -> None:
    assert set(queries.members_for(closed)) == {theirs}
    assert {theirs, mina} <= set(queries.members_for(StoryFactory()))


def test_saving_without_a_word_about_its_audience_leaves_it_closed(sofia: User, repair: Team) -> None:
    audience = AudienceFactory(team=[repair.pk])
    story = actions.make_story(actor=sofia, words=words(audience=audience), at=AT)
    edited = actions.edit_story(actor=sofia, story=story, words=words(title="Another title"), at=AT)
    assert edited.audience == audience
    assert actions.edit_story(actor=sofia, story=edited, words=words(audience=None), at=AT).audience is None


class TestNobody:
    """An audience that matches nobody may stand in a draft, and goes no further."""

    @pytest.fixture
    def for_nobody(self, draft: Story, repair: Team) -> Story:
        draft.audience = AudienceFactory(team=[repair.pk])
        draft.save()
        return draft

    def test_a_draft_for_nobody_is_not_sent_to_review(self, for_nobody: Story, sofia: User) -> None:
        with pytest.raises(NotReady, match="Nobody belongs to the audience"):
            actions.submit_story(actor=sofia, story=for_nobody, at=AT)
        for_nobody.refresh_from_db()
        assert for_nobody.state == "draft"

    def test_it_is_not_approved_when_its_last_member_has_moved(
        self, for_nobody: Story, sofia: User, dai: User, theirs: User
    ) -> None:
        actions.submit_story(actor=sofia, story=for_nobody, at=AT)
        User.objects.filter(pk=theirs.pk).update(team=None)
        with pytest.raises(NotReady, match="Nobody belongs to the audience"):
            actions.approve_story(actor=dai, story=for_nobody, at=AT)
        for_nobody.refresh_from_db()
        assert for_nobody.state == "in_review"

    def test_it_is_not_put_live(self, for_nobody: Story, sofia: User) -> None:
        Story.objects.filter(pk=for_nobody.pk).update(state="approved")
        for_nobody.refresh_from_db()
        with pytest.raises(NotReady, match="Nobody belongs to the audience"):
            actions.put_live(actor=sofia, story=for_nobody, at=AT)


class TestFiles:
    """Pictures and documents of closed stories."""

    @pytest.fixture
    def name(self, closed: Story) -> str:
        name = default_storage.save("stories/only-repair.jpg", ContentFile(b"a picture"))
        closed.picture = name
        closed.save()
        return name

    def fetched(self, client: Client, name: str) -> Any:
        answer = client.get(f"/media/{name}")
        body = b"".join(answer.streaming_content) if answer.streaming else b""
        return answer.status_code, body

    def test_a_picture_is_there_for_the_audience_and_for_curators(self, name: str, theirs: User, sofia: User) -> None:
        assert self.fetched(signed_in(theirs), name) == (200, b"a picture")
        assert self.fetched(signed_in(sofia), name) == (200, b"a picture")

    def test_its_small_copy_is_as_closed(self, closed: Story, name: str, theirs: User, mina: User) -> None:
        default_storage.save("stories/only-repair-small.jpg", ContentFile(b"a small one"))
        assert closed.small_picture == "/media/stories/only-repair-small.jpg"
        assert self.fetched(signed_in(theirs), "stories/only-repair-small.jpg") == (200, b"a small one")
        assert self.fetched(signed_in(mina), "stories/only-repair-small.jpg")[0] == 404

    def test_no_cache_keeps_it_for_somebody_else(self, name: str, theirs: User) -> None:
        assert signed_in(theirs).get(f"/media/{name}")["Cache-Control"] == "private, no-cache"

    @pytest.mark.parametrize("spelling", ["{}", "./{}", "stories/../{}", "stories/./../{}", "/{}"])
    def test_nobody_else_gets_it_however_the_address_is_spelt(self, name: str, mina: User, spelling: str) -> None:
        address = spelling.format(name)
        assert self.fetched(signed_in(mina), address)[0] == 404
        assert self.fetched(Client(), address)[0] == 404

    def test_what_a_closed_story_posts_is_closed_too(self, closed: Story, mina: User, theirs: User) -> None:
        name = default_storage.save("stories/plan.pdf", ContentFile(b"%PDF-"))
        Attachment.objects.create(story=closed, position=0, kind="document", file=name)
        assert self.fetched(signed_in(mina), name)[0] == 404
        assert self.fetched(signed_in(theirs), name)[0] == 200

    def test_a_picture_of_an_open_story_stays_open(self, name: str) -> None:
        StoryFactory(picture=name)
        assert self.fetched(Client(), name) == (200, b"a picture")

    def test_a_platform_fetches_it_by_its_signed_address_until_that_is_over(
        self, name: str, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.BASE_URL = "https://advocacy.firm.example"
        now = clock.now()
        address = queries.fetch_address(name, at=now).removeprefix(settings.BASE_URL)
        over = queries.fetch_address(name, at=now - timedelta(hours=2)).removeprefix(settings.BASE_URL)
        assert b"".join(Client().get(address).streaming_content) == b"a picture"
        assert Client().get(over).status_code == 404
        assert Client().get(address[:-1] + ("a" if address[-1] != "a" else "b")).status_code == 404


class TestMakersAndGivers:
    """Whoever worked on it, or suggested it, and is not among those it is for."""

    @pytest.fixture
    def given(self, closed: Story, mina: User) -> Suggestion:
        """Mina's, used for a story that curators then closed and gave another title."""
        Story.objects.filter(pk=closed.pk).update(title="Two jobs are cut in Repair", state="approved", live_at=None)
        closed.refresh_from_db()
        return Suggestion.objects.create(
            giver=mina, given_at=AT, state="used", state_at=AT, story=closed, title="A new bench", words="It folds."
        )

    def told(self, member: User) -> list[tuple[str, str]]:
        return list(Notice.objects.filter(member=member).order_by("pk").values_list("text", "url"))

    def test_a_maker_outside_the_audience_is_not_asked_and_the_curator_reads_why(
        self, closed: Story, sofia: User, mina: User
    ) -> None:
        page = signed_in(sofia).post(f"/curate/stories/{closed.pk}/makers/", {"do": f"ask:{mina.pk}"}, follow=True)
        assert "Mina Okafor is not among those this story is for." in page.content.decode()
        assert not closed.makers.exists() and self.told(mina) == []

    def test_a_maker_of_the_audience_is_asked(self, closed: Story, sofia: User, theirs: User) -> None:
        maker = actions.ask_maker(actor=sofia, story=closed, member=theirs, at=AT)
        page = signed_in(theirs).get(f"/made/{maker.pk}/").content.decode()
        assert closed.title in page and closed.summary in page and "Tell it in your own words" in page

    def test_who_has_left_the_audience_since_reads_nothing_of_it_and_can_still_answer(
        self, closed: Story, sofia: User, theirs: User
    ) -> None:
        maker = actions.ask_maker(actor=sofia, story=closed, member=theirs, at=AT)
        User.objects.filter(pk=theirs.pk).update(team=None)
        Notice.objects.all().delete()  # what they were told while it was for them
        browser = signed_in(User.objects.get(pk=theirs.pk))
        page = browser.get(f"/made/{maker.pk}/").content.decode()
        assert closed.title not in page and closed.summary not in page and f"/stories/{closed.pk}/" not in page
        assert "for other colleagues now" in page
        browser.post(f"/made/{maker.pk}/", {"named": "no"})
        assert closed.makers.get().state == "rather_not"

    def test_a_maker_reads_no_summary_of_a_story_that_was_withdrawn(
        self, closed: Story, sofia: User, theirs: User
    ) -> None:
        maker = actions.ask_maker(actor=sofia, story=closed, member=theirs, at=AT)
        Story.objects.filter(pk=closed.pk).update(state="withdrawn")
        assert closed.summary not in signed_in(theirs).get(f"/made/{maker.pk}/").content.decode()

    def test_a_giver_is_told_in_their_own_words_and_led_to_what_they_may_see(
        self, closed: Story, given: Suggestion, sofia: User, mina: User, theirs: User
    ) -> None:
        Suggestion.objects.create(giver=theirs, given_at=AT, state="used", state_at=AT, story=closed, words="It folds.")
        actions.put_live(actor=sofia, story=closed, at=AT)
        assert self.told(mina) == [("What you suggested is live: “A new bench”.", "/given/")]
        assert self.told(theirs) == [("What you suggested is live: “It folds.”.", f"/stories/{closed.pk}/")]

    @pytest.mark.parametrize("field", ["story", "about"])
    def test_the_page_of_what_one_has_given_names_no_story_that_is_for_others(
        self, closed: Story, given: Suggestion, mina: User, repair: Team, field: str
    ) -> None:
        Suggestion.objects.filter(pk=given.pk).update(**({"story": None} | {field: closed}))
        Story.objects.filter(pk=closed.pk).update(state="live", live_at=clock.now())
        page = signed_in(mina).get("/given/").content.decode()
        assert "A new bench" in page and "Two jobs" not in page and f"/stories/{closed.pk}/" not in page
        User.objects.filter(pk=mina.pk).update(team=repair)
        page = signed_in(User.objects.get(pk=mina.pk)).get("/given/").content.decode()
        assert "Two jobs are cut in Repair" in page and f"/stories/{closed.pk}/" in page

    def test_who_lent_words_and_left_the_audience_is_thanked_without_the_title(
        self, closed: Story, sofia: User, theirs: User
    ) -> None:
        given = actions.lend_sentence(
            actor=theirs, story=closed, words="Hear the kettle.", language="en", credited=False, at=AT
        )
        User.objects.filter(pk=theirs.pk).update(team=None)
        actions.use_suggestion(actor=sofia, suggestion=Suggestion.objects.get(pk=given.pk), at=AT)
        assert closed.title not in self.told(theirs)[0][0] and "Hear the kettle." in self.told(theirs)[0][0]
