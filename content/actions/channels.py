"""Channels in Slack and Microsoft Teams: added, tried out, and told of what went live."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts import queries as accounts
from accounts.models import Team, User
from content import queries, rules
from content.actions.errors import BadAddress, CannotDo, MovedOn, NotAllowed
from content.models import Channel, Launch, Story, Topic
from core import audit
from core.flow import LostRace, move
from notifications import hook_queue, hooks
from notifications.models import Hook, HookMessage
from notifications.payloads import MOST_ITEMS, Item, Words

# A person waits for the answer.
TEST_SECONDS = 8.0


@dataclass(frozen=True)
class ChannelWords:
    """What an administrator sets. An empty address leaves the one that is there."""

    kind: str
    language: str
    address: str = ""
    team: Team | None = None
    topic: Topic | None = None


def add_channel(*, actor: User, given: ChannelWords, at: datetime) -> Channel:
    """It hears of what goes live from now on. Raises NotAllowed, BadAddress."""
    _allow(actor)
    fields = _sealed(given)
    try:
        with transaction.atomic():
            hook = Hook.objects.create(
                kind=given.kind, language=given.language, state="open", state_at=at, made_at=at, since=at, **fields
            )
            channel = Channel.objects.create(hook=hook, team=given.team, topic=given.topic)
            _record(actor, "channel_added", channel, at)
    except IntegrityError:
        raise _taken() from None
    return channel


def edit_channel(*, actor: User, channel: Channel, given: ChannelWords, at: datetime) -> Channel:
    """A new address mends a broken hook. What went live before is not made up for, nor what a new topic or team brings.
    Raises as `add_channel`, and MovedOn."""
    _allow(actor)
    hook = channel.hook
    fields: dict[str, Any] = {"kind": given.kind, "language": given.language}
    if (given.topic, given.team) != (channel.topic, channel.team):
        fields["since"] = at
    if given.address:
        fields |= _sealed(given, hook) | {"since": at, "failures": 0, "quiet_until": None, "reason": ""}
    elif given.kind != hook.kind:
        raise BadAddress(_("Please give the address too: it belongs to the other of the two."))
    try:
        with transaction.atomic():
            if not Hook.objects.filter(pk=hook.pk).update(**fields):
                raise MovedOn(_("Somebody has just taken this channel off the list, so nothing was saved."))
            hook.refresh_from_db()
            if given.address:
                _mend(hook, at)
            channel.team, channel.topic = given.team, given.topic
            channel.save(update_fields=["team", "topic"])
            _record(actor, "channel_edited", channel, at, new_address=bool(given.address))
    except IntegrityError:
        raise _taken() from None
    return channel


def remove_channel(*, actor: User, channel: Channel, at: datetime) -> None:
    _allow(actor)
    with transaction.atomic():
        _record(actor, "channel_removed", channel, at)
        channel.hook.delete()


def try_channel(*, actor: User, channel: Channel, at: datetime) -> None:
    """One message, at once, which counts for nothing. Raises NotAllowed, or CannotDo with what came of it."""
    _allow(actor)
    hook = channel.hook
    try:
        hooks.call(hook, test_words(channel), at=at, total=TEST_SECONDS)
    except hooks.HookError as error:
        if error.breaks and hook.state == "open":
            hook_queue.break_hook(hook, error.reason, at=at)
        raise CannotDo(hooks.sentence_of(error.reason, hook.get_kind_display())) from None
    with transaction.atomic():
        _mend(hook, at)
        Hook.objects.filter(pk=hook.pk).update(failures=0, reason="")


def _mend(hook: Hook, at: datetime) -> None:
    if hook.state == "broken":
        with suppress(LostRace):
            move(hook, "open", at=at, since=at)


def queue_news(*, at: datetime) -> None:
    """A message for whatever went live that a channel does not know of; not while sharing is paused."""
    if accounts.quiet_time(at):
        return
    for hook, found in queries.stories_to_tell(at):
        if found:
            hook_queue.queue_messages(hook, map(queries.about_of, found), at=at)
    hook_queue.end_abandoned(at=at)


def tell_next_channel(*, at: datetime) -> bool:
    """One channel, all that waits for it. False when nothing is due, or while sharing is paused."""
    if accounts.quiet_time(at):
        return False
    taken = hook_queue.claim_messages(zone=accounts.organisation().time_zone, at=at)
    if taken is None:
        return False
    _tell(*taken, at)
    return True


def _tell(hook: Hook, rows: Sequence[HookMessage], at: datetime) -> None:
    """Asked once more: a story may have been withdrawn, or closed, while its message waited."""
    launched = [row for row in rows if row.about.startswith("launch:")]
    rows = [row for row in rows if row not in launched]
    # Messages of their own, before that of the stories.
    for place, row in enumerate(launched):
        if _tell_launch(hook, row, at) and not hook_queue.may_still_go(hook, [*launched[place + 1 :], *rows], at=at):
            return
    known = Story.objects.select_related("audience").in_bulk([queries.story_of(row.about) for row in rows])
    going: list[tuple[HookMessage, Story]] = []
    over: list[HookMessage] = []
    for row in rows:
        story = known.get(queries.story_of(row.about))
        if story and queries.is_for_channel(story, hook.channel):
            going.append((row, story))
        else:
            over.append(row)
    hook_queue.drop_messages(over, at=at, reason="over")
    if going:
        words = story_words(hook.channel, [story for _row, story in going])
        hook_queue.send_messages(hook, [row for row, _story in going], words, at=at)


def _tell_launch(hook: Hook, row: HookMessage, at: datetime) -> bool:
    """Whether the channel was called for it."""
    launch = Launch.objects.select_related("campaign").filter(pk=queries.number_of(row.about)).first()
    if launch and launch.state == "stopped":
        hook_queue.drop_messages([row], at=at, reason="stopped")
    elif launch is None or queries.is_over(launch, at) or not queries.tells_channels(launch):
        hook_queue.drop_messages([row], at=at, reason="over")
    else:
        hook_queue.send_messages(hook, [row], queries.launch_words(launch, hook.language), at=at)
        return True
    return False


def story_words(channel: Channel, stories: Sequence[Story]) -> Words:
    with override(channel.hook.language):
        if len(stories) > 1:
            heading = ngettext("%(n)s new story", "%(n)s new stories", len(stories)) % {"n": len(stories)}
        else:
            heading = _("New to share") if stories[0].is_for_sharing else _("New to read")
        more = len(stories) - MOST_ITEMS
        rest = ngettext("And %(n)s more in the feed.", "And %(n)s more in the feed.", more) % {"n": more}
        lines = [rest if more > 0 else "", _for_team(channel), _("Taking part is voluntary.")]
        items = tuple(map(item_of, stories[:MOST_ITEMS]))
        return Words(heading, items, " ".join(filter(None, lines)), channel.hook.language)


def item_of(story: Story) -> Item:
    """Of what is internal, or for one team, a channel has the title alone; it is read here, by whoever is signed in."""
    url = f"{settings.BASE_URL}/stories/{story.pk}/"
    if story.is_for_sharing:
        return Item(story.title, "" if story.audience_id else story.summary, url, _("Look at this story"))
    return Item(story.title, "", url, _("Read this story"))


def test_words(channel: Channel) -> Words:
    with override(channel.hook.language):
        told = _("Only stories that are for everybody are told here, a handful a day at most.")
        if channel.team:
            told = _("Stories for everybody and for this team alone are told here, a handful a day at most.")
        lines = [_for_team(channel), told]
        if channel.topic:
            about = _("New stories on “%(topic)s” will be told here.") % {"topic": channel.topic.name}
        else:
            about = _("New stories will be told here.")
        item = Item(_("This is a test"), about, f"{settings.BASE_URL}/", _("Look at the stories"))
        return Words(accounts.organisation().name, (item,), " ".join(filter(None, lines)), channel.hook.language)


def _for_team(channel: Channel) -> str:
    return _("For %(team)s.") % {"team": channel.team.name} if channel.team else ""


def _sealed(given: ChannelWords, hook: Hook | None = None) -> dict[str, Any]:
    try:
        address = hooks.checked(given.address, given.kind)
    except hooks.BadAddress as error:
        raise BadAddress(error.sentence) from None
    if hooks.is_taken(address, but=hook):
        raise _taken()
    return hooks.sealed_fields(address)


def _taken() -> BadAddress:
    return BadAddress(_("This address is on the list already, so its channel would be told everything twice."))


def _record(actor: User, kind: str, channel: Channel, at: datetime, **more: Any) -> None:
    """Never the address: whoever knows it may write there."""
    hook = channel.hook
    data = {
        "kind": hook.kind, "host": hook.host, "ending": hook.ending, "language": hook.language,
        "team": channel.team_id, "topic": channel.topic_id,
    }  # fmt: skip
    audit.record(actor=actor, kind=kind, about=f"channel:{hook.pk}", at=at, data=data | more)


def _allow(actor: User) -> None:
    if not rules.can_keep_channels(actor):
        raise NotAllowed(_("Only administrators decide which channels hear of new stories."))
