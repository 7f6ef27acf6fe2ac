"""What a page says of itself, as plain words."""

import pytest

from content import actions
from content.actions import GivenWords
from content.actions.page_marks import read_marks
from content.models import Story
from tests.content.conftest import AT, signed_in, words

PAGE = "https://blog.example/van"


def marks(page: bytes | str, content_type: str = ""):
    return read_marks(page, url=PAGE, content_type=content_type)


@pytest.mark.parametrize(
    ("head", "title", "summary"),
    [
        ("<title>A van</title>", "A van", ""),
        ('<title>A van</title><meta name="description" content="Sold.">', "A van", "Sold."),
        ('<meta name="twitter:title" content="T"><title>Plain</title>', "T", ""),
        (
            '<title>Plain</title><meta property="og:title" content="Meant"><meta name=twitter:title content=T>',
            "Meant",
            "",
        ),
        ('<meta name="description" content="Short"><meta property="og:description" content="Meant">', "", "Meant"),
        ('<title></title><meta property="og:title" content="  ">', "", ""),
        ("<title>Tom &amp; Joe&#8217;s\n van</title>", "Tom & Joe’s van", ""),
        ("<title>First</title><svg><title>A drawing</title></svg>", "First", ""),
        ("", "", ""),
    ],
)
def test_what_a_page_is_called_and_about(head, title, summary):
    found = marks(f"<html><head>{head}</head><body>Words</body></html>")
    assert (found.title, found.summary) == (title, summary)


@pytest.mark.parametrize(
    "title",
    [
        "<title>A van<script>alert(1)</script></title>",
        "<meta property='og:title' content='A van<script>alert(1)</script>'>",
        "<meta property='og:title' content='A van&lt;script&gt;alert(1)&lt;/script&gt;'>",
        "<title>A \u202evan\x00</title>",
        "<title>A &#x202E;van&#x1;</title>",
        "<meta property='og:title' content='A &amp;#x202E;van'>",
    ],
)
def test_nothing_that_runs_or_turns_the_reading_direction_comes_along(title):
    assert marks(title).title == "A van"


def test_what_is_endless_is_cut():
    found = marks(f"<title>{'van ' * 4000}</title><meta name='description' content='{'sold ' * 4000}'>")
    assert 250 < len(found.title) <= 300 and 250 < len(found.summary) <= 300


@pytest.mark.parametrize(
    ("page", "content_type"),
    [
        ("<title>Bäckerei</title>".encode(), ""),
        ("<title>Bäckerei</title>".encode("latin-1"), "text/html; charset=ISO-8859-1"),
        ("<meta charset='windows-1252'><title>Bäckerei</title>".encode("cp1252"), "text/html"),
        ("<title>Bäckerei</title>".encode(), "text/html; charset=zlib_codec"),
        ("<title>Bäckerei</title>".encode(), "text/html; charset=nonsense"),
    ],
)
def test_letters_are_read_as_they_are_written(page, content_type):
    assert marks(page, content_type).title == "Bäckerei"


# In a draft


BLOG = """<html><head><title>A bakery sold its van | Blog</title>
<meta property="og:title" content="A bakery sold its van">
<meta name="description" content="Nobody noticed, except the street."></head></html>"""


def suggested(mina, sofia, address: str, **given) -> Story:
    offered = actions.give_suggestion(actor=mina, given=GivenWords(url=address, **given), at=AT)
    return actions.use_suggestion(actor=sofia, suggestion=offered, at=AT)


def look(story: Story) -> Story:
    actions.fetch_picture(story_id=story.pk, at=AT)
    story.refresh_from_db()
    return story


def test_a_bare_address_becomes_a_draft_that_is_called_as_its_page_is(outside, mina, sofia):
    story = suggested(mina, sofia, outside.serve("/van", BLOG))
    assert story.title == story.url
    story = look(story)
    assert (story.title, story.summary) == ("A bakery sold its van", "Nobody noticed, except the street.")
    page = signed_in(sofia).get(f"/curate/stories/{story.pk}/").content.decode()
    assert 'value="A bakery sold its van"' in page and "Nobody noticed, except the street." in page
    assert len(outside.asked) == 1, "the same fetch looks for the picture"


def test_what_somebody_wrote_stays(outside, mina, sofia):
    story = suggested(mina, sofia, outside.serve("/van", BLOG), title="Mine")
    Story.objects.filter(pk=story.pk).update(summary="Mine too.")
    story = look(story)
    assert (story.title, story.summary) == ("Mine", "Mine too.")


def test_what_is_in_review_does_not_change(outside, mina, sofia):
    story = suggested(mina, sofia, outside.serve("/van", BLOG))
    Story.objects.filter(pk=story.pk).update(state="in_review")
    assert look(story).title == story.url


# A page that cannot be read


def problem_of(outside, sofia, address: str) -> str:
    story = actions.make_story(actor=sofia, words=words(url=address), fetches_picture=True, at=AT)
    look(story)
    page = signed_in(sofia).get(f"/curate/stories/{story.pk}/").content.decode()
    assert "The page could not be read:" in page and story.picture_problem in page
    return story.picture_problem


def test_redirects_for_ever(outside, sofia):
    address = outside.serve("/round", "", status=302, Location="/round")
    assert "too many times" in problem_of(outside, sofia, address)


def test_an_address_inside_a_private_network(outside, sofia):
    assert "inside a private network" in problem_of(outside, sofia, "http://10.1.1.1/wiki")
    assert outside.asked == []


def test_two_gigabytes(outside, sofia):
    address = outside.serve("/film", b"x" * 3_000_001, Content_Length="2147483648")
    assert "larger than we read" in problem_of(outside, sofia, address)


def test_nothing_there(outside, sofia):
    assert "answered with 404" in problem_of(outside, sofia, outside.origin + "/gone")


def test_when_nobody_tries_any_more_the_editor_says_what_to_do_and_a_corrected_address_is_read(outside, sofia):
    story = actions.make_story(actor=sofia, words=words(url=outside.origin + "/v"), fetches_picture=True, at=AT)
    Story.objects.filter(pk=story.pk).update(picture_tries=3)
    story = look(story)
    assert story.picture_due_at is None
    page = signed_in(sofia).get(f"/curate/stories/{story.pk}/").content.decode()
    assert "correct it and save" in page
    right = words(url=outside.serve("/van", BLOG))
    story = actions.edit_story(actor=sofia, story=story, words=right, at=AT)
    assert (story.picture_problem, story.picture_due_at) == ("", AT)
    assert look(story).summary == "Nobody noticed, except the street."


def test_a_picture_chosen_by_hand_ends_the_looking(outside, sofia):
    story = look(actions.make_story(actor=sofia, words=words(url=outside.origin + "/v"), fetches_picture=True, at=AT))
    assert story.picture_problem
    story = actions.edit_story(actor=sofia, story=story, words=words(url=story.url, picture="stories/a.jpg"), at=AT)
    assert (story.picture_problem, story.picture_due_at) == ("", None)
