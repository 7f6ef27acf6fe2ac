"""“It went wrong”: what can be taken down comes down, what is planned waits, and one human knows."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from accounts.models import User
from core import clock
from core.refusals import MovedOn, NotAllowed, NotReady
from notifications.delivering import deliver_due
from notifications.models import Delivery, Mail, Notice
from shares import actions
from shares.models import Mishap, Share
from tests.factories import LinkedAccountFactory, MemberFactory, ShareFactory
from tests.guidelines.test_views import signed_in
from tests.shares.conftest import AtOnce

pytestmark = pytest.mark.django_db
PAGE = "/went-wrong/"


@pytest.fixture
def mina():
    return MemberFactory(name="Mina Okafor")


@pytest.fixture
def ruth():
    return MemberFactory(name="Ruth Hale", roles=["hr"])


def post_of(member, **more) -> Share:
    up = {"state": "published", "post_id": "1", "published_at": clock.now(), "words": "I should not have said it."}
    if "account" not in more:
        more["account"] = LinkedAccountFactory(member=member)
    return ShareFactory(**({"member": member} | up | more))


def begun(mina, ruth, *shares, **more) -> Mishap:
    return actions.begin_mishap(actor=mina, helper=ruth, shares=shares, at=clock.now(), **more)


def test_it_comes_down_for_real_and_what_is_planned_waits(stage):
    ruth = MemberFactory(roles=["hr"])
    share = stage.send(stage.plan(stage.account("mastodon")))
    assert share.state == "published" and stage.posts(share)
    planned = ShareFactory(account=share.account, state="scheduled", due_at=clock.now() + timedelta(hours=1))
    mishap = begun(share.member, ruth, share)
    planned.refresh_from_db()
    assert (mishap.held, planned.state, planned.held_for) == (1, "held", "owner")
    stage.settle(share, rests=("deleted",))
    assert share.state == "deleted" and not stage.posts(share)
    stage.later(timedelta(hours=2))
    stage.tick(planned)
    planned.refresh_from_db()
    assert planned.state == "held", "nothing goes out by itself"


@pytest.mark.parametrize("fault", ["500_before", "drop_before", "drop_after"])
def test_what_was_on_its_way_and_did_not_get_through_is_not_sent_again(stage, fault):
    ruth = MemberFactory(roles=["hr"])
    share = stage.plan(stage.account("mastodon"))
    stage.town.control("POST", "/faults", platform="mastodon", op="publish", kind=fault, times=1)

    class Meanwhile(AtOnce):
        def call(self, job, answer):
            said = job()
            begun(share.member, ruth)
            answer(said)

    actions.send_due(using=Meanwhile())
    stage.settle(share, rests=("held", "published"))
    if fault == "drop_after":
        assert share.state == "published", "it was up before they called for help"
        return
    assert (share.state, share.held_for, len(stage.posts(share))) == ("held", "owner", 0)
    stage.later(timedelta(hours=2))
    stage.tick(share)
    assert not stage.posts(share), "nothing goes out by itself"
    actions.send_held(actor=share.member, share=share, at=clock.now())
    stage.settle(share)
    assert len(stage.posts(share)) == 1, "what they send themselves does"


def test_what_waited_for_something_else_goes_on_by_itself_no_more(mina, ruth):
    share = ShareFactory(account=LinkedAccountFactory(member=mina), state="held", reason="Waiting for a signature.")
    assert begun(mina, ruth).held == 1
    share.refresh_from_db()
    assert share.held_for == "owner"


def test_nothing_of_anybody_else_is_touched(mina, ruth):
    other = ShareFactory(account=LinkedAccountFactory(), state="scheduled")
    theirs = post_of(MemberFactory())
    with pytest.raises(NotAllowed):
        begun(mina, ruth, theirs)
    other.refresh_from_db()
    theirs.refresh_from_db()
    assert (other.state, theirs.state) == ("scheduled", "published")


def test_only_the_two_see_it(mina, ruth):
    mishap = begun(mina, ruth, words="I named a customer.")
    page = reverse("shares:mishap", args=[mishap.pk])
    second = MemberFactory(roles=["hr", "administrator", "council", "curator"])
    assert signed_in(second).get(page).status_code == 404
    assert signed_in(second).post(page, {"answer": "Hello"}).status_code == 404
    assert "I named a customer." in signed_in(ruth).get(page).content.decode()
    notice = Notice.objects.get(member=ruth, kind="mishap.began")
    assert "customer" not in notice.text
    User.objects.filter(pk=ruth.pk).update(is_active=False)
    assert signed_in(second).get(page).status_code == 200, "HR once the person has left"
    assert "HR sees this page instead." in signed_in(mina).get(page).content.decode()
    Mishap.objects.update(helper=None)
    assert signed_in(second).get(page).status_code == 404, "nobody where nobody was asked"


def test_the_helper_is_seen_to_have_seen_it_and_answers(mina, ruth):
    mishap = begun(mina, ruth)
    page, helper = reverse("shares:mishap", args=[mishap.pk]), signed_in(ruth)
    assert "They were told" in signed_in(mina).get(page).content.decode()
    helper.get(page)
    assert "has read this page" in signed_in(mina).get(page).content.decode()
    assert helper.post(page, {"answer": " "}).status_code == 422
    assert helper.post(page, {"answer": "I am on it. Have a tea."}).status_code == 302
    assert "I am on it. Have a tea." in signed_in(mina).get(page).content.decode()
    with pytest.raises(NotAllowed):
        actions.answer_mishap(actor=mina, mishap=mishap, answer="Me", at=clock.now())


def test_when_it_is_over_nothing_is_kept(mina, ruth):
    mishap = begun(mina, ruth, post_of(mina), words="I named a customer.")
    with pytest.raises(NotAllowed):
        actions.close_mishap(actor=ruth, mishap=mishap, at=clock.now())
    page, browser = reverse("shares:mishap", args=[mishap.pk]), signed_in(mina)
    assert browser.post(page).status_code == 302 and Mishap.objects.exists(), "only by its own button"
    assert browser.post(page, {"do": "close"}).status_code == 302
    assert not Mishap.objects.exists() and not Mishap.shares.through.objects.exists()
    with pytest.raises(MovedOn):
        actions.answer_mishap(actor=ruth, mishap=mishap, answer="Hello", at=clock.now())


def test_twice_is_once(mina, ruth):
    mishap = begun(mina, ruth)
    with pytest.raises(MovedOn):
        begun(mina, ruth)
    assert signed_in(mina).get(PAGE)["Location"] == reverse("shares:mishap", args=[mishap.pk])


def test_nobody_helps_who_was_not_offered(mina, ruth):
    with pytest.raises(NotReady):
        begun(mina, MemberFactory())
    answer = signed_in(mina).post(PAGE, {"helper": MemberFactory().pk, "words": "I named a customer."})
    assert answer.status_code == 422 and "I named a customer." in answer.content.decode()


def test_from_the_page_with_the_post_one_came_from(mina, ruth):
    older, newer = post_of(mina), post_of(mina)
    browser = signed_in(mina)
    page = browser.get(f"{PAGE}?post={older.pk}").content.decode()
    assert f'value="{older.pk}"' in page
    for odd in ("x", "²", "9" * 40):
        assert browser.get(f"{PAGE}?post={odd}").status_code == 200
    assert browser.post(PAGE, {"helper": ruth.pk, "posts": [older.pk]}).status_code == 302
    older.refresh_from_db()
    newer.refresh_from_db()
    assert (older.state, newer.state) == ("deleting", "published")


def test_somebody_elses_post_is_no_choice(mina, ruth):
    theirs = post_of(MemberFactory())
    assert signed_in(mina).post(PAGE, {"helper": ruth.pk, "posts": [theirs.pk]}).status_code == 422
    theirs.refresh_from_db()
    assert theirs.state == "published"


def test_a_post_we_cannot_delete_is_named_with_the_way_there(mina, ruth):
    share = post_of(mina, post_id="", post_url="", state="said_posted", account=None, connector="linkedin")
    begun(mina, ruth, share)
    page = signed_in(mina).get(reverse("shares:mishap", args=[Mishap.objects.get().pk])).content.decode()
    assert "Only you can delete it: look for it on LinkedIn among your own posts." in page


def test_alone_in_the_house_plans_are_held_and_posts_come_down_all_the_same(mina):
    post, planned = post_of(mina), ShareFactory(account=LinkedAccountFactory(member=mina), state="scheduled")
    browser = signed_in(mina)
    assert "Nobody is named here who helps" in browser.get(PAGE).content.decode()
    assert browser.post(PAGE, {"posts": [post.pk]}).status_code == 302
    post.refresh_from_db()
    planned.refresh_from_db()
    assert (post.state, planned.state) == ("deleting", "held")
    page = reverse("shares:mishap", args=[Mishap.objects.get().pk])
    assert "Only you see this page." in browser.get(page).content.decode()
    assert not Notice.objects.exists()


def test_without_a_helper_only_where_there_is_none(mina, ruth):
    with pytest.raises(NotReady):
        begun(mina, None)
    assert signed_in(mina).post(PAGE, {}).status_code == 422


def test_nothing_is_ticked_but_what_they_came_from(mina, ruth):
    post = post_of(mina)
    browser = signed_in(mina)
    assert "checked" not in browser.get(PAGE).content.decode().split('name="posts"')[1].split(">")[0]
    assert "checked" in browser.get(f"{PAGE}?post={post.pk}").content.decode().split('name="posts"')[1].split(">")[0]


def test_a_post_caught_while_sending_is_taken_down_once_it_is_up(mina, ruth):
    share = post_of(mina, state="sending", post_id="")
    mishap, browser = begun(mina, ruth, share), signed_in(mina)
    page = reverse("shares:mishap", args=[mishap.pk])
    assert "once it is up" in browser.get(page).content.decode()
    assert "Delete it there" not in browser.get(page).content.decode()
    Share.objects.filter(pk=share.pk).update(state="published", post_id="7", published_at=clock.now())
    assert "Take it down" in browser.get(page).content.decode()
    assert "Take it down" not in signed_in(ruth).get(page).content.decode(), "its owner alone"
    assert browser.post(page, {"do": "take-down", "share": share.pk}).status_code == 302
    share.refresh_from_db()
    assert share.state == "deleting" and "Take it down" not in browser.get(page).content.decode()


def test_what_could_not_be_deleted_may_be_tried_again(stage):
    ruth, browser = MemberFactory(roles=["hr"]), None
    share = stage.send(stage.plan(stage.account("mastodon")))
    mishap, browser = begun(share.member, ruth), signed_in(share.member)
    mishap.shares.add(share)
    Share.objects.filter(pk=share.pk).update(reason="It could not be deleted.")
    page = reverse("shares:mishap", args=[mishap.pk])
    assert "It could not be deleted." in browser.get(page).content.decode()
    browser.post(page, {"do": "take-down", "share": share.pk})
    share.refresh_from_db()
    stage.settle(share, rests=("deleted",))
    assert share.state == "deleted"


def test_only_posts_of_the_mishap_come_down_and_only_by_their_owner(mina, ruth):
    chosen, other = post_of(mina), post_of(mina)
    mishap = begun(mina, ruth)
    mishap.shares.add(chosen)
    page = reverse("shares:mishap", args=[mishap.pk])
    for odd in (other.pk, "x", "²", "9" * 40, ""):
        assert signed_in(mina).post(page, {"do": "take-down", "share": odd}).status_code == 302
    assert signed_in(ruth).post(page, {"do": "take-down", "share": chosen.pk}).status_code == 302
    assert set(Share.objects.values_list("state", flat=True)) == {"published"}


def test_once_it_is_over_no_word_of_it_lies_anywhere_here(mina):
    ruth = MemberFactory(roles=["hr"], email="ruth@firm.example")
    held = ShareFactory(account=LinkedAccountFactory(member=mina), state="scheduled")
    mishap = begun(mina, ruth)
    actions.answer_mishap(actor=ruth, mishap=mishap, answer="I am on it.", at=clock.now())
    actions.close_mishap(actor=mina, mishap=mishap, at=clock.now())
    held.refresh_from_db()
    assert held.reason == "Held, as you asked. Send it, move it or cancel it."
    assert not Notice.objects.exists()
    assert not Delivery.objects.exclude(text="", url="").exists()
    deliver_due(at=clock.now())
    assert not Mail.objects.filter(state="queued").exists()


def test_of_a_mail_that_has_left_no_copy_is_kept(mina):
    ruth = MemberFactory(roles=["hr"], email="ruth@firm.example")
    mishap = begun(mina, ruth)
    deliver_due(at=clock.now())
    Mail.objects.update(state="sent")
    assert Mail.objects.filter(text__contains="a post went wrong").count() == 1
    actions.close_mishap(actor=mina, mishap=mishap, at=clock.now())
    assert list(Mail.objects.values_list("subject", "text", "html")) == [("", "", "")]


def test_the_call_for_help_comes_at_any_hour_and_the_answer_within_hours():
    office, night = [[540, 1020]] * 5 + [None, None], datetime(2026, 11, 28, 23, 0, tzinfo=UTC)
    mina, ruth = (MemberFactory(working_hours=office, time_zone="UTC", **more) for more in ({}, {"roles": ["hr"]}))
    mishap = actions.begin_mishap(actor=mina, helper=ruth, at=night)
    actions.answer_mishap(actor=ruth, mishap=mishap, answer="I am on it.", at=night)
    due = dict(Delivery.objects.filter(channel="mail").values_list("kind", "due_at"))
    assert due == {"mishap.began": night, "mishap.answered": datetime(2026, 11, 30, 9, 0, tzinfo=UTC)}


def test_the_page_costs_the_same_with_one_post_and_with_many(mina, ruth, django_assert_max_num_queries):
    browser, account = signed_in(mina), LinkedAccountFactory(member=mina)
    mishap = begun(mina, ruth, *[post_of(mina, account=account, state="deleted") for _ in range(6)])
    page = reverse("shares:mishap", args=[mishap.pk])
    browser.get(page)
    with django_assert_max_num_queries(11):
        browser.get(page)


def test_who_asked_reads_their_words_and_adds_to_them_and_the_helper_hears_of_it(mina, ruth):
    mishap = begun(mina, ruth, words="I named a customer.")
    page, browser = reverse("shares:mishap", args=[mishap.pk]), signed_in(mina)
    signed_in(ruth).get(page)
    assert "I named a customer." in browser.get(page).content.decode()
    assert browser.post(page, {"do": "add", "words": " "}).status_code == 422
    assert browser.post(page, {"do": "add", "words": "They have seen it."}).status_code == 302
    mishap.refresh_from_db()
    assert mishap.words == "I named a customer.\n\nThey have seen it." and mishap.seen_at is None
    assert Notice.objects.filter(member=ruth, kind="mishap.added").count() == 1
    assert "They have seen it." in signed_in(ruth).get(page).content.decode()
    with pytest.raises(NotAllowed):
        actions.add_words(actor=ruth, mishap=mishap, words="Me", at=clock.now())
    full = browser.post(page, {"do": "add", "words": "x" * 1000})
    for _ in range(4):
        full = browser.post(page, {"do": "add", "words": "x" * 1000})
    assert full.status_code == 422 and "This page is full." in full.content.decode()
    browser.post(page, {"do": "close"})
    assert not Notice.objects.exists() and not Mishap.objects.exists()


def test_a_second_call_says_what_is_held_still_and_nothing_is_held_before_the_button(mina, ruth):
    account = LinkedAccountFactory(member=mina)
    ShareFactory(account=account, state="scheduled", due_at=clock.now() + timedelta(hours=1))
    browser = signed_in(mina)
    assert "Your 1 planned post will be held" in browser.get(PAGE).content.decode()
    actions.close_mishap(actor=mina, mishap=begun(mina, ruth), at=clock.now())
    assert "1 planned post is held already" in browser.get(PAGE).content.decode()
    mishap = begun(mina, ruth)
    assert mishap.held == 1
    page = reverse("shares:mishap", args=[mishap.pk])
    assert "1 planned post is held until you decide" in browser.get(page).content.decode()
    Share.objects.update(state="cancelled")
    assert "You have decided about everything" in browser.get(page).content.decode()


def test_what_was_held_goes_back_into_the_plan_at_its_own_time(mina, ruth):
    wanted = clock.now().replace(second=0, microsecond=0) + timedelta(days=2)
    account = LinkedAccountFactory(member=mina)
    share = ShareFactory(account=account, state="scheduled", due_at=wanted, wanted_at=wanted)
    begun(mina, ruth)
    browser = signed_in(mina)
    page = browser.get("/shares/").content.decode()
    assert "Keep it in my plan" in page and "Cancel it for good" in page and "cannot be undone" in page
    typed = page.split('name="due_at" value="')[1].split('"')[0]
    browser.post(reverse("shares:move", args=[share.pk]), {"due_at": typed, "keep": "1"})
    share.refresh_from_db()
    assert (share.state, share.due_at) == ("scheduled", wanted)


def test_two_posts_with_the_same_words_are_told_apart_by_place_and_time(mina, ruth):
    post_of(mina, published_at=clock.now() - timedelta(days=3))
    post_of(mina, state="said_posted", post_id="", account=None, connector="whatsapp")
    page = signed_in(mina).get(PAGE).content.decode()
    assert "WhatsApp, " in page and "Mastodon (" in page


def test_for_an_app_without_an_address_it_says_how_one_deletes_there(mina, ruth):
    begun(mina, ruth, post_of(mina, post_id="", state="said_posted", account=None, connector="whatsapp"))
    page = signed_in(mina).get(reverse("shares:mishap", args=[Mishap.objects.get().pk])).content.decode()
    assert "Delete for everyone" in page
