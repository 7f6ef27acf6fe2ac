"""A campaign, or an urgent story, is told to everybody it is for.

Who is to be told is written down once, as rows that wait. A batch takes some of them, asks again whether the story is
still for them, writes their messages by the ways they chose and marks the rows, all in one transaction that holds the
launch: a worker that dies in it has told nobody, the next one goes on, and a stop waits for at most one batch."""

import logging
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import queries as accounts
from accounts.models import User
from content import queries, rules
from content.actions.errors import MovedOn, NotAllowed, NotReady
from content.models import Campaign, Channel, Launch, Story, Told
from core import audit, wake
from core.flow import ForbiddenMove, LostRace, move, move_all
from notifications import hook_queue
from notifications.actions import Said, drop_deliveries, drop_mails, remove_notices, restore_deliveries, tell_all
from notifications.models import HookMessage

log = logging.getLogger(__name__)
BATCH = 500
AT_ONCE = 20
# A message that was on its way when the launch stopped comes back and waits; until then it is looked for.
SWEPT_FOR = timedelta(days=1)
KEPT = timedelta(days=90)


def begin_launch(*, actor: User, campaign: Campaign, shown: int, at: datetime) -> Launch:
    """`shown` is how many people the curator was told it would reach. Raises NotAllowed, NotReady, MovedOn."""
    _allow(actor)
    if campaign.state != "open":
        raise NotReady(_("This campaign has ended, so nobody is told of it."))
    launch = queries.not_launched_yet(campaign)
    people = queries.people_of(launch).count()
    if not people:
        raise NotReady(_("None of its stories is live yet, or they are for nobody. Nobody would be told."))
    if people > shown:
        text = ngettext(
            "By now it is %(n)s colleague. Please look once more, then tell them.",
            "By now it is %(n)s colleagues. Please look once more, then tell them.",
            people,
        )
        raise NotReady(text % {"n": people})
    try:
        with transaction.atomic():
            _begin(launch, actor, at)
            if queries.tells_channels(launch):
                for channel in Channel.objects.filter(topic=None, hook__state="open").select_related("hook"):
                    hook_queue.queue_messages(channel.hook, [launch.about], at=at)
    except IntegrityError:
        raise MovedOn(_("Somebody else has just launched it. Here is how far it is.")) from None
    return launch


def begin_urgent(*, at: datetime) -> int:
    """Every urgent story that is live and was never told: whoever it is for hears of it once. How many."""
    urgent = Story.objects.filter(state="live", urgent_until__gt=at, launch=None).order_by("live_at")
    begun = 0
    for story in urgent.select_related("audience")[:AT_ONCE]:
        try:
            with transaction.atomic():
                _begin(Launch(story=story), None, at)
        except IntegrityError:
            continue  # somebody else was first
        begun += 1
    return begun


def _begin(launch: Launch, actor: User | None, at: datetime) -> None:
    launch.by, launch.begun_at, launch.state, launch.state_at = actor, at, "telling", at
    launch.save()
    launch.people = _write_people(launch, at)
    launch.save(update_fields=["people"])
    _record(launch, actor, "launch_begun", at)
    wake.ring_after_commit("content.tasks.tell_launches")


def _write_people(launch: Launch, at: datetime) -> int:
    """All of them by one statement."""
    parts = queries.people_of(launch).order_by().values("pk")
    if not queries.terms_of(launch):
        return 0
    sql, values = parts.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(WRITE.format(people=sql), [launch.pk, "waiting", at, *values])
        return int(cursor.rowcount)


WRITE = """
INSERT INTO content_told (launch_id, state, state_at, reason, member_id)
SELECT %s, %s, %s, '', people.id FROM ({people}) AS people (id) ORDER BY people.id
"""


def tell_next(*, at: datetime) -> bool:
    """One batch of one launch. False when none is to be told, while sharing is paused, or somebody else tells it. One
    that fails keeps no other waiting; it is tried again with the next call."""
    if accounts.quiet_time(at):
        return False
    for number in list(Launch.objects.filter(state="telling").order_by("begun_at", "pk").values_list("pk", flat=True)):
        try:
            if _tell_batch(number, at):
                return True
        except Exception:
            log.exception("Launch %s could not be told", number)
    return False


def _tell_batch(number: int, at: datetime) -> bool:
    with transaction.atomic():
        launch = Launch.objects.filter(pk=number, state="telling").select_for_update(skip_locked=True).first()
        if launch is None:
            return False
        if queries.is_over(launch, at):
            _stop(launch, None, at, reason="over")
        elif not _tell_some(launch, at):
            move(launch, "done", at=at)
            _record(launch, None, "launch_done", at)
    return True


