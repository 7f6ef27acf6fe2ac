"""The curator's pages, as the right person, the wrong person, twice, and with words that do not fit."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import Organisation
from accounts.rules import PROVED_AT
from content import actions
from content.actions import GivenWords
from content.models import Caption, Feed, Story, Suggestion, Topic
from core import clock
from tests.content.conftest import AT, signed_in, words
from tests.factories import MemberFactory, StoryFactory

BOARD, NEW, FEEDS = "/curate/", "/curate/stories/new/", "/curate/feeds/"


@pytest.fixture
def browser(sofia):
    return signed_in(sofia)


def prove(browser: Client, hours_ago: int = 0) -> None:
    session = browser.session
    session[PROVED_AT] = clock.now().timestamp() - hours_ago * 3600
    session.save()


def story_form(**changes):
    usual = {
        "title": "A bakery sold its van", "url": "https://blog.example/van", "summary": "", "language": "en",
        "picture_alt": "", "live_from": "", "expires_at": "", "caption_id": [""], "caption_connector": [""],
        "caption_language": ["en"], "caption_text": ["Warm bread."], "do": "save",
    }  # fmt: skip
    return usual | changes


def text_of(response) -> str:
    return response.content.decode()


def png(width: int = 400, height: int = 300) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG")
    return SimpleUploadedFile("shop.png", out.getvalue(), "image/png")


# Who may come in


def every_page(story: Story, feed: Feed) -> list[str]:
    pages = [BOARD, NEW, FEEDS, f"/curate/stories/{story.pk}/", f"/curate/feeds/{feed.pk}/", "/curate/lanes/draft/"]
    acts = ["submit", "approve", "send-back", "go-live", "withdraw", "reopen", "times"]
    return pages + [f"/curate/stories/{story.pk}/{act}/" for act in acts] + [
        "/curate/bulk/", "/curate/lengths/",
        *(f"/curate/feeds/{feed.pk}/{act}/" for act in ("fetch", "stop", "start", "remove")),
    ]  # fmt: skip


def test_members_and_strangers_find_every_door_closed(mina, draft, make_feed):
    feed, before = make_feed("https://blog.example/f"), (Story.objects.get().state, Feed.objects.count())
    inside, outside = signed_in(mina), Client()
    for page in every_page(draft, feed):
        for method in ("get", "post"):
            assert getattr(inside, method)(page).status_code == 403, page
            answer = getattr(outside, method)(page)
            assert answer.status_code == 302 and "/accounts/" in answer["Location"], page
    assert (Story.objects.get().state, Feed.objects.count()) == before


def test_rights_shown_long_ago_are_asked_for_again(browser):
    prove(browser, hours_ago=13)
    assert browser.get(BOARD).status_code == 302


@pytest.mark.parametrize(
    "page",
    [
        "/curate/stories/999999/",
        "/curate/feeds/999999/",
        "/curate/lanes/nowhere/",
        "/curate/stories/99999999999999999999/",
    ],
)
def test_what_is_not_there_is_not_found(browser, page):
    assert browser.get(page).status_code == 404


def test_an_act_nobody_knows_is_not_found(browser, draft, make_feed):
    assert browser.post(f"/curate/stories/{draft.pk}/publish/").status_code == 404
    assert browser.post(f"/curate/feeds/{make_feed('https://a.example/').pk}/burn/").status_code == 404


def test_acts_are_not_done_by_looking(browser, draft):
    for act in ("submit", "approve", "withdraw"):
        assert browser.get(f"/curate/stories/{draft.pk}/{act}/").status_code == 405
    assert Story.objects.get().state == "draft"


def test_a_forged_form_is_refused(sofia, draft):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = signed_in(sofia).cookies
    assert browser.post(f"/curate/stories/{draft.pk}/withdraw/").status_code == 403
    assert browser.post(NEW, story_form()).status_code == 403
    assert Story.objects.get().state == "draft"


# The board


def test_an_empty_board_says_what_belongs_there(browser):
    page = text_of(browser.get(BOARD))
    assert "Nothing here yet" in page and FEEDS in page


def test_each_story_stands_in_its_lane(browser):
    for state in ("draft", "in_review", "approved", "live", "expired"):
        StoryFactory(state=state, title=f"This one is {state}")
    page = text_of(browser.get(BOARD))
    assert all(f"This one is {state}" in page for state in ("draft", "in_review", "approved", "live"))
    assert "This one is expired" not in page and "1 past story" in page
    assert "This one is expired" in text_of(browser.get("/curate/lanes/past/"))


def test_the_board_asks_the_same_number_of_questions_for_one_story_and_for_thirty(
    browser, django_assert_max_num_queries
):
    topic = Topic.objects.create(name="Workshop")

    def fill(number: int) -> int:
        for state in ("draft", "in_review", "approved", "live"):
            for story in StoryFactory.create_batch(number, state=state, topic=topic, submitted_by=MemberFactory()):
                Caption.objects.create(story=story, text="Warm bread.")
        browser.get(BOARD)
        with django_assert_max_num_queries(14) as asked:
            assert browser.get(BOARD).status_code == 200
        return len(asked)

    assert fill(1) == fill(29)


def test_the_board_names_the_language_a_topic_lacks(browser):
    Organisation.objects.create(languages=["en", "de"])
    StoryFactory.create_batch(4, topic=Topic.objects.create(name="Workshop"), language="en")
    page = " ".join(text_of(browser.get(BOARD)).split())
    assert "Deutsch 0" in page and "English 4" not in page
    assert "Deutsch 0" in text_of(browser.get("/curate/worked/"))


def test_the_first_suggestions_stand_on_the_board_and_lead_to_their_page(browser, mina):
    for number in range(6):
        given = GivenWords(words=f"Sentence {number} of a colleague.", language="en")
        actions.give_suggestion(actor=mina, given=given, at=AT + timedelta(minutes=number))
    page = text_of(browser.get(BOARD))
    assert "Sentence 0" in page and "Sentence 3" in page and "Sentence 4" not in page and "2 more" in page
    first = Suggestion.objects.order_by("pk")[0]
    assert f'href="/curate/suggestions/#suggestion-{first.pk}"' in page and "Nothing here yet" not in page
    assert f'id="suggestion-{first.pk}"' in text_of(browser.get("/curate/suggestions/"))


def test_each_lane_is_a_tab_from_suggested_to_live(browser):
    StoryFactory()
    page = text_of(browser.get(BOARD))
    lanes = ["suggested", "draft", "in_review", "approved", "live"]
    places = [page.index(f'href="/curate/?lane={lane}"') for lane in lanes]
    assert places == sorted(places) and 'lane=live" aria-current="page"' in page
    assert "waits here for an answer" in text_of(browser.get("/curate/?lane=suggested"))
    assert 'lane=suggested" aria-current="page"' in text_of(browser.get("/curate/?lane=suggested"))


@pytest.mark.parametrize(
    ("state", "approvers", "hint"),
    [
        ("in_review", 1, "With the last yes, what has no date goes live at once."),
        ("approved", 1, "It goes live at once. That cannot be undone"),
        ("draft", 0, "What has no date goes live at once."),
        ("draft", 1, ""),
    ],
)
def test_what_no_tap_brings_back_is_said_before_the_tap(browser, state, approvers, hint):
    Organisation.objects.create(approvers=approvers)
    StoryFactory(state=state)
    for address in (BOARD, f"/curate/lanes/{state}/"):
        page = text_of(browser.get(address))
        assert hint in page and ("cannot be undone" in page) == bool(hint)


def test_whoever_approves_reads_before_the_tap_that_it_goes_live(dai, draft):
    actions.submit_story(actor=dai, story=draft, at=AT)
    browser, page = signed_in(MemberFactory(roles=["curator"])), f"/curate/stories/{draft.pk}/"
    assert "It goes live at once." in text_of(browser.get(page))
    Story.objects.filter(pk=draft.pk).update(live_from=clock.now() + timedelta(days=1))
    assert "It goes live at once." not in text_of(browser.get(page))


def test_the_keys_are_named_and_off_until_wanted(browser):
    StoryFactory(state="draft")
    StoryFactory(state="expired")
    for address in (BOARD, "/curate/lanes/past/"):
        page = text_of(browser.get(address))
        assert 'aria-pressed="false" data-shortcuts' in page and "put live now, discard, draft again" in page


def test_titles_of_strangers_are_only_text(browser):
    StoryFactory(state="draft", title="<script>alert(1)</script>", summary="<img src=x onerror=alert(1)>")
    page = text_of(browser.get(BOARD)) + text_of(browser.get(f"/curate/stories/{Story.objects.get().pk}/"))
    assert "<script>alert(1)" not in page and "<img src=x" not in page and "&lt;script&gt;" in page


def test_many_are_sent_on_at_once_and_who_cannot_stays(browser, sofia, draft):
    bare = actions.make_story(actor=sofia, words=words(title="Without words"), at=AT)
    answer = browser.post("/curate/bulk/", {"act": "submit", "story": [draft.pk, bare.pk, "x", "9" * 30]}, follow=True)
    assert {story.title: story.state for story in Story.objects.all()} == {
        "A bakery sold its van": "in_review",
        "Without words": "draft",
    }
    page = text_of(answer)
    assert "1 story moved." in page and "“Without words”" in page


def test_nothing_chosen_is_said(browser):
    assert "Choose at least one" in text_of(browser.post("/curate/bulk/", {"act": "submit"}, follow=True))
    assert "Choose at least one" in text_of(browser.post("/curate/bulk/", {"act": "burn", "story": ["1"]}, follow=True))


def test_the_way_back_is_never_to_somebody_elses_site(browser, draft):
    answer = browser.post(f"/curate/stories/{draft.pk}/withdraw/", {"next": "https://evil.example/"})
    assert answer["Location"] == f"/curate/stories/{draft.pk}/"


# Writing


def test_a_story_is_written_and_sent_on_in_one_go(browser, sofia, dai):
    answer = browser.post(NEW, story_form(do="submit"))
    story = Story.objects.get()
    assert answer["Location"] == BOARD
    assert (story.state, story.submitted_by, story.captions.get().text) == ("in_review", sofia, "Warm bread.")


def test_a_form_sent_twice_makes_one_story(browser):
    form = story_form(key="7b1c2f0a-9a3e-4f6e-9a53-0c3f2f3a7a11")
    assert browser.post(NEW, form)["Location"] == browser.post(NEW, form)["Location"]
    assert Story.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"url": "javascript:alert(1)"}, "cannot be shared"),
        ({"url": "ftp://blog.example/"}, "https:// or http://"),
        ({"url": ""}, "address of the page"),
        ({"title": ""}, "Please give the story a title."),
        ({"live_from": "2026-12-02T10:00", "expires_at": "2026-12-01T10:00"}, "end before it begins"),
        ({"live_from": "tomorrow"}, "a day and a time"),
        ({"live_from": "99999-12-31T10:00"}, "a day and a time"),
        ({"language": "klingon"}, "valid choice"),
        ({"topic": "999"}, "valid choice"),
        ({"caption_connector": ["x"], "caption_text": ["word " * 90]}, "too many for X"),
        ({"caption_text": ["word " * 1224]}, "too long for every platform"),
        ({"caption_text": ["🇩🇪" * 50_000]}, "far too long for every platform"),
        ({"caption_connector": ["myspace"]}, "valid choice"),
        ({"caption_text": ["I did [[what I worked on] today"]}, "One blank is not whole."),
        ({"caption_text": ["I did [[]] today"]}, "One blank is not whole."),
        ({"title": "x" * 301}, "300"),
    ],
)  # fmt: skip
def test_what_does_not_fit_comes_back_with_a_sentence_and_everything_typed(browser, changes, sentence):
    form = story_form(summary="Typed with care.", **changes)
    answer = browser.post(NEW, form)
    page = text_of(answer)
    assert answer.status_code == 422 and sentence in page and "Typed with care." in page
    assert not Story.objects.exists()


def test_only_the_demo_has_a_door_to_a_second_person(browser, draft, sofia, settings):
    MemberFactory(roles=["curator"])
    actions.submit_story(actor=sofia, story=draft, at=AT)
    for settings.DEMO in (False, True):
        page = text_of(browser.get(f"/curate/stories/{draft.pk}/"))
        assert ("Come in as a second curator" in page) == settings.DEMO and "Approve this story" not in page


def test_a_blank_that_never_closes_comes_back_as_it_was_typed_and_is_not_sent_on(browser, draft, sofia):
    page = text_of(browser.post(NEW, story_form(caption_text=["I did [[what I worked on] today"])))
    assert "I did [[what I worked on] today" in page and "such as [[what I worked on]]." in page
    Caption.objects.filter(story=draft).update(text="I did [[what I worked on] today")
    answer = browser.post("/curate/bulk/", {"act": "submit", "story": [draft.pk]}, follow=True)
    assert "One blank is not whole." in text_of(answer)
    draft.refresh_from_db()
    assert draft.state == "draft", "it came from before this was asked"
    browser.post(f"/curate/stories/{draft.pk}/", story_form(edition="1", caption_text=["I did [[what I did]] today"]))
    assert Caption.objects.get(story=draft).text == "I did [[what I did]] today"


def test_no_browser_cuts_what_is_pasted(browser):
    page = text_of(browser.get(NEW))
    fields = [part.partition(">")[0] for part in page.split("<textarea")[1:]]
    assert len(fields) > 1 and not any("maxlength" in field for field in fields)
    page = text_of(browser.post(NEW, story_form(summary="long " * 300, caption_text=["word " * 1224])))
    assert "at most 1000" in page and "long " * 299 in page and "word " * 1223 in page
    assert not Story.objects.exists()


def test_a_long_suggestion_for_every_platform_is_kept_and_measured(browser):
    answer = browser.post(NEW, story_form(caption_text=["word " * 90]), follow=True)
    assert "too long for X, Mastodon and Bluesky" in text_of(answer)
    page = text_of(browser.get(f"/curate/stories/{Story.objects.get().pk}/"))
    assert "too many" in page


def test_a_good_picture_is_kept_while_something_else_is_mended(browser):
    answer = browser.post(NEW, story_form(title="", picture=png()))
    page = text_of(answer)
    token = page.partition('name="picture_kept" value="')[2].partition('"')[0]
    assert answer.status_code == 422 and token and "Chosen just now" in page
    browser.post(NEW, story_form(picture_kept=token, picture_alt="A shop"))
    assert Story.objects.get().picture.name.endswith(".jpg")


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [(SimpleUploadedFile("a.png", b"<svg/>", "image/png"), "cannot be read"), (png(20, 20), "only 20 × 20")],
)
def test_a_bad_picture_is_a_sentence(browser, upload, sentence):
    upload.seek(0)
    answer = browser.post(NEW, story_form(picture=upload))
    assert answer.status_code == 422 and sentence in text_of(answer) and not Story.objects.exists()


def test_a_made_up_picture_name_is_not_believed(browser):
    browser.post(NEW, story_form(picture_kept="members/somebody.jpg"))
    assert Story.objects.get().picture.name == ""


def test_rows_are_added_and_removed_without_saving_and_without_loss(browser):
    two = {"caption_id": ["", ""], "caption_connector": ["", "x"], "caption_language": ["en", "en"]}
    form = story_form(title="", caption_text=["First words.", "Second words."], **two)
    page = text_of(browser.post(NEW, form | {"do": "add"}))
    assert page.count('name="caption_text"') == 3 and "First words." in page and "Please give" not in page
    page = text_of(browser.post(NEW, form | {"do": "drop:0"}))
    assert page.count('name="caption_text"') == 1 and "Second words." in page and "First words." not in page
    assert not Story.objects.exists()


def test_times_are_the_curators_own(browser, sofia):
    browser.post(NEW, story_form(live_from="2026-07-01T10:00"))
    story = Story.objects.get()
    assert story.live_from == datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
    page = text_of(browser.get(f"/curate/stories/{story.pk}/"))
    assert 'value="2026-07-01T10:00"' in page and "Europe/London" in page


def test_an_hour_that_comes_twice_stays_the_one_it_was(browser, draft):
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    Story.objects.filter(pk=draft.pk).update(live_from=second)
    browser.post(f"/curate/stories/{draft.pk}/", story_form(edition="1", live_from="2026-10-25T01:30"))
    draft.refresh_from_db()
    assert (draft.edition, draft.live_from) == (2, second)


def test_an_hour_that_does_not_exist_moves_on(browser):
    browser.post(NEW, story_form(live_from="2027-03-28T01:30"))
    assert Story.objects.get().live_from == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_two_tabs_notice_each_other_and_nothing_typed_is_lost(browser, dai, draft):
    page = f"/curate/stories/{draft.pk}/"
    signed_in(dai).post(page, story_form(title="What Dai wrote", edition="1"))
    answer = browser.post(page, story_form(title="What Sofia wrote", edition="1"))
    text = text_of(answer)
    assert answer.status_code == 409 and "Dai Evans saved this story while you were writing" in text
    assert "What Sofia wrote" in text and "What Dai wrote" in text and 'name="edition" value="2"' in text
    assert browser.post(page, story_form(title="What Sofia wrote", edition="2")).status_code == 302
    draft.refresh_from_db()
    assert draft.title == "What Sofia wrote"


def test_saving_what_has_moved_on_keeps_the_words(browser, sofia, draft):
    actions.submit_story(actor=sofia, story=draft, at=AT)
    answer = browser.post(f"/curate/stories/{draft.pk}/", story_form(title="Late words", edition="1"))
    assert answer.status_code == 409 and "Late words" in text_of(answer) and "no longer a draft" in text_of(answer)


def test_sent_on_without_words_is_saved_and_says_why_not(browser):
    answer = browser.post(NEW, story_form(do="submit", caption_text=[""]), follow=True)
    assert "Saved, but not sent to review yet." in text_of(answer) and Story.objects.get().state == "draft"


def test_words_are_measured_while_they_are_written(browser):
    answer = browser.post("/curate/lengths/", story_form(row="0", caption_connector=["x"], caption_text=["y" * 300]))
    assert "too many" in text_of(answer) and "Mastodon" not in text_of(answer)
    assert browser.post("/curate/lengths/", story_form(row="7")).status_code == 404
    assert browser.post("/curate/lengths/", {}).status_code == 404


def test_words_outlive_the_session_they_were_typed_in(browser, sofia):
    browser.logout()
    answer = browser.post(NEW, story_form(title="", summary="Typed with care."))
    assert answer.status_code == 302 and not Story.objects.exists()
    browser.force_login(sofia, backend="allauth.account.auth_backends.AuthenticationBackend")
    prove(browser)
    page = text_of(browser.get(NEW))
    assert "Typed with care." in page and "Warm bread." in page and "not saved yet" in page
    assert "Typed with care." not in text_of(browser.get(NEW))


def test_words_outlive_the_rights_of_a_curator(browser, draft):
    page = f"/curate/stories/{draft.pk}/"
    prove(browser, hours_ago=13)
    assert browser.post(page, story_form(title="Late words", edition="1")).status_code == 302
    prove(browser)
    assert 'value="Late words"' in text_of(browser.get(page))
    draft.refresh_from_db()
    assert draft.title == "A bakery sold its van"
    assert browser.post(page, story_form(title="Late words", edition="1")).status_code == 302


def test_nothing_is_kept_of_somebody_who_may_not_write(mina):
    browser = signed_in(mina)
    assert browser.post(NEW, story_form()).status_code == 403
    assert not [key for key, _value in browser.session.items() if key.startswith("typed:")]


# Moving on


def test_the_reviewer_is_offered_the_approval_and_who_sent_it_is_not(browser, sofia, dai, draft):
    actions.submit_story(actor=sofia, story=draft, at=AT)
    page = f"/curate/stories/{draft.pk}/"
    assert "Approve this story" not in text_of(browser.get(page))
    assert "Somebody else reads it" in text_of(browser.get(page))
    reviewer = signed_in(dai)
    assert "Approve this story" in text_of(reviewer.get(page))
    assert "somebody else has to approve" in text_of(browser.post(f"{page}approve/", follow=True))
    reviewer.post(f"{page}approve/", {"edition": "1"})
    assert Story.objects.get().state == "live"


def test_the_only_curator_is_told_how_to_go_on(browser, sofia, draft):
    actions.submit_story(actor=sofia, story=draft, at=AT)
    page = text_of(browser.get(f"/curate/stories/{draft.pk}/"))
    assert "there is none yet" in page and "Approve this story" not in page


def test_a_second_click_finds_it_done(browser, dai, draft):
    for _click in range(2):
        answer = browser.post(f"/curate/stories/{draft.pk}/submit/", follow=True)
        assert "moved on meanwhile" not in text_of(answer)
    assert Story.objects.get().state == "in_review"


def test_withdrawing_without_a_reason_changes_nothing(browser):
    story = StoryFactory()
    assert "Please say why" in text_of(browser.post(f"/curate/stories/{story.pk}/withdraw/", follow=True))
    browser.post(f"/curate/stories/{story.pk}/withdraw/", {"reason": "Recalled."})
    story.refresh_from_db()
    assert (story.state, story.withdrawn_reason) == ("withdrawn", "Recalled.")


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "live", "expired", "withdrawn"])
def test_every_state_has_a_page(browser, state):
    story = StoryFactory(state=state, live_from=clock.now() + timedelta(days=1), withdrawn_reason="Because")
    answer = browser.get(f"/curate/stories/{story.pk}/")
    assert answer.status_code == 200 and story.title in text_of(answer)


def test_the_end_of_a_live_story_can_be_moved(browser):
    story = StoryFactory()
    page = reverse("content:reschedule", args=[story.pk])
    answer = browser.post(page, {"live_from": "", "expires_at": "2001-01-01T10:00"})
    assert answer.status_code == 422 and "later end" in text_of(answer)
    assert browser.post(page, {"live_from": "", "expires_at": "2099-01-01T10:00"}).status_code == 302
    story.refresh_from_db()
    assert story.expires_at == datetime(2099, 1, 1, 10, 0, tzinfo=UTC)


# Feeds


def test_a_feed_is_added_and_listed(browser, django_assert_max_num_queries):
    browser.post(FEEDS, {"url": "https://blog.example/feed.xml", "language": ""})
    with django_assert_max_num_queries(8):
        page = text_of(browser.get(FEEDS))
    assert "blog.example/feed.xml" in page and "waiting for its first reading" in page and "hx-trigger" in page
    assert "added" not in page and "working" not in page


def test_feeds_of_one_house_are_told_apart(browser, make_feed):
    for name in ("bread", "cake"):
        make_feed(f"https://blog.example/{'a-long-way-to/' * 9}{name}.xml", title="Blog")
    page = text_of(browser.get(FEEDS))
    assert "…" in page and "bread.xml</span>" in page and "cake.xml</span>" in page


def test_a_removed_feed_leaves_its_stories(browser, make_feed, draft):
    feed = make_feed("https://blog.example/feed.xml")
    Story.objects.filter(pk=draft.pk).update(feed=feed)
    assert "The 1 story it brought stays" in text_of(browser.get(f"/curate/feeds/{feed.pk}/"))
    answer = browser.post(f"/curate/feeds/{feed.pk}/remove/", follow=True)
    assert "Its stories stay" in text_of(answer) and not Feed.objects.exists()
    assert Story.objects.get().title == draft.title
    assert browser.post(f"/curate/feeds/{feed.pk}/remove/").status_code == 404


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("javascript:alert(1)", "is no address of a feed"),
        ("not an address", "is no address of a feed"),
        ("", "Please give the address of the feed"),
        ("https://a.example/f", "read already"),
    ],
)
def test_a_feed_that_cannot_be_added_is_a_sentence(browser, make_feed, url, sentence):
    make_feed("https://a.example/f")
    answer = browser.post(FEEDS, {"url": url})
    assert answer.status_code == 422 and sentence in text_of(answer) and Feed.objects.count() == 1


def test_a_failing_feed_says_since_when_and_why(browser, make_feed):
    make_feed(
        "https://a.example/f",
        state="failing",
        failing_since=datetime(2026, 11, 3, 9, 0, tzinfo=UTC),
        due_at=AT + timedelta(days=900),
        reason="There is nothing at this address (404).",
    )
    page = " ".join(text_of(browser.get(FEEDS)).split())
    assert "failing" in page and "Tue 3 Nov, 09:00 GMT" in page and "nothing at this address (404)" in page


def test_a_feed_is_fetched_stopped_and_started_by_hand(browser, make_feed):
    feed = make_feed("https://a.example/f", due_at=AT + timedelta(days=900))
    for act, state in (("fetch", "active"), ("stop", "stopped"), ("fetch", "stopped"), ("start", "active")):
        assert browser.post(f"/curate/feeds/{feed.pk}/{act}/").status_code == 302
        feed.refresh_from_db()
        assert feed.state == state
    assert feed.due_at < AT + timedelta(days=900)


def test_a_feeds_address_is_changed(browser, make_feed):
    feed = make_feed("https://a.example/f")
    page = f"/curate/feeds/{feed.pk}/"
    assert 'value="https://a.example/f"' in text_of(browser.get(page))
    assert browser.post(page, {"url": "nonsense"}).status_code == 422
    browser.post(page, {"url": "https://b.example/f"})
    feed.refresh_from_db()
    assert feed.url == "https://b.example/f"
