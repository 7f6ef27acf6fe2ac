from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import LinkedAccount, Organisation
from accounts.queries import forget_kept
from connectors import assisted
from content import queries as content
from content.actions import keep_phrase
from content.actions.phrases import PhraseWords
from content.models import Caption, DisclosureRule, Phrase
from core import clock
from shares import actions
from shares.models import Reservation, SavedDraft, Share
from tests.factories import LinkedAccountFactory, MemberFactory, ShareFactory, StoryFactory
from tests.staging import pay

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    return LinkedAccountFactory()


@pytest.fixture
def browser(client, account):
    client.force_login(account.member)
    return client


def compose(browser, story, **fields):
    return browser.post(reverse("shares:compose", args=[story.pk]), {"when": "now", "key": str(uuid4()), **fields})


def test_the_feed_opens_with_nothing_linked_signed_or_filled_in(client) -> None:
    StoryFactory(title="A bridge in the fog")
    client.force_login(MemberFactory(team=None))
    page = client.get("/").content.decode()
    assert "A bridge in the fog" in page and "Share this story" in page


def test_an_empty_feed_says_what_belongs_there(browser) -> None:
    assert "No stories yet" in browser.get("/").content.decode()


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "withdrawn", "expired"])
def test_stories_that_are_not_live_are_not_there_for_members(browser, state) -> None:
    story = StoryFactory(state=state, title="Not for you yet")
    assert "Not for you yet" not in browser.get("/").content.decode()
    assert browser.get(reverse("shares:story", args=[story.pk])).status_code == 404
    assert browser.get(reverse("shares:compose", args=[story.pk])).status_code == 404


def test_the_feed_takes_the_same_few_queries_with_one_card_and_with_thirty(
    browser, django_assert_max_num_queries
) -> None:
    StoryFactory()
    browser.get("/?all")
    with django_assert_max_num_queries(12) as one:
        browser.get("/?all")
    StoryFactory.create_batch(29)
    with django_assert_max_num_queries(len(one)):
        browser.get("/?all")


def test_my_posts_take_the_same_queries_with_one_row_and_with_twenty(browser, account, django_assert_max_num_queries):
    ShareFactory(account=account, state="published", published_at=clock.now())
    forget_kept()
    with django_assert_max_num_queries(14) as one:
        browser.get("/shares/")
    ShareFactory.create_batch(19, account=account, state="published", published_at=clock.now())
    forget_kept()
    with django_assert_max_num_queries(len(one)):
        browser.get("/shares/")


def test_sharing_now_plans_and_offers_to_take_it_back(browser, account) -> None:
    story = StoryFactory()
    answer = compose(browser, story, words="I was there.", accounts=account.pk)
    assert answer.headers["Location"] == "/shares/"
    page = browser.get("/shares/").content.decode()
    assert "Take it back" in page and "I was there." in page


def test_a_second_press_of_the_same_button_plans_nothing_more(browser, account) -> None:
    story, key = StoryFactory(), str(uuid4())
    for _ in range(2):
        assert compose(browser, story, words="Once.", accounts=account.pk, key=key).status_code == 302
    assert Share.objects.count() == 1


