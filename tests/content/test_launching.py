"""A campaign told to everybody it is for: once each, by the ways they chose, stoppable, and whatever dies meanwhile."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions.quiet import begin_quiet, end_quiet
from accounts.models import User
from accounts.queries import forget_kept
from content import actions, queries
from content.actions import launching
from content.actions.errors import MovedOn, NotAllowed, NotReady
from content.models import Campaign, Launch, Told
from core import clock
from core.flow import move
from core.models import AuditEntry
from notifications.actions import send_mail
from notifications.choosing import choose_channels
from notifications.delivering import deliver_due
from notifications.models import Delivery, HookMessage, Mail, Notice, PushAddress, Wishes
from notifications.tasks import due
from tests.content.conftest import AT as FRIDAY
from tests.content.conftest import signed_in
from tests.factories import AudienceFactory, MemberFactory, ShareFactory, StoryFactory, TeamFactory
from tests.hooked import hook_server

pytestmark = pytest.mark.django_db
AT = FRIDAY + timedelta(hours=2)  # a Friday, eleven in London
OFFICE = [[540, 1020]] * 5 + [None, None]


@pytest.fixture
def sofia() -> User:
    return MemberFactory(name="Sofia Lind", roles=["curator"])


def campaign(**fields: Any) -> Campaign:
    days = {"starts_on": AT.date() - timedelta(days=5), "ends_on": AT.date() + timedelta(days=5)}
    given = {"name": "Winter", "goal": "To be believed.", "state": "open", "state_at": AT} | days | fields
    return Campaign.objects.create(**given)


def with_story(**fields: Any) -> Campaign:
    one = campaign()
    StoryFactory(campaign=one, created_by=None, **fields)
    return one


def people(count: int, **fields: Any) -> list[User]:
    return User.objects.bulk_create(
        User(name=f"Colleague {n}", email=f"c{n}@firm.example", joined_at=AT, **fields) for n in range(count)
    )


def begin(actor: User, one: Campaign) -> Launch:
    return actions.begin_launch(actor=actor, campaign=one, shown=10_000, at=AT)


def tell_everybody(at: Any = AT) -> None:
    while actions.tell_next(at=at):
        pass


def test_everybody_is_told_once_in_their_language(sofia):
    people(3)
    people_de = MemberFactory(language="de")
    launch = begin(sofia, with_story())
    assert launch.people == User.objects.count() and not Notice.objects.exists()
    tell_everybody()
    launch.refresh_from_db()
    assert launch.state == "done" and Notice.objects.count() == launch.people
    assert not actions.tell_next(at=AT) and Notice.objects.count() == launch.people
    assert "„Winter“" in Notice.objects.get(member=people_de).text
    assert Notice.objects.filter(member=sofia).get().url == reverse("shares:campaign", args=[launch.campaign_id])


def test_only_those_hear_of_it_for_whom_one_of_its_stories_is(sofia):
    repair, workshop = TeamFactory(), TeamFactory()
    inside, also, outside = MemberFactory(team=repair), MemberFactory(team=workshop), MemberFactory()
    one = with_story(audience=AudienceFactory(team=[str(repair.pk)]))
    StoryFactory(campaign=one, audience=AudienceFactory(team=[str(workshop.pk)]))
    StoryFactory(campaign=one, state="draft", live_at=None)
    begin(sofia, one)
    tell_everybody()
    assert set(Notice.objects.values_list("member", flat=True)) == {inside.pk, also.pk}
    assert signed_in(outside).get(reverse("shares:campaign", args=[one.pk])).status_code == 404
    assert "Winter" in signed_in(inside).get(reverse("shares:campaign", args=[one.pk])).content.decode()


def test_who_has_left_or_moved_meanwhile_is_skipped(sofia):
    repair = TeamFactory()
    stays, moves, leaves = (MemberFactory(team=repair) for _ in range(3))
    launch = begin(sofia, with_story(audience=AudienceFactory(team=[str(repair.pk)])))
    User.objects.filter(pk=moves.pk).update(team=None)
    User.objects.filter(pk=leaves.pk).update(is_active=False)
    tell_everybody()
    assert list(Notice.objects.values_list("member", flat=True)) == [stays.pk]
    assert queries.launch_progress(launch).skipped == [("left", 2)]


def test_a_worker_that_dies_in_a_batch_has_told_nobody_and_the_next_goes_on(sofia, monkeypatch):
    people(5)
    monkeypatch.setattr(launching, "BATCH", 2)
    begin(sofia, with_story())
    assert actions.tell_next(at=AT) and Notice.objects.count() == 2
    whole = launching.move_all
    monkeypatch.setattr(launching, "move_all", lambda *_given, **_more: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        actions.tell_next(at=AT)
    assert Notice.objects.count() == 2 and Told.objects.filter(state="told").count() == 2
    monkeypatch.setattr(launching, "move_all", whole)
    tell_everybody()
    told = list(Notice.objects.values_list("member", flat=True))
    assert len(told) == len(set(told)) == User.objects.count()


def test_a_stop_tells_nobody_further_and_takes_back_what_has_not_gone(sofia, monkeypatch):
    people(4, working_hours=OFFICE)
    monkeypatch.setattr(launching, "BATCH", 2)
    night = AT + timedelta(hours=12)
    launch = actions.begin_launch(actor=sofia, campaign=with_story(), shown=99, at=night)
    actions.tell_next(at=night)
    assert Delivery.objects.filter(state="waiting").exists()
    actions.stop_launch(actor=sofia, launch=launch, at=night)
    tell_everybody(night)
    deliver_due(at=night + timedelta(days=3))
    assert Notice.objects.count() == 2 and not Mail.objects.exists()
    assert set(Delivery.objects.values_list("state", "reason")) == {("dropped", "stopped")}
    actions.resume_launch(actor=sofia, launch=launch, at=night)
    tell_everybody(night)
    assert Notice.objects.count() == launch.people


def test_a_message_that_comes_back_after_the_stop_is_not_tried_again(sofia):
    people(1, working_hours=OFFICE)
    launch = begin(sofia, with_story())
    tell_everybody()
    row = Delivery.objects.get()
    move(row, "going", at=AT)
    launch.refresh_from_db()
    actions.stop_launch(actor=sofia, launch=launch, at=AT)
    move(row, "waiting", at=AT)
    actions.sweep_launches(at=AT)
    row.refresh_from_db()
    assert row.state == "dropped"


def test_mails_that_wait_can_be_stopped_when_everybody_has_their_line(sofia):
    people(2, working_hours=[None] * 6 + [[0, 60]])
    launch = begin(sofia, with_story())
    tell_everybody()
    assert "everybody has been told" in page_of(sofia, launch) and "Stop: tell nobody further" in page_of(sofia, launch)
    signed_in(sofia).post(reverse("content:launch_act", args=[launch.pk, "stop"]))
    assert set(Delivery.objects.values_list("state", "reason")) == {("dropped", "stopped")}
    assert "Stop: tell nobody further" not in page_of(sofia, launch)
    answer = signed_in(sofia).post(reverse("content:launch_act", args=[launch.pk, "stop"]), follow=True)
    assert "Somebody else has just done that." in answer.content.decode()


def test_a_stop_reaches_mails_that_are_written_and_have_not_left(sofia):
    people(2, working_hours=OFFICE)
    launch = begin(sofia, with_story())
    tell_everybody()
    deliver_due(at=AT)
    assert Mail.objects.filter(state="queued").count() == 2
    (mail,) = queries.launch_progress(launch).sent
    assert (mail.gone, mail.waiting) == (0, 2) and "Stop: tell nobody further" in page_of(sofia, launch)
    launch.refresh_from_db()
    actions.stop_launch(actor=sofia, launch=launch, at=AT)
    assert set(Mail.objects.values_list("state", "html")) == {("dropped", "")}
    assert queries.launch_progress(launch).sent[0].dropped == [("stopped", 2)]
    assert not due(AT).exists()


def test_whoever_had_only_a_mail_that_was_taken_back_has_it_when_it_goes_on(sofia):
    people(2, working_hours=OFFICE, time_zone="Europe/London")
    for member in User.objects.filter(name__startswith="Colleague"):
        Wishes.objects.create(member=member, channels={"launch": ["mail"]})
    launch = begin(sofia, with_story())
    tell_everybody()
    assert deliver_due(at=AT) == 2
    launch.refresh_from_db()
    actions.stop_launch(actor=sofia, launch=launch, at=AT)
    assert "Go on: send what was taken back" in page_of(sofia, launch)
    night = AT + timedelta(hours=12)
    actions.resume_launch(actor=sofia, launch=launch, at=night)
    tell_everybody(night)
    assert deliver_due(at=night) == 2 and not due(night).exists()  # their hours are asked again
    monday = AT + timedelta(days=3)
    assert deliver_due(at=monday) == 2 and due(monday).count() == 2
    (mail,) = queries.launch_progress(launch).sent
    assert (mail.gone, mail.waiting, mail.dropped) == (0, 2, [])
    assert "Go on" not in page_of(sofia, launch)


def test_what_was_too_late_or_unwanted_does_not_go_when_it_goes_on(sofia):
    people(1, working_hours=OFFICE)
    Wishes.objects.create(member=User.objects.get(name="Colleague 0"), paused_until=AT + timedelta(days=2))
    launch = begin(sofia, with_story())
    tell_everybody()
    deliver_due(at=AT)
    launch.refresh_from_db()
    actions.stop_launch(actor=sofia, launch=launch, at=AT)
    assert "Go on" not in page_of(sofia, launch)
    actions.resume_launch(actor=sofia, launch=launch, at=AT)
    assert Delivery.objects.get().reason == "paused"


def test_a_mail_that_comes_back_from_the_mail_server_after_the_stop_does_not_go_again(sofia):
    people(1, working_hours=OFFICE)
    launch = begin(sofia, with_story())
    tell_everybody()
    deliver_due(at=AT)
    mail = move(Mail.objects.get(), "sending", at=AT)
    launch.refresh_from_db()
    actions.stop_launch(actor=sofia, launch=launch, at=AT)
    move(mail, "queued", at=AT)
    actions.sweep_launches(at=AT)
    assert Mail.objects.get().state == "dropped" and Delivery.objects.get().state == "dropped"


def test_a_sweep_takes_back_nothing_of_what_went_on_meanwhile(sofia, monkeypatch):
    people(1, working_hours=[None] * 6 + [[0, 60]])
    first, launch = begin(sofia, with_story()), begin(sofia, with_story_named("Spring"))
    tell_everybody()
    for one in (first, launch):
        one.refresh_from_db()
        actions.stop_launch(actor=sofia, launch=one, at=AT)
    whole = launching.take_back_messages

    def take_back(one: Launch, *, at: Any) -> None:
        whole(one, at=at)
        if one == first:  # between two of them a curator lets the other go on
            actions.resume_launch(actor=sofia, launch=launch, at=at)

    monkeypatch.setattr(launching, "take_back_messages", take_back)
    actions.sweep_launches(at=AT)
    assert Delivery.objects.get(about=launch.about).state == "waiting"
    assert Delivery.objects.get(about=first.about).state == "dropped"


def test_what_the_mail_server_took_counts_as_sent_and_what_it_refused_does_not(sofia):
    people(2, working_hours=OFFICE)
    launch = begin(sofia, with_story())
    tell_everybody()
    deliver_due(at=AT)
    for mail, to in zip(Mail.objects.order_by("pk"), ("sent", "failed"), strict=True):
        move(move(mail, "sending", at=AT), to, at=AT)
    (mail,) = queries.launch_progress(launch).sent
    assert (mail.gone, mail.waiting, mail.dropped) == (1, 0, [("failed", 1)])


def test_mails_of_a_launch_wait_while_sharing_is_paused_and_others_go(sofia):
    people(1, working_hours=OFFICE)
    begin(sofia, with_story())
    tell_everybody()
    deliver_due(at=AT)
    send_mail(to="a@firm.example", subject="Your code", text="123", at=AT)
    begin_quiet(actor=sofia, why="A day to be silent", until=AT + timedelta(hours=3), at=AT)
    forget_kept()
    assert [mail.subject for mail in due(AT)] == ["Your code"]
    end_quiet(actor=sofia, at=AT)
    forget_kept()
    assert due(AT).count() == 2


def test_what_is_withdrawn_is_not_sent_any_more(sofia):
    people(1, working_hours=OFFICE)
    one = with_story()
    launch = begin(sofia, one)
    tell_everybody()
    assert Delivery.objects.get().state == "waiting" and launch.people
    actions.end_campaign(actor=sofia, campaign=one, at=AT)
    actions.sweep_launches(at=AT)
    assert Delivery.objects.get().state == "dropped"


def test_the_line_of_a_campaign_that_ended_weeks_later_goes_where_nobody_read_it(sofia):
    one, other = with_story(), with_story_named("Spring")
    launch = begin(sofia, one)
    begin(sofia, other)
    tell_everybody()
    actions.stop_launch(actor=sofia, launch=Launch.objects.get(campaign=other), at=AT)
    later, told = AT + timedelta(days=30), {launch.about, Launch.objects.get(campaign=other).about}
    actions.sweep_launches(at=later)
    assert set(Notice.objects.values_list("about", flat=True)) == told  # a curator's stop leaves what was said
    actions.end_campaign(actor=sofia, campaign=one, at=later)
    actions.sweep_launches(at=later)
    assert set(Notice.objects.values_list("about", flat=True)) == told - {launch.about}
    actions.end_campaign(actor=sofia, campaign=other, at=later)
    actions.sweep_launches(at=later)
    assert not Notice.objects.exists()
    assert "everybody has been told, and it is over" in page_of(sofia, launch)


def test_a_campaign_that_ends_stops_its_launch(sofia):
    one = with_story()
    launch = begin(sofia, one)
    actions.end_campaign(actor=sofia, campaign=one, at=AT)
    tell_everybody()
    launch.refresh_from_db()
    assert (launch.state, launch.reason) == ("stopped", "over") and not Notice.objects.exists()
    with pytest.raises(NotReady):
        actions.resume_launch(actor=sofia, launch=launch, at=AT)


def test_it_is_held_while_sharing_is_paused_and_its_mails_too(sofia):
    people(2, working_hours=OFFICE)
    launch = begin(sofia, with_story())
    begin_quiet(actor=sofia, why="A day to be silent", until=clock.now() + timedelta(hours=3), at=AT)
    tell_everybody()
    assert not Notice.objects.exists() and "held: sharing is paused" in page_of(sofia, launch)
    end_quiet(actor=sofia, at=AT)
    forget_kept()
    tell_everybody()
    assert Notice.objects.count() == launch.people
    begin_quiet(actor=sofia, why="Another", until=AT + timedelta(hours=3), at=AT)
    forget_kept()
    assert deliver_due(at=AT) == 0 and not Mail.objects.exists()
    end_quiet(actor=sofia, at=AT)
    forget_kept()
    deliver_due(at=AT)
    assert Mail.objects.filter(bulk=True).count() == 2


def test_each_ones_choices_pause_limit_and_hours_are_kept(sofia):
    usual, silent, paused, full, nights, none = (
        MemberFactory(working_hours=hours, time_zone="Europe/London")
        for hours in (OFFICE, OFFICE, OFFICE, OFFICE, [None] * 6 + [[0, 60]], None)
    )
    choose_channels(actor=silent, channels={"launch": []})
    Wishes.objects.create(member=paused, paused_until=AT + timedelta(days=2))
    Wishes.objects.create(member=full, most_a_day=0)
    launch = begin(sofia, with_story())
    tell_everybody()
    deliver_due(at=AT)
    assert list(Mail.objects.values_list("to", flat=True)) == [usual.email]
    told = set(Notice.objects.values_list("member", flat=True))
    assert silent.pk not in told and {paused.pk, full.pk, nights.pk, none.pk} <= told
    assert queries.launch_progress(launch).skipped == [("chosen", 1)]
    move(move(Mail.objects.get(), "sending", at=AT), "sent", at=AT)
    (mail,) = queries.launch_progress(launch).sent
    assert (mail.gone, mail.waiting, sorted(mail.dropped)) == (1, 1, [("most", 1), ("paused", 1)])


def test_the_words_are_the_same_whether_or_not_somebody_has_shared(sofia):
    one = with_story()
    silent, sharer = MemberFactory(), MemberFactory()
    ShareFactory(member=sharer, story=one.stories.get(), state="published")
    begin(sofia, one)
    tell_everybody()
    assert Notice.objects.get(member=silent).text == Notice.objects.get(member=sharer).text


def test_a_batch_asks_as_often_for_forty_as_for_two(sofia, monkeypatch):
    def asked(count: int, one: Campaign) -> int:
        begin(sofia, one)
        forget_kept()
        with CaptureQueriesContext(connection) as seen:
            actions.tell_next(at=AT)
        tell_everybody()
        return len(seen)

    people(2, working_hours=OFFICE)
    few = asked(2, with_story())
    User.objects.bulk_create(
        User(name=f"More {n}", email=f"m{n}@firm.example", joined_at=AT, working_hours=OFFICE) for n in range(40)
    )
    Campaign.objects.update(name="Autumn")
    assert asked(40, with_story()) == few
    with CaptureQueriesContext(connection) as seen:
        assert deliver_due(at=AT) > 40
    assert len(seen) < 25


def test_one_that_fails_keeps_no_other_waiting(sofia, monkeypatch):
    broken, other = begin(sofia, with_story()), begin(sofia, with_story_named("Spring"))
    whole = launching.tell_all

    def tell(**given: Any) -> dict[int, str]:
        if given["about"] == broken.about:
            raise ValueError
        return whole(**given)

    monkeypatch.setattr(launching, "tell_all", tell)
    tell_everybody()
    assert set(Launch.objects.values_list("pk", "state")) == {(broken.pk, "telling"), (other.pk, "done")}
    assert set(Notice.objects.values_list("about", flat=True)) == {other.about}
    monkeypatch.setattr(launching, "tell_all", whole)
    tell_everybody()
    broken.refresh_from_db()
    assert broken.state == "done"


def test_it_is_launched_once(sofia):
    one = with_story()
    begin(sofia, one)
    with pytest.raises(MovedOn):
        begin(sofia, one)
    assert Launch.objects.count() == 1


@pytest.mark.parametrize("make", [campaign, lambda: with_story(state="draft", live_at=None)])
def test_without_a_live_story_nobody_is_told(sofia, make):
    with pytest.raises(NotReady):
        begin(sofia, make())
    assert not Launch.objects.exists()


def test_a_campaign_without_live_stories_has_no_button(sofia):
    page = signed_in(sofia).get(reverse("content:new_launch", args=[campaign().pk])).content.decode()
    assert "None of its stories is live yet." in page and "data-busy-on-submit" not in page.split("<main")[1]


def test_more_people_than_were_shown_is_asked_again(sofia):
    one = with_story()
    people(3)
    with pytest.raises(NotReady, match="By now it is 4 colleagues"):
        actions.begin_launch(actor=sofia, campaign=one, shown=3, at=AT)


def test_only_curators_launch_and_stop(sofia):
    one = with_story()
    launch = begin(sofia, with_story_named("Spring"))
    for roles in ([], ["hr"], ["administrator"]):
        member = MemberFactory(roles=roles)
        other = signed_in(member)
        for address in (reverse("content:new_launch", args=[one.pk]), reverse("content:launch", args=[launch.pk])):
            assert other.get(address).status_code == 403
        assert other.post(reverse("content:new_launch", args=[one.pk]), {"shown": "99"}).status_code == 403
        assert other.post(reverse("content:launch_act", args=[launch.pk, "stop"])).status_code == 403
        with pytest.raises(NotAllowed):
            actions.stop_launch(actor=member, launch=launch, at=AT)
        with pytest.raises(NotAllowed):
            begin(member, one)
    launch.refresh_from_db()
    assert launch.state == "telling"


def with_story_named(name: str) -> Campaign:
    one = campaign(name=name)
    StoryFactory(campaign=one)
    return one


def page_of(actor: User, launch: Launch) -> str:
    return " ".join(signed_in(actor).get(reverse("content:launch", args=[launch.pk])).content.decode().split())


def test_the_page_says_how_many_and_what_they_will_read_then_the_button_begins(sofia):
    people(4, working_hours=OFFICE)
    MemberFactory(email=None)
    one = with_story()
    browser = signed_in(sofia)
    address = reverse("content:new_launch", args=[one.pk])
    page = " ".join(browser.get(address).content.decode().split())
    number = User.objects.count()
    assert f"Tell {number} colleagues" in page and "“Winter” begins: stories to pass on, if you like." in page
    assert "To be believed." in page and "A made-up colleague" in page and "A campaign begins" in page
    german = browser.get(address + "?language=de").content.decode()
    assert "„Winter“" in german and "Guten Tag, Eine erfundene Person," in german
    mail = browser.get(reverse("content:launch_mail", args=[one.pk]))
    assert "sandbox" in mail["Content-Security-Policy"] and "To be believed." in mail.content.decode()
    assert not Launch.objects.exists() and not Mail.objects.exists() and not Delivery.objects.exists()
    answer = browser.post(address, {"shown": str(number)})
    launch = Launch.objects.get()
    assert answer["Location"] == reverse("content:launch", args=[launch.pk])
    assert "under way" in page_of(sofia, launch) and 'hx-trigger="every 2s"' in page_of(sofia, launch)
    tell_everybody()
    assert "everybody has been told" in page_of(sofia, launch)
    assert browser.get(address)["Location"] == answer["Location"]
    assert AuditEntry.objects.filter(kind="launch_begun", about=f"campaign:{one.pk}").count() == 1


@pytest.mark.parametrize(
    ("count", "paused", "is_said"), [(9, 9, False), (19, 9, False), (19, 10, True), (29, 20, True), (29, 21, False)]
)
def test_a_reason_is_said_of_ten_at_least_and_not_of_all_but_a_few(sofia, count, paused, is_said):
    for member in people(count, working_hours=OFFICE, time_zone="Europe/London")[:paused]:
        Wishes.objects.create(member=member, paused_until=clock.now() + timedelta(days=9))
    User.objects.filter(pk=sofia.pk).update(working_hours=OFFICE, time_zone="Europe/London")
    one = with_story()
    before = signed_in(sofia).get(reverse("content:new_launch", args=[one.pk])).content.decode()
    launch = begin(sofia, one)
    tell_everybody()
    Wishes.objects.update(paused_until=AT + timedelta(days=9))
    assert deliver_due(at=AT) == count + 1
    for page in (before, page_of(sofia, launch)):
        assert ("have paused their messages" in page) is is_said
        assert ("for reasons that are not shown here" in page) is not is_said


def test_of_fewer_than_ten_nothing_is_said_of_what_they_chose(sofia):
    for member in people(8, working_hours=OFFICE):
        Wishes.objects.create(member=member, paused_until=clock.now() + timedelta(days=9))
    page = signed_in(sofia).get(reverse("content:new_launch", args=[with_story().pk])).content.decode()
    assert "have paused" not in page and "not shown here" not in page and "nothing is said of what they chose" in page


def test_who_was_told_is_forgotten_in_time(sofia):
    launch = begin(sofia, with_story())
    tell_everybody()
    actions.sweep_launches(at=AT + timedelta(days=91))
    assert not Told.objects.exists() and "Who was told is forgotten" in page_of(sofia, launch)


def test_the_button_with_too_small_a_number_shows_the_page_again(sofia):
    people(3)
    answer = signed_in(sofia).post(reverse("content:new_launch", args=[with_story().pk]), {"shown": "1"})
    assert answer.status_code == 422 and "By now it is 4 colleagues" in answer.content.decode()


def test_the_pages_ask_as_often_for_many_as_for_few(sofia):
    def asked(address: str) -> int:
        browser = signed_in(sofia)
        browser.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(address).status_code == 200
        return len(seen)

    address = reverse("content:new_launch", args=[with_story().pk])
    few = asked(address)
    people(50, working_hours=OFFICE)
    assert asked(address) == few


def test_an_urgent_story_that_goes_live_tells_its_audience_once_here_and_by_push(sofia):
    repair = TeamFactory()
    inside, outside = MemberFactory(team=repair, working_hours=OFFICE), MemberFactory(working_hours=OFFICE)
    for number, member in enumerate((inside, outside)):
        PushAddress.objects.create(
            key=f"00000000-0000-0000-0000-00000000000{number}", member=member, endpoint_hash=str(number), sealed="x",
            made_at=AT, state="open", state_at=AT,
        )  # fmt: skip
    story = StoryFactory(
        title="Forty wheels", audience=AudienceFactory(team=[str(repair.pk)]), live_at=AT,
        urgent_until=AT + timedelta(days=1),
    )  # fmt: skip
    StoryFactory(live_at=AT)
    assert actions.begin_urgent(at=AT) == 1 and actions.begin_urgent(at=AT) == 0
    tell_everybody()
    notice = Notice.objects.get()
    assert notice.member == inside and notice.text == "Wanted soon: “Forty wheels”"
    assert notice.url == reverse("shares:compose", args=[story.pk])
    row = Delivery.objects.get()
    assert (row.member, row.channel, row.until) == (inside, "push", story.urgent_until)
    story.refresh_from_db()
    assert "Who has been told" in signed_in(sofia).get(reverse("content:story", args=[story.pk])).content.decode()


def test_an_urgent_story_outside_of_somebodys_hours_waits_and_is_dropped_where_it_is_too_late(sofia):
    late = MemberFactory(working_hours=[None] * 6 + [[0, 60]])
    PushAddress.objects.create(
        key="00000000-0000-0000-0000-000000000009", member=late, endpoint_hash="9", sealed="x", made_at=AT,
        state="open", state_at=AT,
    )  # fmt: skip
    StoryFactory(live_at=AT, urgent_until=AT + timedelta(hours=4))
    actions.begin_urgent(at=AT)
    tell_everybody()
    assert Notice.objects.filter(member=late).exists() and not Delivery.objects.exists()


def test_whoever_installs_the_new_version_tells_nobody_of_what_was_urgent_before():
    now = clock.now()
    story = StoryFactory(urgent_until=now + timedelta(days=1))
    StoryFactory(urgent_until=now - timedelta(days=1))
    StoryFactory(urgent_until=now + timedelta(days=1), state="draft", live_at=None)
    import_module("content.migrations.0017_launches").begun_before(apps, None)
    launch = Launch.objects.get()
    assert (launch.story, launch.state) == (story, "done") and not launch.told.exists()
    assert actions.begin_urgent(at=now) == 0


def test_a_withdrawn_urgent_story_reaches_nobody_further(sofia):
    people(2, working_hours=OFFICE)
    story = StoryFactory(live_at=AT, urgent_until=AT + timedelta(days=1))
    actions.begin_urgent(at=AT)
    actions.withdraw_story(actor=sofia, story=story, reason="It was wrong.", at=AT)
    tell_everybody()
    assert not Notice.objects.exists() and Launch.objects.get().state == "stopped"


def test_an_urgent_mark_taken_away_takes_back_what_waits_and_set_again_it_can_go_on(sofia, monkeypatch):
    people(3, working_hours=OFFICE, time_zone="Europe/London")
    Wishes.objects.bulk_create(
        Wishes(member=member, channels={"urgent": ["page", "mail"]}) for member in User.objects.filter(roles=[])
    )
    story = StoryFactory(live_at=AT, created_by=None, urgent_until=AT + timedelta(days=9))
    monkeypatch.setattr(launching, "BATCH", 3)
    night = AT + timedelta(hours=12)
    actions.begin_urgent(at=night)
    actions.tell_next(at=night)
    waiting = Delivery.objects.count()
    assert waiting
    actions.reschedule_story(actor=sofia, story=story, live_from=None, expires_at=None, at=night)
    assert set(queries.unmeant_deliveries(list(Delivery.objects.all()), night).values()) == {"stopped"}
    actions.sweep_launches(at=night)
    launch = Launch.objects.get()
    assert (launch.state, launch.reason) == ("stopped", "over") and "Tell the" not in page_of(sofia, launch)
    assert Delivery.objects.filter(state="dropped", reason="stopped").count() == waiting
    until = AT + timedelta(days=9)
    actions.reschedule_story(actor=sofia, story=story, live_from=None, expires_at=None, urgent_until=until, at=night)
    actions.sweep_launches(at=night)
    launch = Launch.objects.get()
    actions.resume_launch(actor=sofia, launch=launch, at=night)
    tell_everybody(night)
    assert Told.objects.filter(state="told").count() == launch.people
    assert Delivery.objects.filter(state="waiting").count() == 3


@pytest.mark.parametrize("later", [timedelta(), timedelta(days=3)])
def test_the_line_of_an_urgent_story_goes_when_it_is_withdrawn_or_its_time_is_over(sofia, later):
    story = StoryFactory(live_at=AT, urgent_until=AT + timedelta(days=2))
    reader = MemberFactory()
    actions.begin_urgent(at=AT)
    tell_everybody()
    Notice.objects.filter(member=reader).update(read_at=AT)
    actions.sweep_launches(at=AT)
    assert Notice.objects.filter(read_at=None).exists()
    if not later:
        actions.withdraw_story(actor=sofia, story=story, reason="It was wrong.", at=AT)
    actions.sweep_launches(at=AT + later)
    assert [notice.member for notice in Notice.objects.all()] == [reader]


def test_a_closed_urgent_story_does_not_reach_somebody_who_left_its_audience_overnight():
    repair, hours = TeamFactory(), {"working_hours": [[540, 1020]] * 7, "time_zone": "Europe/London"}
    moves, stays = (MemberFactory(team=repair, **hours) for _ in range(2))
    for member in (moves, stays):
        Wishes.objects.create(member=member, channels={"urgent": ["page", "mail"]})
    audience = AudienceFactory(team=[str(repair.pk)])
    StoryFactory(created_by=None, audience=audience, urgent_until=AT + timedelta(days=2))
    evening = AT + timedelta(hours=9)
    actions.begin_urgent(at=evening)
    tell_everybody(evening)
    User.objects.filter(pk=moves.pk).update(team=None)
    assert deliver_due(at=Delivery.objects.earliest("due_at").due_at) == 2
    assert [mail.to for mail in Mail.objects.all()] == [stays.email]
    assert Delivery.objects.get(member=moves).reason == "left"


def test_a_story_that_is_not_urgent_any_more_tells_nobody(sofia):
    StoryFactory(live_at=AT, urgent_until=AT - timedelta(hours=1))
    assert actions.begin_urgent(at=AT) == 0


def test_channels_that_hear_of_everything_are_told_of_an_open_campaign(sofia, settings):
    from tests.content.test_channels import added

    with hook_server() as server:
        settings.ALLOWED_ORIGINS = [server.origin]
        added(MemberFactory(roles=["administrator"]), server)
        launch = begin(sofia, with_story())
        actions.stop_launch(actor=sofia, launch=launch, at=AT)
        assert not actions.tell_next_channel(at=AT)
        actions.resume_launch(actor=sofia, launch=launch, at=AT)
        while actions.tell_next_channel(at=AT):
            pass
        assert [message["blocks"][0]["text"]["text"] for message in server.told] == ["A campaign begins"]
        begin(sofia, closed_campaign())
        assert not actions.tell_next_channel(at=AT) and len(server.told) == 1


def closed_campaign() -> Campaign:
    repair = TeamFactory()
    MemberFactory(team=repair)
    one = campaign(name="Closed")
    StoryFactory(campaign=one, audience=AudienceFactory(team=[str(repair.pk)]))
    return one


@pytest.mark.parametrize(
    ("status", "body", "left"),
    [(404, b"no_service", ("dropped", "removed:404")), (429, b"", ("waiting", "busy:429")), (200, b"ok", ("gone", ""))],
)
def test_what_a_channel_answers_to_a_campaign_is_heeded_for_the_stories_beside_it(sofia, settings, status, body, left):
    from tests.content.test_channels import added

    with hook_server() as server:
        settings.ALLOWED_ORIGINS = [server.origin]
        added(MemberFactory(roles=["administrator"]), server)
        later = AT + timedelta(hours=1)
        one = with_story(live_at=later)
        actions.begin_launch(actor=sofia, campaign=one, shown=99, at=later)
        actions.queue_news(at=later)
        assert HookMessage.objects.filter(state="waiting").count() == 2
        server.says(status, body)
        while actions.tell_next_channel(at=later):
            pass
        story = HookMessage.objects.get(about__startswith="story:")
        assert (story.state, story.reason) == left and len(server.told) == (2 if status == 200 else 1)
