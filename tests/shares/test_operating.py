"""An administrator helps a share along, within the time its member chose and unread; and the member is told."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.actions import begin_quiet
from core import clock
from core.models import AuditEntry
from notifications.models import Notice
from shares import actions
from shares.models import Share
from tests.factories import MemberFactory, ShareFactory

pytestmark = pytest.mark.django_db
URL = "https://town.example/@ines/1"


@pytest.fixture
def boss():
    return MemberFactory(roles=["administrator"])


def fresh(share: Share) -> Share:
    return Share.objects.select_related("member", "story", "account", "link").get(pk=share.pk)


def retry(boss, share: Share) -> Share:
    actions.retry_for_member(actor=boss, share=fresh(share), at=clock.now())
    return fresh(share)


def test_a_failed_share_is_sent_again_within_its_members_time(boss) -> None:
    share = ShareFactory(state="failed", attempts_made=1, tries=1)
    again = retry(boss, share)
    assert again.state == "scheduled" and again.key != share.key and again.cut_off_at == share.cut_off_at
    assert AuditEntry.objects.filter(kind="share.retried", actor=boss, about=f"share:{share.pk}").count() == 1
    assert "goes out after all" in Notice.objects.get(member=share.member).text


def test_after_that_time_only_its_member_may(boss) -> None:
    share = ShareFactory(state="failed", cut_off_at=clock.now() - timedelta(seconds=1))
    with pytest.raises(actions.CannotPlan, match="only they decide"):
        retry(boss, share)
    assert fresh(share).state == "failed" and not AuditEntry.objects.exists() and not Notice.objects.exists()


def test_one_stuck_beyond_its_time_ends_with_its_reason(boss) -> None:
    past = clock.now() - timedelta(hours=1)
    share = ShareFactory(state="retrying", due_at=clock.now() + timedelta(hours=1), cut_off_at=past)
    assert retry(boss, share).due_at <= clock.now()
    actions.send_due()
    assert fresh(share).state == "cancelled" and "not sent late" in fresh(share).reason


def test_during_a_pause_nothing_is_tried(boss) -> None:
    share, at = ShareFactory(state="failed"), clock.now()
    begin_quiet(actor=boss, why="Not now.", until=at + timedelta(days=1), at=at)
    with pytest.raises(actions.CannotPlan, match="paused"):
        retry(boss, share)
    assert fresh(share).state == "failed" and not Notice.objects.exists()


@pytest.mark.parametrize("state", ["scheduled", "retrying", "sending", "held", "asked", "published", "cancelled"])
def test_what_is_in_good_order_is_not_touched(boss, state) -> None:
    share = ShareFactory(state=state)
    with pytest.raises(actions.CannotPlan):
        retry(boss, share)
    assert fresh(share).state == state


@pytest.mark.parametrize("state", ["failed", "asked", "uncertain"])
def test_a_post_that_was_found_is_marked_with_its_address(boss, state) -> None:
    share = ShareFactory(state=state)
    actions.mark_posted(actor=boss, share=fresh(share), url=URL, at=clock.now())
    share = fresh(share)
    assert (share.state, share.post_url, share.reason) == ("published", URL, "")
    entry = AuditEntry.objects.get(kind="share.marked_posted")
    assert (entry.actor, entry.data) == (boss, {"url": URL})
    assert "it is up" in Notice.objects.get(member=share.member).text


@pytest.mark.parametrize("state", ["scheduled", "sending", "held", "published", "cancelled"])
def test_only_where_somebody_wonders(boss, state) -> None:
    share = ShareFactory(state=state)
    with pytest.raises(actions.CannotPlan):
        actions.mark_posted(actor=boss, share=fresh(share), url=URL, at=clock.now())
    assert fresh(share).post_url == ""


@pytest.mark.parametrize(
    "url", ["https://evil.example/1", "https://town.example.evil.example/1", "https://evil.example/town.example", ""]
)
def test_an_address_elsewhere_is_refused(boss, url) -> None:
    share = ShareFactory(state="asked")
    with pytest.raises(actions.CannotPlan, match="not an address on this post"):
        actions.mark_posted(actor=boss, share=fresh(share), url=url, at=clock.now())
    assert fresh(share).state == "asked" and not AuditEntry.objects.exists()


def test_where_we_know_no_host_it_is_encrypted_at_least(boss) -> None:
    share = ShareFactory(state="asked", account__connector="linkedin")
    with pytest.raises(actions.CannotPlan):
        actions.mark_posted(actor=boss, share=fresh(share), url="http://www.linkedin.com/feed/1", at=clock.now())
    url = "https://www.linkedin.com/feed/update/1/"
    assert actions.mark_posted(actor=boss, share=fresh(share), url=url, at=clock.now()).state == "published"


def test_the_same_story_twice_on_one_account_is_refused(boss) -> None:
    out = ShareFactory(state="published", published_at=clock.now())
    share = ShareFactory(state="failed", account=out.account, story=out.story)
    with pytest.raises(actions.CannotPlan, match="another post"):
        actions.mark_posted(actor=boss, share=fresh(share), url=URL, at=clock.now())
    assert fresh(share).state == "failed"


@pytest.mark.parametrize("roles", [[], ["curator"], ["hr"], ["council"]])
def test_nobody_else_does_either(roles) -> None:
    share, other = ShareFactory(state="failed"), MemberFactory(roles=roles)
    with pytest.raises(PermissionDenied):
        actions.retry_for_member(actor=other, share=fresh(share), at=clock.now())
    with pytest.raises(PermissionDenied):
        actions.mark_posted(actor=other, share=fresh(share), url=URL, at=clock.now())
    assert fresh(share).state == "failed" and not AuditEntry.objects.exists()
