from datetime import timedelta

import pytest

from accounts import queries as accounts
from accounts.models import Organisation
from content import queries
from content.models import Caption, DisclosureRule, Topic
from tests.content.conftest import AT
from tests.factories import StoryFactory


@pytest.fixture
def firm(db):
    Organisation.objects.create(name="Brackenby {Cycle} Works", languages=["en"])
    accounts.forget_kept()


@pytest.mark.parametrize(
    ("country", "line"),
    [
        ("GB", "I work at Brackenby {Cycle} Works."),
        ("us", "I work at Brackenby {Cycle} Works."),
        ("DE", "Anzeige · Ich arbeite bei Brackenby {Cycle} Works."),
        ("CH", "Werbung · Ich arbeite bei Brackenby {Cycle} Works."),
        ("FR", "Je travaille chez Brackenby {Cycle} Works."),
        ("ZZ", "I work at Brackenby {Cycle} Works."),
        ("", "I work at Brackenby {Cycle} Works."),
    ],
)
def test_every_country_has_a_line_that_says_who_speaks(firm, country, line):
    found = queries.disclosure(country)
    assert (found.text, found.before) == (line, True)


def test_the_firms_own_wording_wins_and_may_name_the_firm(firm):
    DisclosureRule.objects.create(country="GB", wordings=["Said by {organisation}’s own staff."], before=False)
    found = queries.disclosure("GB", "Brackenby")
    assert (found.text, found.before) == ("Said by Brackenby’s own staff.", False)


def test_live_stories_come_newest_first_and_alone(mina, django_assert_num_queries):
    topic = Topic.objects.create(name="Workshop")
    old, new = (StoryFactory(topic=topic, live_at=AT + timedelta(days=day)) for day in (0, 1))
    for state in ("draft", "in_review", "approved", "expired", "withdrawn"):
        StoryFactory(state=state)
    with django_assert_num_queries(1):
        assert [(story, story.topic.name) for story in queries.live_stories(mina)] == [
            (new, "Workshop"),
            (old, "Workshop"),
        ]


@pytest.fixture
def story(db):
    return StoryFactory(language="en")


def say(story, text, connector="", language="en"):
    return Caption.objects.create(story=story, text=text, connector=connector, language=language)


def test_a_story_without_suggestions_offers_none(story, mina):
    assert queries.offered_captions(story, member=mina) == []


def test_what_is_offered_begins_with_the_members_language(story, mina):
    say(story, "one")
    say(story, "zwei", language="de")
    mina.language = "de"
    assert [one.text for one in queries.offered_captions(story, member=mina)] == ["zwei", "one"]


def test_words_taken_over_are_recognised(story):
    say(story, "Warm bread.")
    assert queries.is_caption(story, " Warm bread. ") and not queries.is_caption(story, "My own bread.")


def test_lengths_count_the_disclosure_and_the_link(firm):
    line = queries.disclosure("GB")
    alone = {one.key: one.used for one in queries.caption_lengths("", line=line)}
    lengths = {one.key: one for one in queries.caption_lengths("warm", line=line)}
    assert set(lengths) == set(accounts.connectors())
    assert all(one.used >= alone[one.key] + 4 and one.used > len(line.text) for one in lengths.values())
    (only,) = queries.caption_lengths("x" * 400, connector="x", line=line)
    assert only.key == "x" and only.over > 100


def test_the_board_shows_what_runs_low(db):
    topic = Topic.objects.create(name="Repair")
    StoryFactory.create_batch(2, topic=topic)
    StoryFactory(topic=topic, state="approved")
    (one,) = queries.supply()
    assert (one.live, one.waiting, one.is_low) == (2, 1, True)


def test_twenty_in_one_language_do_not_hide_that_there_is_none_in_another(firm):
    Organisation.objects.update(languages=["en", "de", "fr"])
    accounts.forget_kept()
    repair, paint = (Topic.objects.create(name=name) for name in ("Repair", "Paint"))
    StoryFactory.create_batch(20, topic=repair, language="en")
    StoryFactory.create_batch(3, topic=repair, language="de-AT")
    StoryFactory(topic=repair, language="fr")
    StoryFactory(topic=repair, language="fr", state="approved")
    for language in ("en", "de", "fr"):
        StoryFactory.create_batch(3, topic=paint, language=language)
    first, second = queries.supply()
    assert (first.topic, first.live, first.waiting, first.short) == (repair, 24, 1, (("Français", 1),))
    assert first.is_low and not second.is_low and second.short == ()


def test_a_firm_of_one_language_counts_topics_alone(firm):
    topic = Topic.objects.create(name="Repair")
    StoryFactory.create_batch(3, topic=topic, language="de")
    (one,) = queries.supply()
    assert (one.live, one.short, one.is_low) == (3, (), False)


def test_lanes_are_cut_but_counted(db):
    StoryFactory.create_batch(33, state="draft", created_by=None)
    drafts = queries.lanes()[0]
    assert (len(drafts.stories), drafts.count, drafts.more) == (30, 33, 3)
