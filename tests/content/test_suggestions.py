"""Offered from anywhere, answered every time, with a name only if they like."""

import io
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import Organisation
from content import actions, queries
from content.actions import GivenWords
from content.actions.errors import BadAddress, MovedOn, NotAllowed, NotReady
from content.forms.suggestions import shared
from content.models import Caption, Story, Suggestion
from core import clock
from core.models import AuditEntry
from notifications.models import Notice
from tests.content.conftest import AT, signed_in
from tests.factories import MemberFactory, ShareFactory, StoryFactory

WORDS = "The baker sold his van. Nobody noticed, except the street."


def give(member, **changes) -> Suggestion:
    return actions.give_suggestion(actor=member, given=GivenWords(**({"words": WORDS} | changes)), at=AT)


def told(member) -> list[str]:
    return list(Notice.objects.filter(member=member).order_by("pk").values_list("text", flat=True))


def photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(out, "PNG")
    return SimpleUploadedFile("bench.png", out.getvalue(), "image/png")


# Given


@pytest.mark.parametrize("empty", [{"words": ""}, {"words": "  \n"}, {"words": "", "title": "Only a title"}])
def test_one_of_three_is_enough_and_none_is_not(mina, empty):
    with pytest.raises(NotReady, match="one of them is enough"):
        give(mina, **empty)
    assert give(mina).state == "open" and give(mina, words="", url="https://blog.example/van").words == ""


def test_an_address_we_could_not_open_is_refused(mina):
    with pytest.raises(BadAddress):
        give(mina, url="javascript:alert(1)")
    assert not Suggestion.objects.exists()


def test_a_form_sent_twice_gives_once(mina):
    key = uuid4()
    made = [actions.give_suggestion(actor=mina, given=GivenWords(words=WORDS), key=key, at=AT) for _ in range(2)]
    assert made[0] == made[1] and Suggestion.objects.count() == 1


def test_a_photo_comes_with_whether_people_agree(mina):
    with pytest.raises(NotReady, match="agree"):
        give(mina, picture="stories/a.jpg")
    browser = signed_in(mina)
    refused = browser.post("/suggest/", {"words": WORDS, "picture": photo(), "picture_consent": "agreed"})
    page = refused.content.decode()
    assert refused.status_code == 422 and "say who is in it" in page and WORDS in page
    token = page.partition('name="picture_kept" value="')[2].partition('"')[0]
    kept = {"words": WORDS, "picture_kept": token, "picture_consent": "agreed", "picture_who": "Joe and Carys"}
    assert browser.post("/suggest/", kept).status_code == 302
    assert (found := Suggestion.objects.get()).picture and found.picture_who == "Joe and Carys"


def test_no_picture_is_taken_by_a_name_somebody_made_up(mina):
    signed_in(mina).post("/suggest/", {"words": WORDS, "picture_kept": "stories/secret.jpg"})
    assert Suggestion.objects.get().picture == ""


# From a share sheet, signed out or in


@pytest.mark.parametrize(
    ("query", "filled"),
    [
        ({"text": "Read this https://blog.example/van"}, ("", "Read this", "https://blog.example/van")),
        ({"title": "A van", "text": "A van", "url": "https://b.example"}, ("A van", "", "https://b.example")),
        ({"text": "https://b.example", "url": "https://b.example"}, ("", "", "https://b.example")),
        ({"text": "No address at all"}, ("", "No address at all", "")),
        ({}, ("", "", "")),
    ],
)
def test_what_a_share_sheet_hands_over_is_put_where_it_belongs(query, filled):
    found = shared(query)
    assert (found["title"], found["words"], found["url"]) == filled