def _tell_some(launch: Launch, at: datetime) -> int:
    rows = list(launch.told.filter(state="waiting").order_by("pk")[:BATCH])
    wanted = [row.member_id for row in rows]
    members = list(queries.people_of(launch).filter(pk__in=wanted).order_by("pk")) if rows else []
    untold = dict.fromkeys(wanted, "left")
    untold |= dict.fromkeys((member.pk for member in members), "")
    untold |= tell_all(
        members=members, kind=queries.kind_of(launch), about=launch.about, url=queries.address_of(launch), at=at,
        words=words_of(launch), until=launch.story.urgent_until if launch.story else None,
    )  # fmt: skip
    by_reason: dict[str, list[Told]] = defaultdict(list)
    for row in rows:
        by_reason[untold[row.member_id]].append(row)
    for reason, several in by_reason.items():
        move_all(several, "skipped" if reason else "told", at=at, reason=reason)
    return len(rows)


def words_of(launch: Launch) -> Callable[[str], Said]:
    return lambda language: queries.said_in(launch, language)


def stop_launch(*, actor: User, launch: Launch, at: datetime) -> Launch:
    """Nobody further is told: neither who still waits, nor by mails and pushes that have not gone. Raises NotAllowed,
    MovedOn."""
    _allow(actor)
    try:
        if launch.state == "stopped":
            raise LostRace
        with transaction.atomic():
            _stop(launch, actor, at)
    except (LostRace, ForbiddenMove):
        raise MovedOn(_("Somebody else has just done that.")) from None
    return launch


def resume_launch(*, actor: User, launch: Launch, at: datetime) -> Launch:
    """Whoever was not told yet is told now, and what was taken back goes after all. Raises NotAllowed, NotReady,
    MovedOn."""
    _allow(actor)
    if queries.is_over(launch, at):
        raise NotReady(_("There is nothing to tell any more: it has ended, or is not live."))
    try:
        with transaction.atomic():
            _resume(launch, actor, at)
    except (LostRace, ForbiddenMove):
        raise MovedOn(_("Somebody else has just done that.")) from None
    wake.ring_after_commit("content.tasks.tell_launches")
    return launch


def _resume(launch: Launch, actor: User | None, at: datetime) -> None:
    move(launch, "telling", at=at, reason="")
    restore_deliveries(about=launch.about, at=at, reason="stopped")
    dropped = HookMessage.objects.filter(about=launch.about, state="dropped", reason="stopped")
    move_all(list(dropped), "waiting", at=at, due_at=at, reason="")
    _record(launch, actor, "launch_resumed", at)


def _stop(launch: Launch, actor: User | None, at: datetime, *, reason: str = "") -> None:
    move(launch, "stopped", at=at, reason=reason)
    take_back_messages(launch, at=at)
    if reason == "over":
        remove_notices(about=launch.about)
    _record(launch, actor, "launch_stopped", at)


def take_back_messages(launch: Launch, *, at: datetime) -> None:
    """What waits to go by mail, by push or to a channel does not go."""
    drop_deliveries(about=launch.about, at=at, reason="stopped")
    drop_mails(about=launch.about, at=at, reason="stopped")
    waiting = list(HookMessage.objects.filter(about=launch.about, state="waiting"))
    hook_queue.drop_messages(waiting, at=at, reason="stopped")


def sweep_launches(*, at: datetime) -> None:
    """A launch ends with its campaign or its urgent story, however far it had come; what comes back after a stop is
    taken back too. Who was told is forgotten in time."""
    Told.objects.filter(launch__in=Launch.objects.filter(begun_at__lt=at - KEPT)).delete()
    for launch in queries.launches_that_are_over(at):
        with suppress(LostRace), transaction.atomic():
            _stop(launch, None, at, reason="over")
    stopped = Launch.objects.filter(state="stopped", state_at__gt=at - SWEPT_FOR)
    for number in list(stopped.order_by("pk").values_list("pk", flat=True)):
        # Held meanwhile and read again: whoever lets it go on comes before this, or after it and restores what it took.
        with transaction.atomic():
            for launch in stopped.filter(pk=number).select_for_update(skip_locked=True):
                take_back_messages(launch, at=at)


def _record(launch: Launch, actor: User | None, kind: str, at: datetime) -> None:
    about = f"story:{launch.story_id}" if launch.story_id else f"campaign:{launch.campaign_id}"
    audit.record(actor=actor, kind=kind, about=about, at=at, data={"launch": launch.pk, "people": launch.people})


def _allow(actor: User) -> None:
    if not rules.can_curate(actor):
        raise NotAllowed(_("Only curators may do this."))
