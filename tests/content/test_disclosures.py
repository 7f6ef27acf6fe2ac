"""Which words say who is speaking: the most specific rule that fits, and nothing a court would not accept."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import queries
from content.models import Campaign, Caption, DisclosureRule
from content.queries.disclosures import Line, Place, Rulebook, is_labelled, permitted
from content.queries.usual_lines import LABELS, WORDINGS, usual_wordings
from content.queries.wordings import fault_of
from core import clock
from tests.factories import StoryFactory

COUNTRIES, LANGUAGES, PLATFORMS, CAMPAIGNS = (
    ("", "GB", "DE"),
    ("", "en", "de", "de-AT"),
    ("", "x", "bluesky"),
    (None, 1),
)
SAID = ("I work at {organisation}.", "Anzeige · Ich arbeite bei {organisation}.")


@st.composite
def rules(draw):
    """Rules that differ in what they name, as the table makes sure of; some of them documented."""
    names = st.tuples(*map(st.sampled_from, (COUNTRIES, LANGUAGES, PLATFORMS, CAMPAIGNS)))
    found = []
    for number, (country, language, connector, campaign) in enumerate(draw(st.sets(names, max_size=12)), start=1):
        decided = {"decided_by": "Legal", "decided_on": date(2026, 1, 1), "decided_why": "Our counsel's view."}
        found.append(
            DisclosureRule(
                pk=number, country=country, language=language, connector=connector, campaign_id=campaign,
                wordings=draw(st.lists(st.sampled_from(SAID), min_size=1, max_size=2, unique=True)),
                before=draw(st.booleans()), **(decided if draw(st.booleans()) else {}),
            )
        )  # fmt: skip
    return found


def by_hand(rules_, place):
    """The documented order, spelled out: try the combinations from the most specific down."""
    tongues = list(dict.fromkeys([place.language, place.language.partition("-")[0], ""]))
    for country in dict.fromkeys([place.country, ""]):
        for campaign in dict.fromkeys([place.campaign, None]):
            for language in tongues:
                for connector in dict.fromkeys([place.connector, ""]):
                    for rule in rules_:
                        names = (rule.country, rule.campaign_id, rule.language, rule.connector)
                        if names == (country, campaign, language, connector) and permitted(rule, place.country):
                            return rule
    return None


places = st.builds(
    Place,
    country=st.sampled_from(COUNTRIES[1:]),
    language=st.sampled_from(LANGUAGES[1:]),
    connector=st.sampled_from(PLATFORMS[1:]),
    campaign=st.sampled_from(CAMPAIGNS),
    rewarded=st.booleans(),
)


@given(rules(), places)
def test_the_most_specific_rule_that_fits_is_used(found, place):
    line = Rulebook(tuple(found), "Brackenby").line(place)
    assert line.rule is by_hand(found, place)
    assert line.text == line.wordings[0] and "{organisation}" not in line.text


@given(rules(), places)
def test_nothing_stands_in_a_german_post_without_a_label_unless_somebody_decided_so(found, place):
    line = Rulebook(tuple(found), "Brackenby").line(place)
    if place.country == "DE" and not (line.rule and line.rule.is_documented):
        assert line.before and all(is_labelled(one, "DE") for one in line.wordings)


@given(rules(), places)
def test_where_sharing_is_rewarded_every_wording_says_so(found, place):
    line = Rulebook(tuple(found), "Brackenby").line(place)
    said = [("contest" in one.casefold() or "gewinnspiel" in one.casefold()) for one in line.wordings]
    assert all(said) if place.rewarded else not any(said)


@given(rules(), places, st.text(max_size=20))
def test_only_one_of_the_wordings_can_be_chosen(found, place, typed):
    book = Rulebook(tuple(found), "Brackenby")
    usual = book.line(place)
    assert book.line(place, [typed]).text in usual.wordings
    assert all(book.line(place, [one]).text == one for one in usual.wordings)


def test_the_order_of_rules_does_not_matter():
    found = [
        DisclosureRule(pk=number, country=country, language=language, wordings=[f"I work here, {number}."])
        for number, (country, language) in enumerate([("GB", ""), ("", "en"), ("GB", "en"), ("", "")], start=1)
    ]
    lines = {Rulebook(order, "B").line(Place("GB", "en")).text for order in permutations(found)}
    assert lines == {"I work here, 3."}


@pytest.mark.parametrize("country", [*LABELS])
@pytest.mark.parametrize("language", ["", *WORDINGS, "tr", "de-AT"])
def test_our_usual_wordings_are_labelled_where_courts_want_it(country, language):
    for wording in usual_wordings(country, language):
        assert is_labelled(wording, country)
        assert not fault_of(wording, country=country, before=True, documented=False)


@pytest.mark.parametrize(
    ("country", "language", "words"),
    [
        ("GB", "de", "Ich arbeite bei Brackenby."),
        ("DE", "en", "Anzeige (ad) · I work at Brackenby."),
        ("CH", "fr", "Publicité · Je travaille chez Brackenby."),
        ("BE", "nl", "Ik werk bij Brackenby."),
        ("BE", "", "Ik werk bij / Je travaille chez Brackenby."),
        ("PL", "tr", "Pracuję w Brackenby."),
    ],
)
def test_the_line_is_in_the_language_of_the_post(db, country, language, words):
    assert queries.disclosure(country, "Brackenby", language=language).text == words


@pytest.mark.parametrize("wording", ["#ee", "#spon", "#partner", "#Ambassador #collab", " #sp ", "…", "#1"])
def test_what_readers_do_not_understand_is_refused(wording):
    assert fault_of(wording, country="GB", before=True, documented=False)


def test_first_person_wordings_stand_in_germany_where_the_firm_decided_so():
    assert "who decided" in fault_of("Ich arbeite hier.", country="DE", before=True, documented=False)
    assert "who decided" in fault_of("Anzeige · Ich arbeite hier.", country="DE", before=False, documented=False)
    assert not fault_of("Ich arbeite hier.", country="DE", before=False, documented=True)
    assert not fault_of("I work here.", country="GB", before=False, documented=False)


def test_a_wording_fills_in_the_name_alone():
    assert "{firm}" in fault_of("I work at {firm}.", country="GB", before=True, documented=False)


def campaign(**fields):
    today = clock.now()
    usual = {"name": "Raffle", "starts_on": today.date(), "ends_on": today.date(), "state": "open", "state_at": today}
    return Campaign.objects.create(**usual | fields)


def test_prizes_are_said_while_the_campaign_runs_and_not_after_it(db):
    story = StoryFactory(campaign=campaign(has_prizes=True))
    said = queries.disclosure("GB", "Brackenby", language="en", story=story).text
    assert said == "I work at Brackenby. Contest: sharing this can win me a prize."
    story.campaign.state = "ended"
    assert queries.disclosure("GB", "Brackenby", language="en", story=story).text == "I work at Brackenby."


def test_a_campaign_has_wordings_of_its_own(db):
    story = StoryFactory(campaign=campaign())
    DisclosureRule.objects.create(country="GB", wordings=["I work here."])
    rule = DisclosureRule.objects.create(country="GB", campaign=story.campaign, wordings=["I work here and ride."])
    assert queries.disclosure("GB", story=story).rule == rule
    assert queries.disclosure("GB", story=StoryFactory()).text == "I work here."


def test_words_made_from_a_suggestion_are_in_its_language():
    story = StoryFactory.build(language="en")
    german = Caption(language="de", text="Wir haben sechzig Brote den Berg hinaufgefahren.")
    assert queries.post_language(story, "Wir haben gestern sechzig Brote den Berg hinaufgefahren", [german]) == "de"
    assert queries.post_language(story, "We took sixty loaves up the hill.", [german]) == "en"


def test_all_platforms_cost_one_question(db, django_assert_num_queries):
    DisclosureRule.objects.create(connector="x", wordings=["I work here."])
    with django_assert_num_queries(1):
        book = queries.rulebook("Brackenby")
        lines = [book.line(Place("GB", "en", key)) for key in ("x", "bluesky", "linkedin")]
    assert [line.text for line in lines[:2]] == ["I work here.", "I work at Brackenby."]
    assert isinstance(lines[0], Line) and lines[0].record == {"rule": lines[0].rule.pk, "version": 1}