def test_signed_out_nothing_is_lost_on_the_way_through_the_sign_in(mina):
    browser, words = Client(), "A long thought. " * 60
    answer = browser.get("/suggest/", {"title": "A van", "text": words, "url": "https://blog.example/van"})
    assert answer.status_code == 302 and len(answer["Location"]) < 100, "a mail keeps no longer address than 300"
    browser.force_login(mina, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = browser.get("/suggest/").content.decode()
    assert words.strip() in page and "https://blog.example/van" in page and "A van" in page
    assert words.strip() not in browser.get("/suggest/").content.decode(), "handed over once"


def test_a_session_that_ends_while_writing_brings_the_words_back(mina):
    browser = Client()
    assert browser.post("/suggest/", {"words": WORDS}).status_code == 302
    browser.force_login(mina, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "The baker sold his van." in browser.get("/suggest/").content.decode()
    assert not Suggestion.objects.exists()


def test_strangers_give_and_see_nothing(draft):
    for page in ("/suggest/", "/suggest/button/", "/given/", "/curate/suggestions/"):
        assert Client().get(page).status_code == 302
    assert Client().post("/suggest/1/take-back/").status_code == 302


def test_the_bookmark_only_leads_here(mina, settings):
    page = signed_in(mina).get("/suggest/button/").content.decode()
    assert f"javascript:location.href=&#x27;{settings.BASE_URL}/suggest/?url=" in page


# Answered


def test_used_it_is_a_draft_with_everything_and_the_giver_is_thanked(mina, sofia):
    made = {"title": "A van less", "url": "https://blog.example/van", "credited": True, "worked_on": True}
    given = give(mina, **made, lends_words=True)
    story = actions.use_suggestion(actor=sofia, suggestion=given, at=AT)
    assert (story.state, story.title, story.url, story.summary) == ("draft", "A van less", given.url, WORDS)
    assert story.captions.get().text == WORDS and story.makers.get().member == mina
    assert queries.suggested_by(story) == ["Mina Okafor"]
    assert told(mina) == ["Thank you: “A van less” is becoming a story."]


def test_what_it_becomes_follows_from_what_was_given(mina, sofia):
    of_words = actions.use_suggestion(actor=sofia, suggestion=give(mina), at=AT)
    assert (of_words.title, of_words.kind, queries.suggested_by(of_words)) == (WORDS, Story.WORDS, [])
    of_page = actions.use_suggestion(actor=sofia, suggestion=give(mina, words="", url="https://b.example/van"), at=AT)
    assert (of_page.kind, of_page.picture_due_at, of_page.captions.count()) == (Story.WEB, AT, 0)


def test_a_photo_of_somebody_not_asked_yet_stays_behind(mina, sofia):
    name = actions.take_picture(photo().read())
    given = give(mina, picture=name, picture_consent="unasked", picture_who="Joe")
    story = actions.use_suggestion(actor=sofia, suggestion=given, at=AT)
    assert story.picture == "" and not story.attachments.exists()
    agreed = give(mina, picture=name, picture_consent="agreed", picture_who="Joe", picture_alt="A bench")
    story = actions.use_suggestion(actor=sofia, suggestion=agreed, at=AT)
    posted = story.attachments.get()
    assert (story.picture, story.kind) == (name, Story.PICTURES)
    assert (posted.file.name, posted.alt, posted.width, posted.height) == (name, "A bench", 400, 300)


# What must not be seen in a photo


@pytest.fixture
def with_photo(mina, sofia):
    """A draft of a photo that shows more than it should; ready for review but for that."""
    agreed = {"picture_consent": "agreed", "picture_who": "Joe and Carys", "picture_hide": "the whiteboard"}
    given = give(mina, lends_words=True, picture=actions.take_picture(photo().read()), picture_alt="A bench", **agreed)
    story = actions.use_suggestion(actor=sofia, suggestion=given, at=AT)
    Story.objects.filter(pk=story.pk).update(picture_rights=Story.OWN)
    return Story.objects.get(pk=story.pk)


def form_of(browser, story, **changes):
    """The editor's form as it stands, with what a curator changes in it."""
    form = browser.get(f"/curate/stories/{story.pk}/").context
    rows = form["rows"].forms
    return {
        "title": story.title, "kind": story.kind, "language": "en", "picture_rights": "own", "edition": story.edition,
        "caption_id": [row["id"].value() for row in rows], "caption_text": [row["text"].value() for row in rows],
        "caption_connector": ["" for _row in rows], "caption_language": ["en" for _row in rows],
        "attachment_kept": [row.token for row in form["files"].rows], "attachment_alt": ["A bench"], "do": "submit",
    } | changes  # fmt: skip


def test_what_must_not_be_seen_stands_beside_the_photo_and_keeps_it_from_review(sofia, with_photo):
    browser, page = signed_in(sofia), f"/curate/stories/{with_photo.pk}/"
    shown = browser.get(page).content.decode()
    assert "Joe and Carys" in shown and "the whiteboard" in shown
    answer = browser.post(page, form_of(browser, with_photo), follow=True).content.decode()
    assert "not sent to review yet" in answer and "must not be seen" in answer
    with_photo.refresh_from_db()
    assert with_photo.state == "draft"


def test_a_curator_who_has_looked_says_so_and_whoever_approves_reads_it(sofia, dai, with_photo):
    browser = signed_in(sofia)
    browser.post(f"/curate/stories/{with_photo.pk}/", form_of(browser, with_photo, nothing_seen="on"))
    with_photo.refresh_from_db()
    assert with_photo.state == "in_review"
    page = signed_in(dai).get(f"/curate/stories/{with_photo.pk}/").content.decode()
    assert "the whiteboard" in page and "Sofia Lindqvist has looked" in page and "Joe and Carys" in page
    assert AuditEntry.objects.get(kind="photo_vouched").actor_id == sofia.pk
    assert "looked at the photo" in signed_in(dai).get(f"/curate/stories/{with_photo.pk}/history/").content.decode()


def test_a_photo_that_was_replaced_asks_nothing_any_more(sofia, with_photo):
    out = io.BytesIO()
    Image.new("RGB", (300, 300), "navy").save(out, "PNG")
    cut, browser = SimpleUploadedFile("cut.png", out.getvalue(), "image/png"), signed_in(sofia)
    browser.post(
        f"/curate/stories/{with_photo.pk}/",
        form_of(browser, with_photo, attachment_kept=[], attachment_alt=[], attachments=cut, do="save"),
    )
    story = Story.objects.get(pk=with_photo.pk)
    assert story.attachments.count() == 1 and queries.given_photo(story) is None
    assert "the whiteboard" not in browser.get(f"/curate/stories/{story.pk}/").content.decode()
    assert not queries.shows_what_must_not_be_seen(story)


def test_only_curators_vouch_and_a_photo_of_nothing_secret_asks_nobody(mina, sofia, with_photo):
    with pytest.raises(NotAllowed):
        actions.vouch_for_photo(actor=mina, story=with_photo, at=AT)
    Suggestion.objects.update(picture_hide="")
    assert not queries.shows_what_must_not_be_seen(with_photo)
    actions.vouch_for_photo(actor=sofia, story=with_photo, at=AT)
    assert not AuditEntry.objects.filter(kind="photo_vouched").exists()


def test_declined_it_says_why_and_lets_the_photo_go(mina, sofia, django_capture_on_commit_callbacks):
    name = actions.take_picture(photo().read())
    given = give(mina, title="A van", picture=name, picture_consent="agreed", picture_who="Joe")
    with pytest.raises(NotReady, match="why"):
        actions.decline_suggestion(actor=sofia, suggestion=given, reason=" ", at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        actions.decline_suggestion(actor=sofia, suggestion=given, reason="We told it in May.", at=AT)
    given.refresh_from_db()
    assert (given.state, given.picture, given.picture_who) == ("declined", "", "")
    assert not default_storage.exists(name)
    assert told(mina) == ["Thank you for “A van”. Not this time: We told it in May."]


def test_a_picture_that_stands_elsewhere_too_is_kept(mina, sofia, django_capture_on_commit_callbacks):
    name = actions.take_picture(photo().read())
    StoryFactory(picture=name)
    given = give(mina, picture=name, picture_consent="nobody")
    with django_capture_on_commit_callbacks(execute=True):
        actions.decline_suggestion(actor=sofia, suggestion=given, reason="We have it.", at=AT)
    assert default_storage.exists(name)


def test_two_curators_answer_once(mina, sofia, dai):
    given = give(mina)
    stale = Suggestion.objects.get(pk=given.pk)
    actions.use_suggestion(actor=sofia, suggestion=given, at=AT)
    for verb, more in ((actions.use_suggestion, {}), (actions.decline_suggestion, {"reason": "No."})):
        with pytest.raises(MovedOn):
            verb(actor=dai, suggestion=stale, at=AT, **more)
    assert Story.objects.count() == 1 and len(told(mina)) == 1


def test_members_answer_nothing(mina, dai):
    given, member = give(mina), MemberFactory()
    for verb, more in ((actions.use_suggestion, {}), (actions.decline_suggestion, {"reason": "No."})):
        with pytest.raises(NotAllowed):
            verb(actor=member, suggestion=given, at=AT, **more)
    browser = signed_in(member)
    assert browser.get("/curate/suggestions/").status_code == 403
    assert browser.post(f"/curate/suggestions/{given.pk}/use/").status_code == 403
    assert browser.post(f"/suggest/{given.pk}/take-back/").status_code == 404
    given.refresh_from_db()
    assert given.state == "open"


# Credit travels, and comes off


def test_the_giver_sees_how_many_passed_it_on_and_never_who(mina, sofia):
    given = give(mina, title="A van less", url="https://blog.example/van", credited=True)
    story = actions.use_suggestion(actor=sofia, suggestion=given, at=AT)
    Story.objects.filter(pk=story.pk).update(state="live", live_at=clock.now())
    for name in ("Anke Zwei", "Bev Drei"):
        ShareFactory(story=story, state="published", account__member__name=name)
    ShareFactory(story=story, state="published", account__member=mina)
    ShareFactory(story=story, state="failed")
    page = signed_in(mina).get("/given/").content.decode()
    assert "2 colleagues passed it on" in page and "Anke" not in page and "Bev" not in page
    assert "Suggested by Mina Okafor" in " ".join(
        signed_in(sofia).get(f"/stories/{story.pk}/").content.decode().split()
    )


def test_a_name_comes_off_a_story_at_any_time(mina, sofia):
    given = give(mina, credited=True)
    story = actions.use_suggestion(actor=sofia, suggestion=given, at=AT)
    signed_in(mina).post(f"/suggest/{given.pk}/take-back/")
    assert queries.suggested_by(story) == []


def test_the_pages_take_the_same_queries_for_one_and_for_many(mina, sofia, django_assert_max_num_queries):
    desk, hers = signed_in(sofia), signed_in(mina)
    give(mina)
    counts = {}
    for browser, page in ((desk, "/curate/suggestions/"), (hers, "/given/")):
        browser.get(page)
        with django_assert_max_num_queries(12) as asked:
            browser.get(page)
        counts[page] = len(asked)
    for number in range(6):
        actions.lend_sentence(
            actor=mina, story=StoryFactory(), words=f"{number}. {WORDS}", language="en", credited=True, at=AT
        )
    for browser, page in ((desk, "/curate/suggestions/"), (hers, "/given/")):
        browser.get(page)  # what is remembered for seconds is fresh in both
        with django_assert_max_num_queries(counts[page] + 2):  # more: how many passed them on, and which are shown
            browser.get(page)


# Words that colleagues may post, or may not


def test_the_form_asks_whether_colleagues_may_post_the_words(mina):
    browser = signed_in(mina)
    assert "Colleagues may post these words" in browser.get("/suggest/").content.decode()
    browser.post("/suggest/", {"words": WORDS})
    browser.post("/suggest/", {"words": WORDS, "lends_words": "on"})
    assert [one.lends_words for one in Suggestion.objects.order_by("pk")] == [False, True]


def test_without_a_yes_the_curator_reads_the_words_and_writes(mina, sofia):
    given, desk = give(mina, title="A van less"), signed_in(sofia)
    assert "colleagues may not post these words" in desk.get("/curate/suggestions/").content.decode()
    desk.post(f"/curate/suggestions/{given.pk}/use/")
    story = Story.objects.get()
    assert not story.captions.exists() and story.summary == ""
    page = desk.get(f"/curate/stories/{story.pk}/").content.decode()
    assert "What Mina Okafor suggested" in page and WORDS in page and "Please write your own." in page


@pytest.mark.parametrize(("credited", "shown"), [(True, True), (False, False)])
def test_whoever_posts_the_words_reads_whose_they_are_if_the_giver_likes(mina, sofia, credited, shown):
    given = give(mina, url="https://blog.example/van", lends_words=True, credited=credited)
    story = actions.use_suggestion(actor=sofia, suggestion=given, at=AT)
    Story.objects.filter(pk=story.pk).update(state="live", live_at=clock.now())
    page = signed_in(MemberFactory()).get(f"/stories/{story.pk}/share/").content.decode()
    assert WORDS in page and page.count("from Mina Okafor") == (2 if shown else 0), "on the chip, and under the words"


def test_a_name_comes_off_the_words_too(mina, sofia):
    given = give(mina, lends_words=True, credited=True)
    story = actions.use_suggestion(actor=sofia, suggestion=given, at=AT)
    signed_in(mina).post(f"/suggest/{given.pk}/take-back/")
    assert story.captions.get().given_by is None and story.captions.get().text == WORDS


def test_nobody_who_has_left_is_named_on_their_words(mina, sofia):
    given = give(mina, lends_words=True, credited=True)
    caption = actions.use_suggestion(actor=sofia, suggestion=given, at=AT).captions.get()
    assert caption.giver_name == "Mina Okafor"
    type(mina).objects.filter(pk=mina.pk).update(is_active=False)
    assert Caption.objects.get().giver_name == ""


def test_words_of_somebody_who_worked_on_it_are_for_those_who_did(mina, sofia):
    story = actions.use_suggestion(actor=sofia, suggestion=give(mina, lends_words=True, worked_on=True), at=AT)
    assert story.captions.get().for_makers
    assert queries.open_captions(story, member=mina) and not queries.open_captions(story, member=sofia)


def test_the_composer_takes_the_same_queries_whoever_gave_the_words(db, django_assert_max_num_queries):
    story, browser = StoryFactory(), signed_in(MemberFactory())
    Caption.objects.create(story=story, text="One.", given_by=MemberFactory())
    address = f"/stories/{story.pk}/share/"
    browser.get(address)
    with django_assert_max_num_queries(60) as one:
        browser.get(address)
    for number in range(3):
        Caption.objects.create(story=story, text=f"{number} more.", given_by=MemberFactory())
    with django_assert_max_num_queries(len(one)):
        browser.get(address)


# A sentence, lent


@pytest.fixture
def post(mina):
    return ShareFactory(account__member=mina, state="published", words="Joe hears it from the kettle.")


def test_a_lent_sentence_is_read_and_then_the_next_suggestion(mina, sofia, post):
    browser = signed_in(mina)
    assert "May colleagues use this sentence?" in browser.get(f"/shares/{post.pk}/").content.decode()
    browser.post(f"/shares/{post.pk}/lend/", {"credited": "on"})
    assert not post.story.captions.exists(), "nothing goes out unread"
    assert "May colleagues use this sentence?" not in browser.get(f"/shares/{post.pk}/").content.decode()
    given = Suggestion.objects.get()
    signed_in(sofia).post(f"/curate/suggestions/{given.pk}/use/")
    caption = post.story.captions.get()
    assert (caption.text, caption.given_by) == ("Joe hears it from the kettle.", mina)
    page = signed_in(MemberFactory()).get(f"/stories/{post.story_id}/share/").content.decode()
    assert "from Mina Okafor" in page


def test_lent_words_go_without_a_name_and_come_back(mina, sofia, post):
    given = actions.lend_sentence(actor=mina, story=post.story, words=post.words, language="en", credited=False, at=AT)
    actions.use_suggestion(actor=sofia, suggestion=given, at=AT)
    assert Caption.objects.get().given_by is None
    actions.take_back_suggestion(actor=mina, suggestion=Suggestion.objects.get(), at=AT)
    assert not Caption.objects.exists() and Suggestion.objects.get().state == "taken_back"


@pytest.mark.parametrize("firm", [{}, {"approvers": 2}, {"approvers": 0, "regulated": True}])
def test_where_stories_are_approved_somebody_else_reads_what_a_curator_lends(sofia, dai, post, firm):
    Organisation.objects.create(**firm)
    given = actions.lend_sentence(actor=sofia, story=post.story, words="My own.", language="en", credited=True, at=AT)
    page = signed_in(sofia).get("/curate/suggestions/").content.decode()
    assert "another curator has to read them first" in page and "Offer these words" not in page
    assert "Offer these words" in signed_in(dai).get("/curate/suggestions/").content.decode()
    page = signed_in(sofia).post(f"/curate/suggestions/{given.pk}/use/", follow=True).content.decode()
    assert "another curator has to read them first" in page and not Caption.objects.exists()
    actions.use_suggestion(actor=dai, suggestion=Suggestion.objects.get(), at=AT)
    assert Caption.objects.get().text == "My own."


def test_in_a_regulated_firm_a_curators_own_becomes_a_draft_that_is_approved_as_any(sofia):
    Organisation.objects.create(regulated=True)
    given = actions.give_suggestion(actor=sofia, given=GivenWords(words="My own."), at=AT)
    assert actions.use_suggestion(actor=sofia, suggestion=given, at=AT).state == "draft"


def test_where_nobody_is_asked_a_curator_lends_without_anybody(sofia, post):
    Organisation.objects.create(approvers=0)
    given = actions.lend_sentence(actor=sofia, story=post.story, words="My own.", language="en", credited=True, at=AT)
    actions.use_suggestion(actor=sofia, suggestion=given, at=AT)
    assert Caption.objects.get().text == "My own."


def test_what_is_suggested_already_or_over_is_not_lent(mina, post):
    lend = {"actor": mina, "story": post.story, "language": "en", "credited": True, "at": AT}
    actions.lend_sentence(words=post.words, **lend)
    with pytest.raises(NotReady, match="being read already"):
        actions.lend_sentence(words="Another one.", **lend)
    Caption.objects.create(story=post.story, text="A suggestion.")
    with pytest.raises(NotReady, match="already"):
        actions.lend_sentence(words="A suggestion. ", **lend)
    with pytest.raises(NotReady, match="no longer current"):
        actions.lend_sentence(words="Late.", **(lend | {"story": StoryFactory(state="expired")}))


def test_nobody_lends_what_somebody_else_wrote(post):
    assert signed_in(MemberFactory()).post(f"/shares/{post.pk}/lend/").status_code == 404
    assert not Suggestion.objects.exists()
