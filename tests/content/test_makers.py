"""Nobody is named against their will, and who made it hears of it first."""

import pytest
from django.test import Client

from content import actions, queries
from content.actions.errors import MovedOn, NotAllowed, NotReady
from content.models import Maker
from core import clock
from core.flow import ForbiddenMove, move
from core.models import AuditEntry
from notifications.models import Notice
from tests.content.conftest import AT, signed_in
from tests.factories import AudienceFactory, MemberFactory, ShareFactory, StoryFactory


def asked(sofia, story, member) -> Maker:
    return actions.ask_maker(actor=sofia, story=story, member=member, at=AT)


def told(member) -> list[str]:
    return list(Notice.objects.filter(member=member, read_at=None).order_by("pk").values_list("kind", flat=True))


def test_a_maker_is_asked_once_and_not_named_before_they_say_yes(draft, sofia, mina):
    first = asked(sofia, draft, mina)
    assert asked(sofia, draft, mina) == first and told(mina) == ["maker_asked"]
    assert not queries.named_makers(draft).exists() and queries.is_maker(mina, draft)
    actions.answer_as_maker(actor=mina, maker=first, willing=True, at=AT)
    assert [one.member for one in queries.named_makers(draft)] == [mina] and told(mina) == []


def test_a_name_comes_off_at_any_time_and_is_not_asked_for_again(draft, sofia, mina):
    maker = asked(sofia, draft, mina)
    actions.answer_as_maker(actor=mina, maker=maker, willing=True, lends_post=True, at=AT)
    actions.answer_as_maker(actor=mina, maker=maker, willing=False, lends_post=True, at=AT)
    assert (maker.state, maker.lends_post) == ("rather_not", False)
    assert not queries.named_makers(draft).exists() and not queries.is_maker(mina, draft)
    assert asked(sofia, draft, mina).state == "rather_not" and told(mina) == []
    actions.drop_maker(actor=sofia, maker=maker, at=AT)
    assert Maker.objects.filter(pk=maker.pk).exists(), "a no outlives the curator's second thoughts"


def test_the_trail_does_not_say_who_would_rather_not(draft, sofia, mina):
    maker = asked(sofia, draft, mina)
    actions.answer_as_maker(actor=mina, maker=maker, willing=False, at=AT)
    assert AuditEntry.objects.get(kind="maker_answered").actor_id is None


def test_nobody_answers_for_somebody_else(draft, sofia, dai, mina):
    maker = asked(sofia, draft, mina)
    for other in (sofia, dai):
        with pytest.raises(NotAllowed):
            actions.answer_as_maker(actor=other, maker=maker, willing=True, at=AT)
    assert signed_in(dai).get(f"/made/{maker.pk}/").status_code == 404
    assert Client().get(f"/made/{maker.pk}/").status_code == 302
    maker.refresh_from_db()
    assert maker.state == "asked"


def test_members_ask_nobody_and_nobody_is_asked_for_a_story_that_is_over(draft, sofia, mina, dai):
    with pytest.raises(NotAllowed):
        actions.ask_maker(actor=mina, story=draft, member=dai, at=AT)
    dai.is_active = False
    with pytest.raises(MovedOn):
        asked(sofia, draft, dai)
    with pytest.raises(MovedOn):
        asked(sofia, StoryFactory(state="expired"), mina)
    assert not Maker.objects.exists()


def test_whom_the_story_is_not_for_is_not_asked(draft, sofia, mina, dai):
    draft.audience = AudienceFactory(team=[dai.team_id])
    draft.save()
    with pytest.raises(NotReady, match="Mina Okafor is not among those"):
        asked(sofia, draft, mina)
    assert not Maker.objects.exists() and told(mina) == []
    assert asked(sofia, draft, dai).state == "asked"


def test_makers_are_told_first_when_the_story_goes_live_by_hand_or_by_time(draft, sofia, dai, mina):
    maker, shy = asked(sofia, draft, mina), MemberFactory()
    actions.answer_as_maker(actor=mina, maker=maker, willing=True, at=AT)
    actions.answer_as_maker(actor=shy, maker=asked(sofia, draft, shy), willing=False, at=AT)
    actions.submit_story(actor=sofia, story=draft, at=AT)
    assert told(mina) == []
    actions.approve_story(actor=dai, story=draft, at=AT)
    assert told(mina) == ["maker_first"] and told(shy) == []

    later = StoryFactory(state="approved", live_at=None)
    asked(sofia, later, mina)
    actions.turn_stories(at=AT)
    assert told(mina) == ["maker_first", "maker_asked", "maker_first"]


