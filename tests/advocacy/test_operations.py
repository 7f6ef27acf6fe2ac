"""The operator's page: what it shows, what it never shows, and who may press what."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import PlatformApp
from accounts.queries import forget_kept
from advocacy import metrics
from advocacy.operations import queries
from core import clock
from reach.models import ReadingCost, ReadingPlan
from reach.queries import costs
from shares.models import Attempt, Share
from tests.factories import LinkedAccountFactory, MemberFactory, ShareFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(MemberFactory(roles=["administrator"], name="Tom"))
    return client


def attempt(share: Share, outcome: str, ago: timedelta = HOUR) -> None:
    at = clock.now() - ago
    number = share.attempts.count() + 1
    Attempt.objects.create(share=share, number=number, body={}, started_at=at, lease_until=at, outcome=outcome)
    Share.objects.filter(pk=share.pk).update(attempts_made=number)


def trouble(**fields: Any) -> list[Share]:
    at = clock.now()
    return [
        ShareFactory(state="failed", **fields),
        ShareFactory(state="asked", **fields),
        ShareFactory(state="held", state_at=at - timedelta(days=4), held_until=at, **fields),
        ShareFactory(state="retrying", due_at=at - HOUR, cut_off_at=at - HOUR, **fields),
    ]


def states(key: str) -> tuple[str, int]:
    found = next(one for one in queries.platforms(clock.now()) if one.key == key)
    return found.state, found.waiting


def test_platforms_are_open_slowed_paused_or_not_set_up(settings: Any) -> None:
    at = clock.now()
    assert states("mastodon") == ("open", 0) and states("x") == ("off", 0)
    account = LinkedAccountFactory(paused_until=at + HOUR)
    ShareFactory(account=account, due_at=at - HOUR)
    assert states("mastodon") == ("slowed", 1)
    PlatformApp.objects.create(connector="mastodon", paused_until=at + HOUR, pause_reason="Their version died.")
    forget_kept()
    assert states("mastodon") == ("paused", 0)


def test_the_figures_of_flows_are_those_of_the_metrics() -> None:
    at = clock.now()
    ShareFactory.create_batch(2, due_at=at - HOUR)
    found = {flow.name: flow for flow in queries.flows(at)}
    assert len(found) == len(metrics.flows())
    assert set(queries.FLOWS) == {model._meta.label_lower for model in metrics.flows()}
    assert found["Posts"].states == [("scheduled", 2)]
    assert found["Posts"].late and found["Posts"].due_at == at - HOUR


def test_outcomes_are_counted_by_platform_and_hour_of_the_last_day() -> None:
    share = ShareFactory()
    attempt(share, "Unavailable")
    attempt(share, "Unavailable")
    attempt(share, Attempt.PUBLISHED, timedelta(0))
    attempt(share, "Rejected", timedelta(hours=30))
    (chart,) = queries.attempts_by_hour(clock.now())
    assert chart.sentence == "3 calls in 24 hours, 1 posted."
    rows = {row[0]: row[1:] for row in chart.rows}
    assert rows["Posted"][-1] == "1" and rows["Unavailable"][-2] == "2" and "Refused" not in rows


def test_each_kind_of_trouble_is_listed_and_what_is_in_order_is_not() -> None:
    shares = trouble()
    ShareFactory(state="scheduled")
    ShareFactory(state="held")
    ShareFactory(state="failed", state_at=clock.now() - timedelta(days=8))
    kinds = queries.needing_a_person(clock.now())
    assert [kind.count for kind in kinds] == [1, 1, 1, 1]
    assert {share.pk for kind in kinds for share in kind.shares} == {share.pk for share in shares}


def test_no_word_name_or_account_of_a_member_is_shown(boss: Client) -> None:
    member = MemberFactory(name="Very Private", email="private@firm.example")
    shares = trouble(
        account__member=member, account__handle="@secret", words="My own words", reason="Waiting for you, @secret."
    )
    attempt(shares[0], "Rejected")
    pages = ["/operations/", *(f"/operations/posts/{share.pk}/" for share in shares)]
    for path in pages:
        page = boss.get(path).content.decode()
        for private in ("Very Private", "private@", "@secret", "My own words", shares[0].story.title):
            assert private not in page, (path, private)
    assert "Refused" in page or "Refused" in boss.get(pages[1]).content.decode()


def test_the_page_asks_the_same_with_few_rows_and_with_many(boss: Client, django_assert_max_num_queries: Any) -> None:
    attempt(trouble()[0], "Unavailable")
    forget_kept()
    with django_assert_max_num_queries(30) as one:
        boss.get("/operations/")
    for share in [each for _ in range(4) for each in trouble()]:
        attempt(share, "Unavailable")
    forget_kept()
    with django_assert_max_num_queries(len(one)):
        page = boss.get("/operations/").content.decode()
    assert page.count("/operations/posts/") == 20


def test_more_than_a_page_holds_are_counted(boss: Client) -> None:
    ShareFactory.create_batch(queries.SHOWN + 3, state="asked")
    assert "and 3 more" in boss.get("/operations/").content.decode()


def test_pause_and_resume_by_hand(boss: Client) -> None:
    answer = boss.post("/operations/platforms/mastodon/pause/", {"why": "Terms are read.", "hours": "6"}, follow=True)
    page = answer.content.decode()
    assert "Mastodon is paused." in page and "Terms are read." in page and "Resume" in page
    page = boss.post("/operations/platforms/mastodon/resume/", follow=True).content.decode()
    assert "Mastodon is open again." in page
    assert PlatformApp.objects.get().paused_until is None


def test_a_pause_without_a_reason_is_asked_for_one(boss: Client) -> None:
    answer = boss.post("/operations/platforms/mastodon/pause/", {"why": "", "hours": "24"})
    assert answer.status_code == 422 and 'value="24" selected' in answer.content.decode()
    assert not PlatformApp.objects.exists()
    assert boss.get("/operations/platforms/myspace/pause/").status_code == 404


def test_retry_and_mark_as_posted(boss: Client) -> None:
    share = ShareFactory(state="failed")
    path = f"/operations/posts/{share.pk}/"
    assert "Try it again" in boss.get(path).content.decode()
    assert "It is tried again." in boss.post(f"{path}retry/", follow=True).content.decode()
    share = ShareFactory(state="asked")
    path = f"/operations/posts/{share.pk}/posted/"
    wrong = boss.post(path, {"url": "https://elsewhere.example/1"})
    assert wrong.status_code == 422 and 'value="https://elsewhere.example/1"' in wrong.content.decode()
    assert boss.post(path, {"url": "javascript:alert(1)"}).status_code == 422
    assert "Noted as posted." in boss.post(path, {"url": "https://town.example/@a/1"}, follow=True).content.decode()


def test_a_share_posted_by_hand_has_no_page_here(boss: Client) -> None:
    share = ShareFactory(account=None, member=MemberFactory(), connector="facebook", state="handed_over")
    assert boss.get(f"/operations/posts/{share.pk}/").status_code == 404


@pytest.mark.parametrize("roles", [[], ["curator"], ["hr"], ["council"]])
def test_everybody_else_is_refused_everywhere(client: Client, roles: list[str]) -> None:
    share = ShareFactory(state="failed")
    client.force_login(MemberFactory(roles=roles))
    paths = ["", "platforms/x/pause/", f"posts/{share.pk}/"]
    assert {client.get(f"/operations/{path}").status_code for path in paths} == {403}
    posts = ["platforms/x/pause/", "platforms/x/resume/", f"posts/{share.pk}/retry/", f"posts/{share.pk}/posted/"]
    assert {client.post(f"/operations/{path}").status_code for path in posts} == {403}
    share.refresh_from_db()
    assert share.state == "failed" and not PlatformApp.objects.exists()


def test_who_is_signed_out_is_asked_to_sign_in(client: Client) -> None:
    assert client.get("/operations/").status_code == 302


def test_the_navigation_leads_there_and_to_the_settings(boss: Client) -> None:
    page = boss.get("/operations/").content.decode()
    assert 'href="/operations/"' in page and 'href="/admin/"' in page


def test_what_reading_costs_is_counted_and_the_price_is_of_this_month(boss: Client) -> None:
    today = clock.now().date()
    ReadingPlan.objects.create(share=ShareFactory(account=LinkedAccountFactory(connector="x")), due_at=clock.now())
    ReadingCost.objects.create(connector="x", day=today, calls=2, posts=150)
    ReadingCost.objects.create(connector="x", day=today - timedelta(days=1), calls=6, posts=0)
    ReadingCost.objects.create(connector="x", day=today - timedelta(days=40), calls=9, posts=900)
    found = {cost.connector.key: cost for cost in costs(clock.now())}
    x = found["x"]
    assert (x.followed, x.calls_today, x.posts_today, x.measured) == (1, 2, 150, 6)
    assert x.price == "0.75 USD" and x.planned == pytest.approx(3 / 100 / 7)
    assert found["mastodon"].price == "" and found["mastodon"].measured is None
    assert "linkedin" not in found
    assert "0.75 USD" in boss.get("/operations/").content.decode()
