"""“It went wrong”: what can be taken down comes down, what is planned waits, and one human knows."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import User
from core import clock
from core.refusals import MovedOn, NotAllowed, NotReady
from notifications.models import Notice
from shares import actions
from shares.models import Mishap, Share
from tests.factories import LinkedAccountFactory, MemberFactory, ShareFactory
from tests.guidelines.test_views import signed_in

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


def test_the_helper_is_seen_to_have_seen_it_and_answers(mina, ruth):
    mishap = begun(mina, ruth)
    page, helper = reverse("shares:mishap", args=[mishap.pk]), signed_in(ruth)
    assert "They were told" in signed_in(mina).get(page).content.decode()
    helper.get(page)
    assert "They have seen it" in signed_in(mina).get(page).content.decode()
    assert helper.post(page, {"answer": " "}).status_code == 422
    assert helper.post(page, {"answer": "I am on it. Have a tea."}).status_code == 302
    assert "I am on it. Have a tea." in signed_in(mina).get(page).content.decode()
    with pytest.raises(NotAllowed):
        actions.answer_mishap(actor=mina, mishap=mishap, answer="Me", at=clock.now())


def test_when_it_is_over_nothing_is_kept(mina, ruth):
    mishap = begun(mina, ruth, post_of(mina), words="I named a customer.")
    with pytest.raises(NotAllowed):
        actions.close_mishap(actor=ruth, mishap=mishap, at=clock.now())
    assert signed_in(mina).post(reverse("shares:mishap", args=[mishap.pk])).status_code == 302
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
    assert "Please delete it on the platform itself." in page


def test_with_nobody_to_tell_the_page_says_so(mina):
    assert "Nobody to tell yet" in signed_in(mina).get(PAGE).content.decode()


def test_the_page_costs_the_same_with_one_post_and_with_many(mina, ruth, django_assert_max_num_queries):
    browser, account = signed_in(mina), LinkedAccountFactory(member=mina)
    mishap = begun(mina, ruth, *[post_of(mina, account=account, state="deleted") for _ in range(6)])
    page = reverse("shares:mishap", args=[mishap.pk])
    browser.get(page)
    with django_assert_max_num_queries(11):
        browser.get(page)