def test_an_answer_goes_only_where_the_flow_leads(draft, sofia, mina):
    with pytest.raises(ForbiddenMove):
        move(asked(sofia, draft, mina), "asked", at=AT)


def test_the_pages_ask_and_name(sofia, mina):
    story = StoryFactory(title="A bench for the left hand")
    desk, hers = signed_in(sofia), signed_in(mina)
    page = desk.get(f"/curate/stories/{story.pk}/makers/?q=oka").content.decode()
    assert "Mina Okafor" in page
    desk.post(f"/curate/stories/{story.pk}/makers/", {"do": f"ask:{mina.pk}"})
    maker = story.makers.get()
    assert "May the story name you?" in hers.get(f"/stories/{story.pk}/").content.decode()
    hers.post(f"/made/{maker.pk}/", {"named": "yes", "lends_post": "on"})
    assert "Mina Okafor" in desk.get(f"/stories/{story.pk}/").content.decode()
    hers.post(f"/made/{maker.pk}/", {"named": "no"})
    assert "Mina Okafor" not in desk.get(f"/stories/{story.pk}/").content.decode()
    for wrong in ({"do": "ask:x"}, {"do": "fire:1"}, {}):
        assert desk.post(f"/curate/stories/{story.pk}/makers/", wrong).status_code == 404


def test_the_makers_page_takes_the_same_queries_for_one_and_for_many(sofia, django_assert_max_num_queries):
    story, desk = StoryFactory(), signed_in(sofia)
    asked(sofia, story, MemberFactory())
    desk.get(f"/curate/stories/{story.pk}/makers/")
    with django_assert_max_num_queries(14) as one:
        desk.get(f"/curate/stories/{story.pk}/makers/")
    count = len(one)
    for member in MemberFactory.create_batch(5):
        asked(sofia, story, member)
    desk.get(f"/curate/stories/{story.pk}/makers/")  # what is remembered for seconds is fresh in both
    with django_assert_max_num_queries(count):
        desk.get(f"/curate/stories/{story.pk}/makers/")


# Passing on what a maker has posted


@pytest.fixture
def lent(sofia, mina):
    """Mina's own post of a story she made, lent to colleagues."""
    share = ShareFactory(
        account__member=mina, state="published", post_url="https://town.example/@mina/1", published_at=clock.now()
    )
    maker = asked(sofia, share.story, mina)
    actions.answer_as_maker(actor=mina, maker=maker, willing=True, lends_post=True, at=AT)
    return share


def test_a_lent_post_is_passed_on_with_ones_own_words(lent, dai):
    browser = signed_in(dai)
    assert "Share Mina Okafor’s post" in browser.get(f"/stories/{lent.story_id}/").content.decode()
    page = f"/stories/{lent.story_id}/posts/{lent.pk}/"
    assert browser.post(page, {"words": " ", "target": "whatsapp"}).status_code == 422 and not dai.shares.exists()
    nowhere = browser.post(page, {"words": "Mina drew it.", "target": "nowhere"})
    assert nowhere.status_code == 422 and "Mina drew it." in nowhere.content.decode()
    browser.post(page, {"words": "Mina drew it.", "target": "whatsapp"})
    passed = dai.shares.get(words="Mina drew it.")
    assert (passed.state, passed.link.target) == ("handed_over", lent.post_url)
    assert passed.disclosure, "whoever passes it on still says who is speaking"


@pytest.mark.parametrize("what", ["taken back", "deleted", "withdrawn", "left"])
def test_a_post_is_lent_only_while_everything_still_stands(lent, dai, mina, what):
    if what == "taken back":
        actions.answer_as_maker(actor=mina, maker=lent.story.makers.get(), willing=True, lends_post=False, at=AT)
    elif what == "deleted":
        type(lent).objects.filter(pk=lent.pk).update(state="deleted")
    elif what == "left":
        type(mina).objects.filter(pk=mina.pk).update(is_active=False)
    else:
        type(lent.story).objects.filter(pk=lent.story_id).update(state="withdrawn")
    other = signed_in(MemberFactory())
    assert other.get(f"/stories/{lent.story_id}/posts/{lent.pk}/").status_code == 404
    assert "Share Mina Okafor’s post" not in other.get(f"/stories/{lent.story_id}/").content.decode()
