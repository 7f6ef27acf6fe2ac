"""The practice town answers by its script, listens for what it says it listens for, and remembers nothing."""

from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.reading import count_words
from guidelines import rehearsing
from guidelines.rehearsing import DOES, ENDS, SIGNS, Step, Talk, opened, scene_for, scenes, sealed
from guidelines.starting import starters
from guidelines.views.rehearsing import CAST, DONE, LISTENS
from tests.factories import MemberFactory
from tests.guidelines.conftest import begun, put_out, settled
from tests.guidelines.test_views import signed_in

KEYS = {one.key for text in starters().values() for one in text.sections}
ALL = [scene_for(key, "en") for key in scenes()]
EVENTS = {*SIGNS, *DOES, *(f"ever-{one}" for one in (*SIGNS, *DOES))}


@pytest.mark.parametrize("scene", ALL, ids=lambda one: one.key)
def test_each_script_knows_an_answer_whatever_somebody_does(scene):
    assert 3 <= len(scene.turns) <= 4 and scene.closing and scene.task
    assert {turn.who for turn in scene.turns} <= set(CAST)
    for turn in scene.turns:
        assert turn.lines[-1].when == () and all(line.when for line in turn.lines[:-1])
    lines = [*scene.debrief, *(line for turn in scene.turns for line in turn.lines)]
    assert {one.removeprefix("not-") for line in lines for one in line.when} <= EVENTS
    assert {line.section for line in scene.debrief} <= KEYS, "each part of the debrief leads to a section"
    assert all(count_words(line.text) <= 40 and "!" not in line.text for line in scene.debrief)


def test_all_of_the_cast_plays_and_the_page_says_what_it_listens_for():
    assert {turn.who for scene in ALL for turn in scene.turns} == set(CAST)
    assert set(LISTENS) == set(SIGNS) and set(DONE) == set(DOES) - {"say"}


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("I work there, so take it with salt.", "where"),
        ("My apologies, that was our mistake.", "sorry"),
        ("I promise you will get it on Friday", "promise"),
        ("It is all NONSENSE", "insult"),
        ("WE NEVER LAUGHED", "shout"),
        ("What on earth!!", "shout"),
        ("Rita did not laugh", "person"),
        ("Ask Mrs Adler", "person"),
        ("It costs 30 % less", "figure"),
        ("It weighs 12 kilos", "figure"),
        ("I am not the right person, this is who is", "handover"),
    ],
)
def test_signs_are_heard(text, sign):
    assert sign in scene_for("angry", "en").signs_in(text)


@pytest.mark.parametrize(
    "text", ["It is a nice day.", "My network is large.", "OK then, see you in the USA", "whereabouts"]
)
def test_and_not_where_there_are_none(text):
    assert scene_for("angry", "en").signs_in(text) == set()


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_typed_it_ends_in_a_calm_debrief(seed):
    random = Random(seed)
    pieces = [
        "I work there",
        "SHUT UP NOW",
        "Rita",
        "99 %",
        "sorry",
        "I promise",
        "",
        "😀",
        "\u202e<b>",
        "ß" * 600,
        "!!",
    ]
    for scene in ALL:
        talk = Talk(scene)
        for _ in range(12):
            does, text = random.choice([*DOES, "say", "say", "fly"]), random.choice(pieces)
            try:
                talk = talk.then(does, text)
            except ValueError:
                continue
            assert opened(scene, sealed(talk)) == talk and talk.said
        while not talk.is_over:
            talk = talk.then("leave", "")
        assert talk.debrief and len(talk.steps) <= len(scene.turns) + 1
        assert all(step.does not in ENDS for step in talk.steps[:-1])
        with pytest.raises(ValueError):
            talk.then("leave", "")


def test_what_the_page_carries_cannot_be_forged():
    scene, other = ALL[0], ALL[1]
    state = sealed(Talk(scene, (Step("say", "Hello"),)))
    for forged in ("", "x", state[:-1] + "A", state.replace(":", ""), sealed(Talk(other))):
        with pytest.raises(ValueError):
            opened(scene, forged)


def test_a_translation_is_used_where_there_is_one_and_says_its_language(tmp_path):
    for source in rehearsing.FOLDER.glob("*.toml"):
        (tmp_path / source.name).write_text(source.read_text())
    (tmp_path / "de").mkdir()
    german = (tmp_path / "1-forum.toml").read_text().replace("The forum where nobody knows you", "Das Forum")
    (tmp_path / "de" / "1-forum.toml").write_text(german)
    words = (tmp_path / "words.toml").read_text().replace('"i work at"', '"ich arbeite"')
    (tmp_path / "de" / "words.toml").write_text(words)
    forum = scenes(tmp_path)["forum"]
    assert (forum["de"].title, forum["en"].title) == ("Das Forum", "The forum where nobody knows you")
    assert "where" in forum["de"].signs_in("Ich arbeite dort") and "where" not in forum["en"].signs_in("Ich arbeite")
    assert scene_for("forum", "fr").language == "en"


# The page


@pytest.fixture
def browser(db):
    return signed_in(MemberFactory(name="Mina Okafor"))


ADDRESS = "/guidelines/rehearsal/forum/"


def state_of(page: str) -> str:
    return page.split('name="state" value="')[1].split('"')[0]


def test_a_whole_rehearsal_by_plain_forms_and_nothing_is_stored(browser):
    page = browser.get(ADDRESS).content.decode()
    assert "Practice. Nobody but you sees this." in page
    said = [
        {"do": "say", "text": "I work there, so take it with salt."},
        {"do": "leave"},
        {"do": "leave"},
        {"do": "leave"},
    ]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for number, step in enumerate(said):
            page = browser.post(ADDRESS, {**step, "state": state_of(page)}).content.decode()
            assert "Nice that you say where you work" in page, number
    assert "You said where you work." in page and "Practice. Nobody but you sees this." in page
    assert not [one["sql"] for one in queries if not one["sql"].lstrip().startswith(("SELECT", "SAVEPOINT", "RELEASE"))]
    assert "take it with salt" not in browser.get(ADDRESS).content.decode()


def test_nothing_typed_says_so_and_a_lost_thread_keeps_the_words(browser):
    answer = browser.post(
        ADDRESS, {"do": "say", "text": "  ", "state": state_of(browser.get(ADDRESS).content.decode())}
    )
    assert answer.status_code == 422 and "Please write something" in answer.content.decode()
    answer = browser.post(ADDRESS, {"do": "say", "text": "My own words", "state": "forged"})
    assert answer.status_code == 422 and "My own words" in answer.content.decode()
    assert browser.post(ADDRESS, {"do": "fly", "text": "x"}).status_code == 422
    assert browser.get("/guidelines/rehearsal/nothing/").status_code == 404


def test_markup_is_shown_as_words(browser):
    page = browser.post(ADDRESS, {"do": "say", "text": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert(1)" not in page and "&lt;script&gt;" in page


def test_it_leads_to_the_section_of_ones_own_guideline(browser, hana, ines):
    made = put_out(hana, ines, begun(hana, texts={"en": starters()["everybody"]}))
    settled()
    page = browser.get(ADDRESS).content.decode()
    page = browser.post(ADDRESS, {"do": "ask", "state": state_of(page)}).content.decode()
    assert f"{reverse('guidelines:read', args=[made.guideline_id])}#s-help" in page


def test_strangers_sign_in_first(client, db):
    assert client.get(ADDRESS).status_code == 302 and client.post(ADDRESS, {"text": "x"}).status_code == 302
