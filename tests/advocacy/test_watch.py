"""Nothing stays stuck in silence: each trouble is found, said once, shown, and over when it has healed."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.actions import hold_platform, open_platform, pause_platform
from accounts.actions.quiet import begin_quiet
from accounts.models import Organisation
from accounts.queries import forget_kept
from advocacy.operations import watch, wording
from advocacy.tasks import watch as watch_task
from core import audit, clock
from core.alerts import Finding
from core.models import Alert, Pulse
from links.redirect.lines import Line, encode, new_id
from links.redirect.spool import FOLDER, Spool
from notifications.choosing import choose_channels
from notifications.delivering import deliver_due
from notifications.models import Delivery, Mail, Notice
from shares.models import Share
from tests.factories import FeedFactory, LinkedAccountFactory, MemberFactory, ShareFactory

pytestmark = pytest.mark.django_db
MINUTES = timedelta(minutes=11)
HOUR = timedelta(hours=1)


def kinds() -> set[str]:
    return {finding.kind for finding in watch.findings(clock.now())}


def stuck(state: str, **fields: Any) -> Share:
    at = clock.now()
    return ShareFactory(**{"state": state, "due_at": at - MINUTES, "state_at": at - MINUTES, **fields})


def test_an_installation_in_order_raises_nothing_and_the_questions_are_few(django_assert_max_num_queries: Any) -> None:
    ShareFactory(state="published")
    ShareFactory(state="sending", due_at=clock.now() + HOUR)
    ShareFactory(state="held", due_at=clock.now() + HOUR, cut_off_at=clock.now() - HOUR)
    LinkedAccountFactory(connector="x", renewal="r", expires_at=clock.now() + HOUR)
    FeedFactory()
    audit.record(actor=None, kind="a", about="b:1", at=clock.now())
    with django_assert_max_num_queries(14):
        assert kinds() == set()


def test_every_kind_of_trouble_is_found(settings: Any) -> None:
    at = clock.now()
    settings.EMAIL_HOST = "mail.example"
    Organisation.objects.create(regulated=True)
    forget_kept()
    stuck("scheduled")
    ShareFactory(state="published", story__state="withdrawn", story__state_at=at - HOUR)
    pause_platform(connector="x", until=at + HOUR, sentence="Credit is used up.", at=at)
    LinkedAccountFactory(connector="x", renewal="r", expires_at=at - MINUTES)
    Mail.objects.create(
        to="a@b.example", subject="s", text="t", created_at=at, due_at=at - MINUTES, state="queued", state_at=at
    )
    FeedFactory(due_at=at - 3 * HOUR)
    audit.record(actor=None, kind="a", about="b:1", at=at - MINUTES)
    found = {"shares_overdue", "withdrawn_and_up", "platform_paused", "renewals_failing", "mails_waiting"}
    assert kinds() == found | {"feeds_waiting", "audit_unsealed"}


def test_mails_that_wait_because_sharing_is_paused_are_no_trouble(settings: Any) -> None:
    at = clock.now()
    settings.EMAIL_HOST = "mail.example"
    Mail.objects.create(
        to="a@firm.example", subject="A campaign", text="It begins.", about="launch:1", bulk=True, created_at=at - HOUR,
        due_at=at - HOUR, state="queued", state_at=at - HOUR,
    )  # fmt: skip
    assert kinds() == {"mails_waiting"}
    begin_quiet(actor=MemberFactory(roles=["curator"]), why="A day to be silent", until=at + HOUR, at=at)
    forget_kept()
    assert kinds() == set()


@pytest.mark.parametrize("state", ["sending", "uncertain", "deleting", "held"])
def test_no_state_on_the_way_lasts_beyond_its_time_unseen(state: str) -> None:
    stuck(state)
    assert kinds() == {"shares_stuck"}


def test_clicks_that_wait_on_disk_for_minutes_are_found(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR, at = tmp_path, clock.now()
    spool = Spool(tmp_path / FOLDER)
    spool.append(encode(Line(new_id(at), 1, at - MINUTES, 0, "", "story:1", "a browser")))
    assert [finding.data for finding in watch.findings(at)] == [{"n": 11}]
    spool.finish()


def test_beyond_its_cut_off_on_a_paused_platform_is_stuck_too_and_trying_without_end_is() -> None:
    at = clock.now()
    waiting = stuck("retrying", cut_off_at=at - MINUTES)
    type(waiting.account).objects.update(paused_until=at + HOUR)
    assert kinds() == {"shares_stuck"}
    Share.objects.update(state="deleting", due_at=at + HOUR, state_at=at - 2 * HOUR)
    assert kinds() == {"shares_stuck"}


def test_a_platform_somebody_here_paused_is_no_alert() -> None:
    boss, at = MemberFactory(roles=["administrator"]), clock.now()
    hold_platform(actor=boss, connector="x", until=at + HOUR, why="We look at it.", at=at)
    assert kinds() == set()
    pause_platform(connector="x", until=at + HOUR, sentence="Credit is used up.", at=at)
    assert kinds() == {"platform_paused"}
    open_platform(actor=boss, connector="x", at=at)
    assert kinds() == set()


def test_it_is_told_once_with_a_next_step_and_is_over_when_it_has_healed() -> None:
    boss = MemberFactory(roles=["administrator"])
    MemberFactory(roles=["hr"])
    MemberFactory(roles=["administrator"], is_active=False)
    share = stuck("sending")
    for _ in range(3):
        watch_task()
    (notice,) = Notice.objects.all()
    assert notice.member == boss and "ended: 1." in notice.text and "Try them again there" in notice.text
    deliver_due(at=clock.now())
    assert Mail.objects.get().to == boss.email and "/operations/" in Mail.objects.get().text
    stuck("sending")
    watch_task()
    assert Alert.objects.get().data == {"n": 2} and Mail.objects.count() == 1
    Share.objects.update(state="published")
    watch_task()
    assert Alert.objects.get().state == "over"
    Share.objects.filter(pk=share.pk).update(state="sending")
    watch_task()  # the same trouble again within the hour: shown, not said
    assert sorted(Alert.objects.values_list("state", flat=True)) == ["open", "over"] and Mail.objects.count() == 1


def test_who_wants_no_mails_reads_it_in_the_page(client: Client) -> None:
    boss = MemberFactory(roles=["administrator"])
    choose_channels(actor=boss, channels={"alerts": ["page"]})
    client.force_login(boss)
    stuck("uncertain")
    watch_task()
    page = client.get("/operations/").content.decode()
    assert "Posts are stuck" in page and not Delivery.objects.exists() and Notice.objects.count() == 1
    assert 'advocacy_alerts_open{kind="shares_stuck"} 1' in client.get("/metrics").content.decode()
    Share.objects.update(state="published")
    watch_task()
    page = client.get("/operations/").content.decode()
    assert "Over again, within a week" in page


def test_the_page_sees_by_itself_that_nobody_watches(client: Client) -> None:
    client.force_login(MemberFactory(roles=["administrator"]))
    Pulse.objects.create(name="beat", at=clock.now() - HOUR)
    assert "Nothing periodic runs" in client.get("/operations/").content.decode()
    Pulse.objects.update(at=clock.now())
    assert "Nothing periodic runs" not in client.get("/operations/").content.decode()


def test_each_kind_has_words_for_whatever_it_finds() -> None:
    asked = {question.__name__ for question in [*watch.QUESTIONS, *watch.SEEN_FROM_OUTSIDE]}
    assert len(asked) == len(wording.WORDS)
    for kind in wording.WORDS:
        finding = Finding(kind, "x")
        assert all("%(" not in said(finding) for said in (wording.title, wording.sentence, wording.step))