def test_words_too_long_for_one_of_three_platforms_plan_nothing_and_come_back(browser, account) -> None:
    others = [LinkedAccountFactory(member=account.member, connector=key) for key in ("linkedin", "bluesky")]
    words = "word " * 80
    answer = compose(browser, StoryFactory(), words=words, accounts=[account.pk, *(one.pk for one in others)])
    page = answer.content.decode()
    assert answer.status_code == 422 and "too many for Bluesky" in page
    assert words.strip() in page
    assert not Share.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"accounts": []}, "Choose at least one account"),
        ({"words": ""}, "Write a few words first"),
        ({"when": "later"}, "Choose a day and a time"),
        ({"when": "later", "due_at": "2001-01-01T10:00"}, "already passed"),
        ({"when": "later", "due_at": "tomorrow-ish"}, "Please give a day and a time"),
        ({"when": "later", "due_at": "9999-12-31T23:59"}, "half a year"),
        ({"accounts": ["999999"]}, "not one of the available choices"),
        ({"accounts": ["'; drop table"]}, "not a valid value"),
    ],
)
def test_bad_input_gets_a_sentence_and_the_words_back(browser, account, fields, sentence) -> None:
    given = {"words": "My own words.", "accounts": [account.pk], **fields}
    answer = compose(browser, StoryFactory(), **given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert given["words"] in page
    assert not Share.objects.exists()


def test_a_colleagues_account_cannot_be_chosen(browser) -> None:
    stranger = LinkedAccountFactory()
    answer = compose(browser, StoryFactory(), words="Hello", accounts=stranger.pk)
    assert answer.status_code == 422
    assert not Share.objects.exists()


def test_what_is_typed_is_kept_and_found_again(browser, account) -> None:
    story = StoryFactory()
    browser.post(reverse("shares:draft", args=[story.pk]), {"words": "Half a thought", "accounts": account.pk})
    assert "Half a thought" in browser.get(reverse("shares:compose", args=[story.pk])).content.decode()
    compose(browser, story, words="Half a thought, finished.", accounts=account.pk)
    assert not SavedDraft.objects.exists()


def test_own_words_wait_while_a_suggestion_is_tried(browser, account) -> None:
    story = StoryFactory()
    caption = story.captions.create(text="What the firm suggests.")
    draft = reverse("shares:draft", args=[story.pk])
    browser.post(draft, {"words": "My own.", "use": str(caption.pk), "accounts": account.pk})
    assert "What the firm suggests." in browser.get(reverse("shares:compose", args=[story.pk])).content.decode()
    browser.post(draft, {"words": "What the firm suggests.", "use": "own", "accounts": account.pk})
    assert SavedDraft.objects.get().content["words"] == "My own."


def test_the_composer_opens_on_the_person_with_a_suggestion_ready(browser, account) -> None:
    story = StoryFactory()
    story.captions.create(text="What the firm suggests.")
    page = browser.get(reverse("shares:compose", args=[story.pk])).content.decode()
    assert page.index("What did you do on this?") < page.index("What the firm suggests.")
    assert "Suggested words, kept for you while you write." in page and "1 suggestion left" in page


def on_x(client, member=None):
    pay()
    account = LinkedAccountFactory(connector="x", **({"member": member} if member else {}))
    client.force_login(account.member)
    return account


def test_when_suggestions_have_run_out_the_composer_opens_on_the_prompts(client) -> None:
    story = StoryFactory()
    story.captions.create(text="Forty farms, one steep valley and a terrier.")
    first = on_x(client)
    compose(client, story, words="Forty farms, one steep valley and a terrier.", accounts=first.pk)
    on_x(client)
    page = client.get(reverse("shares:compose", args=[story.pk])).content.decode()
    assert "Forty farms" not in page and "Whatever you say will be the only post like it" in page


def test_a_used_text_pasted_for_x_is_blocked_with_the_next_step_and_kept(client) -> None:
    story, used = StoryFactory(), "Forty farms, one steep valley and a terrier."
    compose(client, story, words=used, accounts=on_x(client).pk)
    answer = compose(client, story, words=f"Wow! {used}", accounts=on_x(client).pk)
    page = answer.content.decode()
    assert answer.status_code == 422 and f"Wow! {used}" in page
    assert "say in a sentence or two what you think or did yourself" in page
    assert Share.objects.count() == 1


def test_a_suggestion_a_colleague_took_meanwhile_gives_way_to_the_next(client) -> None:
    story = StoryFactory()
    taken, free = (story.captions.create(text=text) for text in ("Forty farms and a terrier.", "What fits in a box?"))
    on_x(client)
    client.post(reverse("shares:draft", args=[story.pk]), {"words": "", "use": str(taken.pk)})
    Reservation.objects.update(member=MemberFactory())
    page = client.get(reverse("shares:compose", args=[story.pk])).content.decode()
    assert taken.text not in page and free.text in page
    answer = client.post(reverse("shares:draft", args=[story.pk]), {"words": "", "use": str(taken.pk)}, follow=True)
    assert "A colleague has just taken that suggestion" in answer.content.decode()


def test_thrown_away_a_draft_frees_its_suggestion(client) -> None:
    story = StoryFactory()
    caption = story.captions.create(text="Forty farms and a terrier.")
    on_x(client)
    client.post(reverse("shares:draft", args=[story.pk]), {"words": "", "use": str(caption.pk)})
    assert Reservation.objects.exists()
    client.post(reverse("shares:throw_away", args=[story.pk]))
    assert not Reservation.objects.exists() and not SavedDraft.objects.exists()


def test_blanks_are_fields_and_what_is_filled_in_goes_out(browser, account) -> None:
    story = StoryFactory()
    story.captions.create(text="I worked on [[what I worked on]] here.")
    key = content.blank_key("what I worked on")
    address = reverse("shares:compose", args=[story.pk])
    assert f'name="{key}"' in browser.get(address).content.decode()
    bare = compose(browser, story, words="I worked on [[what I worked on]] here.", accounts=account.pk)
    page = bare.content.decode()
    assert bare.status_code == 422 and "One blank is still open: “what I worked on”" in page
    assert "I worked on [[what I worked on]] here." in page
    browser.post(reverse("shares:draft", args=[story.pk]), {"words": story.captions.get().text, key: "the hinge"})
    assert 'value="the hinge"' in browser.get(address).content.decode()
    compose(browser, story, words=story.captions.get().text, accounts=account.pk, **{key: "the hinge"})
    assert Share.objects.get().words == "I worked on the hinge here."


def test_each_account_may_have_words_of_its_own(browser, account) -> None:
    story, other = StoryFactory(), LinkedAccountFactory(member=account.member, connector="linkedin")
    given = {"words": "For most.", f"words_{other.pk}": "Longer, for LinkedIn.", "accounts": [account.pk, other.pk]}
    browser.post(reverse("shares:draft", args=[story.pk]), given)
    page = browser.get(reverse("shares:compose", args=[story.pk])).content.decode()
    assert page.count("Longer, for LinkedIn.") == 3  # its field, its preview, and how that sounds
    compose(browser, story, **given)
    assert {share.account_id: share.words for share in Share.objects.all()} == {
        account.pk: "For most.",
        other.pk: "Longer, for LinkedIn.",
    }


def test_words_for_one_account_are_hinted_at_too(browser, account) -> None:
    story, other = StoryFactory(), LinkedAccountFactory(member=account.member, connector="linkedin")
    for words in ("kettle", "Carter 3"):
        keep_phrase(actor=MemberFactory(roles=["hr"]), given=PhraseWords(words, f"About {words}."), at=clock.now())
    given = {"words": "A kettle.", f"words_{other.pk}": "A kettle in the Carter 3.", "accounts": [account.pk, other.pk]}
    browser.post(reverse("shares:draft", args=[story.pk]), given)
    hints = browser.get(reverse("shares:compose", args=[story.pk])).context["hints"]
    assert sorted(hint.quote for hint in hints) == ["Carter 3", "kettle"]


def test_locked_words_cannot_be_typed_over_and_stand_alone_in_a_regulated_firm(browser, account) -> None:
    Organisation.objects.create(regulated=True)
    forget_kept()
    story = StoryFactory()
    story.captions.create(text="Capital at risk, as always.", locked=True)
    story.captions.create(text="Free words.")
    page = browser.get(reverse("shares:compose", args=[story.pk])).content.decode()
    assert " readonly" in page and "Approved words. They go out as they stand." in page
    assert "Free words." not in page and "My words" not in page
    answer = compose(browser, story, words="Free words.", accounts=account.pk)
    assert answer.status_code == 422 and "approved words only" in answer.content.decode()


PAGES = ["share", "state"]
POSTS = ["edit", "move", "cancel", "retry", "delete", "answer", "handed_back", "hand_over"]


@pytest.mark.parametrize("name", PAGES + POSTS)
def test_somebody_elses_share_is_not_there(browser, name) -> None:
    share = ShareFactory(state="scheduled")
    address = reverse(f"shares:{name}", args=[share.pk])
    answer = browser.get(address) if name in PAGES else browser.post(address, {"words": "Mine", "posted": "yes"})
    assert answer.status_code == 404
    share.refresh_from_db()
    assert (share.state, share.words) == ("scheduled", "We tried this and it held.")


@pytest.mark.parametrize("name", PAGES + POSTS)
def test_signed_out_visitors_are_asked_to_sign_in(client, name) -> None:
    share = ShareFactory()
    address = reverse(f"shares:{name}", args=[share.pk])
    answer = client.get(address) if name in PAGES else client.post(address)
    assert answer.status_code == 302 and "/accounts/login/" in answer.headers["Location"]


@pytest.mark.parametrize("name", POSTS)
def test_looking_at_an_address_changes_nothing(browser, account, name) -> None:
    share = ShareFactory(account=account)
    assert browser.get(reverse(f"shares:{name}", args=[share.pk])).status_code == 405


def test_a_share_without_a_token_of_the_form_is_refused(account) -> None:
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(account.member)
    share = ShareFactory(account=account)
    assert strict.post(reverse("shares:cancel", args=[share.pk])).status_code == 403
    assert Share.objects.get(pk=share.pk).state == "scheduled"


@pytest.mark.parametrize("state", [state for state in Share.flow.states])
def test_every_state_has_a_page_with_a_word_and_the_next_step(browser, account, state) -> None:
    assisted = state in ("handed_over", "said_posted", "dropped")
    fields = {"account": None, "member": account.member, "connector": "facebook"} if assisted else {"account": account}
    share = ShareFactory(state=state, post_id="1", published_at=clock.now(), reason="Because.", **fields)
    page = browser.get(reverse("shares:share", args=[share.pk]))
    assert page.status_code == 200
    assert "We tried this" in page.content.decode()


def test_a_failed_share_is_edited_and_sent_once_more(browser, account) -> None:
    share = ShareFactory(account=account, state="failed", reason="Too long.")
    browser.post(reverse("shares:edit", args=[share.pk]), {"words": "Shorter."})
    browser.post(reverse("shares:retry", args=[share.pk]))
    share.refresh_from_db()
    assert (share.state, share.words) == ("scheduled", "Shorter.")


def test_a_plan_is_moved_in_the_members_own_time_zone(browser, account) -> None:
    account.member.time_zone = "Europe/Berlin"
    account.member.save()
    share = ShareFactory(account=account)
    day = (clock.now() + timedelta(days=3)).date()
    browser.post(reverse("shares:move", args=[share.pk]), {"due_at": f"{day}T09:30"})
    share.refresh_from_db()
    from zoneinfo import ZoneInfo

    assert share.due_at.astimezone(ZoneInfo("Europe/Berlin")).strftime("%H:%M") == "09:30"


@pytest.mark.parametrize("target", assisted.KEYS)
def test_by_hand_the_words_the_disclosure_and_a_link_are_handed_over(browser, target) -> None:
    story = StoryFactory()
    answer = browser.post(reverse("shares:by_hand", args=[story.pk]), {"target": target, "words": "Look here"})
    page = browser.get(answer.headers["Location"]).content.decode()
    share = Share.objects.get()
    assert "Look here" in page and "I work at" in page and share.link.code in page
    assert "I posted it" in page


def test_another_app_is_offered_only_by_the_script_that_finds_a_share_sheet(browser) -> None:
    page = browser.get(reverse("shares:compose", args=[StoryFactory().pk])).content.decode()
    assert '<button class="chip" data-share-sheet hidden name="target" value="device"' in page
    assert page.count("data-share-sheet") == 1


def test_an_unknown_place_is_refused_kindly(browser) -> None:
    story = StoryFactory()
    answer = browser.post(reverse("shares:by_hand", args=[story.pk]), {"target": "myspace"}, follow=True)
    assert "We do not know that place" in answer.content.decode()
    assert not Share.objects.exists()


def test_a_row_is_asked_for_again_only_while_it_is_about_to_change(browser, account) -> None:
    soon, done = ShareFactory(account=account), ShareFactory(account=account, state="failed", reason="No.")
    assert "hx-trigger" in browser.get(reverse("shares:state", args=[soon.pk])).content.decode()
    assert "hx-trigger" not in browser.get(reverse("shares:state", args=[done.pk])).content.decode()


def test_a_row_that_has_come_to_rest_says_so_and_the_lists_listen(browser, account) -> None:
    share = ShareFactory(account=account, state="sending")
    page, address = browser.get("/shares/").content.decode(), reverse("shares:state", args=[share.pk])
    assert 'hx-trigger="share-rests"' in page and "HX-Trigger" not in browser.get(address).headers
    Share.objects.update(state="published", published_at=clock.now())
    assert browser.get(address).headers["HX-Trigger"] == "share-rests"
    assert "On its way" not in browser.get("/shares/").content.decode()


def test_a_posts_page_shows_it_as_it_stands_there_and_how_often_its_link_was_opened(browser, account) -> None:
    share = ShareFactory(member=account.member, account=account, state="published", published_at=clock.now())
    page = browser.get(reverse("shares:share", args=[share.pk])).content.decode()
    assert page.count(share.words) == 1
    assert "visits through your link so far" in page
    type(share.link).objects.update(counts=False)
    assert "Visits are not counted" in browser.get(reverse("shares:share", args=[share.pk])).content.decode()


def test_a_posts_page_watches_it_go_out(browser, account) -> None:
    share = ShareFactory(member=account.member, account=account, state="sending", due_at=clock.now())
    part = reverse("shares:state", args=[share.pk]) + "?of=page"
    assert part in browser.get(reverse("shares:share", args=[share.pk])).content.decode()
    assert "hx-trigger" in browser.get(part).content.decode()
    Share.objects.update(state="published", published_at=clock.now())
    assert "hx-trigger" not in browser.get(part).content.decode()


def test_taking_back_what_may_be_up_says_that_a_question_is_open(browser, account) -> None:
    share = ShareFactory(member=account.member, account=account, state="retrying", attempts_made=1)
    share.attempts.create(number=1, body={"key": str(share.key)}, started_at=clock.now(), lease_until=clock.now())
    page = browser.post(reverse("shares:cancel", args=[share.pk]), follow=True).content.decode()
    assert "Please look whether it is there" in page and "Nothing was posted" not in page


def test_the_disclosure_offers_no_other_wordings_where_there_are_none(browser) -> None:
    DisclosureRule.objects.create(wordings=["I work at {organisation}."])
    page = browser.get(reverse("shares:compose", args=[StoryFactory().pk])).content.decode()
    assert "I work at" in page and "Other wordings" not in page


@pytest.mark.parametrize(("state", "shown"), [("published", True), ("scheduled", False), ("failed", False)])
def test_a_first_comment_is_handed_over_once_there_is_a_post_to_put_it_below(browser, account, state, shown) -> None:
    story = StoryFactory()
    Caption.objects.create(story=story, text="We tried this and it held.", first_comment="Ask me how it rides.")
    share = ShareFactory(account=account, story=story, state=state, published_at=clock.now())
    page = browser.get(reverse("shares:share", args=[share.pk])).content.decode()
    assert ("Ask me how it rides." in page and "A first comment, if you like" in page) == shown


def test_a_first_comment_goes_with_what_is_posted_by_hand(browser) -> None:
    story = StoryFactory()
    Caption.objects.create(story=story, text="Words.", first_comment="Ask me how it rides.")
    answer = browser.post(reverse("shares:by_hand", args=[story.pk]), {"words": "My own words.", "target": "xing"})
    assert "Ask me how it rides." in browser.get(answer["Location"]).content.decode()


def two_accounts(member) -> list[LinkedAccount]:
    return [LinkedAccountFactory(member=member, connector=key) for key in ("linkedin", "bluesky")]


def test_a_rule_word_for_one_of_two_accounts_holds_both_and_keeps_what_was_typed(client) -> None:
    member, story = MemberFactory(), StoryFactory()
    client.force_login(member)
    one, other = two_accounts(member)
    Phrase.objects.create(
        words="Carter 3", kind="unannounced", is_rule=True, why="It is shown in spring.", edited_at=clock.now()
    )
    words = {"words": "We built the rack.", f"words_{other.pk}": "The Carter 3 is coming.", "when": "now"}
    answer = client.post(reverse("shares:compose", args=[story.pk]), {**words, "accounts": [one.pk, other.pk]})
    page = answer.content.decode()
    assert answer.status_code == 422 and "It is shown in spring." in page and not Share.objects.exists()
    assert "We built the rack." in page and "The Carter 3 is coming." in page


def test_what_one_account_refuses_late_is_named_and_the_words_stay(client, monkeypatch) -> None:
    member, story = MemberFactory(), StoryFactory()
    client.force_login(member)
    one, other = two_accounts(member)
    plan = actions.plan_share

    def refuses_bluesky(**given):
        if given["account"] == other:
            raise actions.CannotPlan("Something came in between.")
        return plan(**given)

    monkeypatch.setattr(actions, "plan_share", refuses_bluesky)
    answer = client.post(
        reverse("shares:compose", args=[story.pk]),
        {"words": "We built the rack.", "when": "now", "accounts": [one.pk, other.pk]},
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and f"Bluesky, {other.handle}: Something came in between." in page
    assert Share.objects.get().account == one and "We built the rack." in page
    assert "We built the rack." in client.get(reverse("shares:compose", args=[story.pk])).content.decode()


def test_words_written_for_one_platform_are_offered_and_never_sent_unasked(client) -> None:
    member, story = MemberFactory(), StoryFactory()
    client.force_login(member)
    one, _other = two_accounts(member)
    Caption.objects.create(story=story, text="For everybody.")
    own = Caption.objects.create(story=story, text="Written at length for LinkedIn.", connector="linkedin")
    address = reverse("shares:compose", args=[story.pk])
    page = client.get(address).content.decode()
    assert "written for LinkedIn" in page and "Written at length for LinkedIn.</textarea>" not in page
    client.post(reverse("shares:draft", args=[story.pk]), {"words": "Mine.", "use_for": f"{one.pk}:{own.pk}"})
    page = client.get(address).content.decode()
    assert "Written at length for LinkedIn.</textarea>" in page and "Mine.</textarea>" in page


def test_what_goes_out_while_the_page_is_made_stands_there_once(browser, account) -> None:
    share = ShareFactory(account=account, member=account.member, state="sending")

    def meanwhile(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if sql.startswith("SELECT") and 'ORDER BY "shares_share"."wanted_at"' in sql:
            with connection.cursor() as cursor:
                cursor.execute("UPDATE shares_share SET state = 'published', published_at = now()")
        return found

    with connection.execute_wrapper(meanwhile):
        page = browser.get("/shares/").content.decode()
    share.refresh_from_db()
    assert share.state == "published" and page.count(f'id="share-{share.pk}"') == 1
