"""Which stories a channel hears of, and the page where administrators keep them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from accounts.actions.quiet import begin_quiet, end_quiet
from accounts.models import User
from audiences.models import Audience
from audiences.terms import cleaned
from content import actions
from content.actions import ChannelWords
from content.actions.errors import CannotDo, NotAllowed
from content.models import Channel, Story, Topic
from core.models import AuditEntry
from notifications.models import Hook, HookMessage
from tests.content.conftest import AT, signed_in
from tests.factories import AudienceFactory, MemberFactory, StoryFactory, TeamFactory
from tests.hooked import HookServer, hook_server

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


@pytest.fixture
def server(settings: Any) -> Iterator[HookServer]:
    with hook_server() as server:
        settings.ALLOWED_ORIGINS = [server.origin]
        yield server


@pytest.fixture
def tom(db: None) -> User:
    return MemberFactory(name="Tom Ashworth", roles=["administrator"])


@pytest.fixture
def channel(tom: User, server: HookServer) -> Channel:
    return added(tom, server)


def added(tom: User, server: HookServer, **changes: Any) -> Channel:
    number = Hook.objects.count()
    given = {"kind": Hook.SLACK, "language": "en", "address": f"{server.origin}/services/T0/B{number}/secretQ7"}
    return actions.add_channel(actor=tom, given=ChannelWords(**(given | changes)), at=AT)


def live(**fields: Any) -> Story:
    return StoryFactory(**({"title": "A bakery sold its van", "live_at": LATER} | fields))


def tell(at: datetime = LATER) -> None:
    actions.queue_news(at=at)
    while actions.tell_next_channel(at=at):
        pass


def told(server: HookServer) -> str:
    return str(server.told)


def test_a_story_that_goes_live_is_told_once_with_its_page(
    sofia: User, draft: Story, channel: Channel, server: HookServer, settings: Any
) -> None:
    Story.objects.filter(pk=draft.pk).update(state="approved")
    draft.refresh_from_db()
    actions.put_live(actor=sofia, story=draft, at=LATER)
    tell()
    tell(LATER + timedelta(minutes=1))
    assert len(server.told) == 1
    assert f"{settings.BASE_URL}/stories/{draft.pk}/" in told(server) and "New to share" in told(server)


def test_a_closed_story_never_reaches_a_channel(channel: Channel, server: HookServer) -> None:
    team = TeamFactory()
    live(title="For the workshop alone", audience=AudienceFactory(team=[team.pk]))
    tell()
    assert server.told == [] and not HookMessage.objects.exists()


def test_a_story_for_one_team_is_told_in_that_teams_channel_and_in_no_other(tom: User, server: HookServer) -> None:
    repair, paint = TeamFactory(name="Repair"), TeamFactory(name="Paint")
    theirs = added(tom, server, team=repair)
    added(tom, server, team=paint)
    added(tom, server)
    story = live(title="Our own bench", summary="It folds into the wall", audience=AudienceFactory(team=[repair.pk]))
    tell()
    assert [row.hook_id for row in HookMessage.objects.all()] == [theirs.pk] and len(server.told) == 1
    assert "Our own bench" in told(server) and f"/stories/{story.pk}/" in told(server)
    assert "folds into" not in told(server) and "For Repair." in told(server)


@pytest.mark.parametrize(
    "terms",
    [
        {"in": [("team", "both")]},
        {"in": [("team", "one"), ("place", "Leeds")]},
        {"in": [("team", "one")], "who": [("language", "de")]},
        {"in": [("team", "one")], "except": [("role", "curator")]},
        {"in": [("place", "Leeds")]},
    ],
)
def test_a_story_for_a_team_and_others_or_for_some_of_it_is_told_nowhere(
    tom: User, server: HookServer, terms: dict[str, list[tuple[str, str]]]
) -> None:
    one, other = TeamFactory(), TeamFactory()
    added(tom, server, team=one)
    numbers = {"one": [str(one.pk)], "both": [str(one.pk), str(other.pk)]}
    meant = {
        clause: [{"kind": kind, "values": numbers.get(value, [value])} for kind, value in said]
        for clause, said in terms.items()
    }
    live(audience=Audience.objects.create(terms=cleaned(meant), made_at=AT))
    tell()
    assert server.told == [] and not HookMessage.objects.exists()


def test_a_team_that_is_only_said_otherwise_is_the_same_team(tom: User, server: HookServer) -> None:
    repair = TeamFactory()
    added(tom, server, team=repair)
    terms = cleaned({"who": [{"kind": "team", "values": [str(repair.pk)]}]})
    live(title="Our own bench", audience=Audience.objects.create(terms=terms, made_at=AT))
    tell()
    assert "Our own bench" in told(server)


def test_a_channel_that_changed_hands_meanwhile_is_not_told(tom: User, server: HookServer) -> None:
    repair, paint = TeamFactory(), TeamFactory()
    channel = added(tom, server, team=repair)
    live(title="Our own bench", audience=AudienceFactory(team=[repair.pk]))
    server.says(503)
    tell()
    server.says(200, b"ok")
    before, given = len(server.told), ChannelWords(kind=Hook.SLACK, language="en", team=paint)
    actions.edit_channel(actor=tom, channel=channel, given=given, at=LATER)
    tell(LATER + timedelta(hours=1))
    assert len(server.told) == before and HookMessage.objects.get().state == "dropped"


@pytest.mark.parametrize("change", [{"state": "withdrawn"}, {"state": "expired"}, {"audience": "closed"}])
def test_a_story_that_was_withdrawn_or_closed_while_it_waited_is_not_told(
    channel: Channel, server: HookServer, change: dict[str, Any]
) -> None:
    story = live()
    server.says(503)
    tell()
    server.says(200, b"ok")
    closed = {"audience": AudienceFactory(team=[TeamFactory().pk])} if "audience" in change else change
    Story.objects.filter(pk=story.pk).update(**closed)
    before = len(server.told)
    tell(LATER + timedelta(hours=1))
    assert len(server.told) == before and HookMessage.objects.get().state == "dropped"


def test_of_an_internal_story_a_channel_has_the_title_to_read(channel: Channel, server: HookServer) -> None:
    live(kind=Story.INTERNAL, summary="Figures nobody outside knows", title="How we are doing")
    tell()
    assert "New to read" in told(server) and "How we are doing" in told(server) and "Read this story" in told(server)
    assert "Figures" not in told(server) and "share" not in told(server)


def test_a_channel_of_a_topic_hears_of_that_topic(tom: User, server: HookServer) -> None:
    bikes, people = Topic.objects.create(name="Bikes"), Topic.objects.create(name="People")
    added(tom, server, topic=bikes)
    live(title="A new frame", topic=bikes)
    live(title="A new colleague", topic=people)
    live(title="Neither")
    tell()
    assert "A new frame" in told(server) and "colleague" not in told(server) and "Neither" not in told(server)


def test_a_topic_that_a_channel_hears_of_cannot_vanish_under_it(tom: User, server: HookServer) -> None:
    bikes = Topic.objects.create(name="Bikes")
    added(tom, server, topic=bikes)
    with pytest.raises(ProtectedError):
        bikes.delete()


def test_what_was_live_before_is_no_news(channel: Channel, server: HookServer) -> None:
    live(live_at=AT - timedelta(minutes=1))
    live(live_at=LATER)
    tell(LATER + timedelta(days=3))
    assert server.told == []


def test_our_words_are_in_the_language_of_the_channel(tom: User, server: HookServer) -> None:
    team = TeamFactory(name="Werkstatt")
    added(tom, server, language="de", team=team)
    live()
    live()
    tell()
    assert "2 neue Geschichten" in told(server) and "Werkstatt" in told(server)


def test_while_sharing_is_paused_nothing_is_told(sofia: User, channel: Channel, server: HookServer) -> None:
    live()
    begin_quiet(actor=sofia, why="", until=LATER + timedelta(hours=2), at=AT)
    tell()
    assert server.told == [] and not HookMessage.objects.exists()
    end_quiet(actor=sofia, at=LATER + timedelta(hours=1))
    tell(LATER + timedelta(hours=1))
    assert len(server.told) == 1


def test_a_channel_is_administrators_affair(sofia: User, server: HookServer) -> None:
    with pytest.raises(NotAllowed):
        added(sofia, server)
    assert not Hook.objects.exists()


def test_one_address_stands_on_the_list_once(tom: User, channel: Channel, server: HookServer) -> None:
    with pytest.raises(CannotDo, match="on the list already"):
        added(tom, server, address=f"{server.origin}/services/T0/B0/secretQ7")


def test_the_audit_trail_never_holds_the_address(tom: User, channel: Channel) -> None:
    actions.remove_channel(actor=tom, channel=channel, at=LATER)
    entries = AuditEntry.objects.filter(kind__startswith="channel_")
    assert [entry.kind for entry in entries.order_by("pk")] == ["channel_added", "channel_removed"]
    assert "secretQ7" not in str([entry.data for entry in entries]) and not Hook.objects.exists()


def test_a_new_address_mends_and_makes_up_for_nothing(tom: User, channel: Channel, server: HookServer) -> None:
    server.says(404, b"no_service")
    live()
    tell()
    assert Hook.objects.get().state == "broken"
    server.says(200, b"ok")
    live(title="While it was broken", live_at=LATER + timedelta(minutes=1))
    given = ChannelWords(Hook.SLACK, "en", f"{server.origin}/services/T0/B0/mended99")
    actions.edit_channel(actor=tom, channel=Channel.objects.get(), given=given, at=LATER + timedelta(minutes=2))
    live(title="Afterwards", live_at=LATER + timedelta(minutes=3))
    tell(LATER + timedelta(minutes=4))
    assert Hook.objects.get().state == "open"
    assert "Afterwards" in str(server.told[-1]) and "While it was broken" not in told(server)


def test_another_topic_brings_no_flood(tom: User, channel: Channel, server: HookServer) -> None:
    bikes = Topic.objects.create(name="Bikes")
    live(topic=bikes)
    given = ChannelWords(Hook.SLACK, "en", topic=bikes)
    actions.edit_channel(actor=tom, channel=channel, given=given, at=LATER + timedelta(minutes=1))
    tell(LATER + timedelta(minutes=2))
    assert server.told == []


def test_the_page_adds_a_channel_and_shows_no_secret(tom: User, server: HookServer) -> None:
    client = signed_in(tom)
    sent = {"kind": "slack", "language": "en", "address": f"{server.origin}/services/T0/B0/secretQ7"}
    answer = client.post("/channels/", sent, follow=True)
    shown = answer.content.decode()
    assert "ends with etQ7" in shown and "secretQ7" not in shown and "127.0.0.1" in shown
    shown = client.get(f"/channels/{Channel.objects.get().pk}/").content.decode()
    assert "etQ7" in shown and "secretQ7" not in shown


def test_a_bad_address_is_said_and_not_shown_again(tom: User, server: HookServer) -> None:
    sent = {"kind": "slack", "language": "en", "address": "http://hooks.slack.com/services/T0/B0/secretQ7"}
    answer = signed_in(tom).post("/channels/", sent)
    assert answer.status_code == 422 and "start with https" in answer.content.decode()
    assert "secretQ7" not in answer.content.decode() and not Hook.objects.exists()


@pytest.mark.parametrize(
    ("status", "body", "says"),
    [
        (200, b"ok", "took the test message"),
        (404, b"no_service", "no longer there (404)"),
        (429, b"", "asks us to wait (429)"),
        (500, b"", "has a fault at the moment (500)"),
        (400, b"invalid_payload", "did not take the message (400)"),
    ],
)
def test_a_test_message_says_what_came_of_it(
    tom: User, channel: Channel, server: HookServer, status: int, body: bytes, says: str
) -> None:
    server.says(status, body)
    answer = signed_in(tom).post(f"/channels/{channel.pk}/try/", follow=True)
    assert says in answer.content.decode() and "This is a test" in told(server)
    assert Hook.objects.get().state == ("broken" if status == 404 else "open")
    assert not HookMessage.objects.exists()


def test_a_test_that_arrives_mends(tom: User, channel: Channel, server: HookServer) -> None:
    Hook.objects.update(state="broken", reason="removed:404")
    actions.try_channel(actor=tom, channel=Channel.objects.get(), at=LATER)
    assert (Hook.objects.get().state, Hook.objects.get().reason) == ("open", "")


def test_a_broken_hook_says_so_on_the_page(tom: User, channel: Channel) -> None:
    Hook.objects.update(state="broken", reason="removed:404")
    for address in ("/channels/", f"/channels/{channel.pk}/"):
        assert "no longer there (404)" in signed_in(tom).get(address).content.decode()


def test_a_channel_is_changed_and_taken_off(tom: User, channel: Channel) -> None:
    client, team = signed_in(tom), TeamFactory(name="Workshop")
    page = f"/channels/{channel.pk}/"
    answer = client.post(page, {"kind": "slack", "language": "de", "address": "", "team": team.pk}, follow=True)
    assert "Workshop" in answer.content.decode() and Hook.objects.get().language == "de"
    answer = client.post(page, {"kind": "teams", "language": "de", "address": ""})
    assert answer.status_code == 422 and "give the address too" in answer.content.decode()
    client.post(page, {"remove": "yes"})
    assert not Channel.objects.exists() and client.get(page).status_code == 404


def test_curators_read_the_page_and_nobody_else_does(
    sofia: User, mina: User, channel: Channel, server: HookServer
) -> None:
    curator = signed_in(sofia)
    shown = curator.get("/channels/").content.decode()
    assert "Administrators add channels" in shown and "Send a test message" not in shown
    sent = {"kind": "slack", "language": "en", "address": f"{server.origin}/services/T0/B9/another9"}
    curator.post("/channels/", sent)
    assert Channel.objects.count() == 1
    for path in (f"/channels/{channel.pk}/", f"/channels/{channel.pk}/try/"):
        assert curator.post(path).status_code == 403
    assert signed_in(mina).get("/channels/").status_code == 403 and server.told == []


def test_the_page_asks_as_often_for_one_channel_as_for_three(
    tom: User, server: HookServer, django_assert_num_queries: Any
) -> None:
    client = signed_in(tom)
    added(tom, server)
    client.get("/channels/")
    with CaptureQueriesContext(connection) as one:
        client.get("/channels/")
    added(tom, server, team=TeamFactory(), topic=Topic.objects.create(name="Bikes"))
    added(tom, server, team=TeamFactory())
    with django_assert_num_queries(len(one)):
        client.get("/channels/")


def test_looking_for_news_asks_as_often_for_three_channels_as_for_one(tom: User, server: HookServer) -> None:
    added(tom, server)
    live(live_at=AT - timedelta(hours=1))
    actions.queue_news(at=LATER)
    with CaptureQueriesContext(connection) as one:
        actions.queue_news(at=LATER)
    added(tom, server)
    added(tom, server)
    with CaptureQueriesContext(connection) as three:
        actions.queue_news(at=LATER)
    assert len(three) == len(one) and not HookMessage.objects.exists()
