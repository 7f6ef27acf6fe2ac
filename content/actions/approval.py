"""From draft to live and out again. Each verb is one move, and what it means is in the audit trail."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.models import User
from content import queries, rules
from content.actions.errors import EditedMeanwhile, MovedOn, NotAllowed, NotReady
from content.actions.finding import make_findable
from content.actions.launching import take_back_messages
from content.actions.makers import tell_makers
from content.actions.missing import missing_parts, ruled_out
from content.models import Approval, Story
from content.signals import story_withdrawn
from core import audit
from core.flow import ForbiddenMove, LostRace, move
from links import actions as links
from notifications.actions import settle_notices, settle_question, tell


def submit_story(*, actor: User, story: Story, at: datetime) -> Story:
    """Ask a second person to look. NotReady says everything that is still missing."""
    _allow(actor, rules.can_edit(actor, story))
    if missing := missing_parts(story, at=at):
        raise NotReady(" ".join(missing))
    with transaction.atomic():
        # A picture still being fetched is no longer waited for: what is reviewed does not change.
        _step(
            story, "in_review", actor, "story_submitted", at, submitted_by=actor, sent_back_reason="",
            withdrawn_reason="", picture_due_at=None,
        )  # fmt: skip
        if queries.approvers_needed() == 0:
            return _let_go(story, actor, at)
        for curator in queries.curators().exclude(pk__in={actor.pk} | queries.writers(story)):
            with override(curator.language):
                text = _("%(name)s asks you to look at “%(title)s”.") % {"name": actor.name, "title": story.title}
            _tell(curator, story, "story_to_review", text, at)
    return story


def approve_story(*, actor: User, story: Story, edition: int | None = None, at: datetime) -> Story:
    """Approve what was read (`edition`). With the last yes the firm asks for, and without an embargo, it is live."""
    _allow(actor, story.state == "in_review")
    if not rules.can_approve(actor, story):
        raise _why_not_by(actor, story)
    if edition is not None and edition != story.edition:
        raise EditedMeanwhile(_("This story was changed since you opened it. Please read it once more."))
    if story.expires_at and story.expires_at <= at:
        raise NotReady(_("The story's end has already passed. Please choose a later one, or none."))
    _refuse_useless(story)
    with transaction.atomic():
        # Two who approve at once come one after the other, so that the second sees the first one's yes.
        held = Story.objects.select_for_update().get(pk=story.pk)
        if (held.state, held.state_at, held.edition) != (story.state, story.state_at, story.edition):
            raise _moved_on()
        Approval.objects.create(story=story, edition=story.edition, by=actor, asked_at=story.state_at, at=at)
        if queries.approvals(story).count() < queries.approvers_needed():
            data = {"edition": story.edition}
            audit.record(actor=actor, kind="story_approved_first", about=f"story:{story.pk}", at=at, data=data)
            sentence = gettext_lazy("%(name)s approved “%(title)s”. One more person has to.")
            _tell_writer(story, actor, "story_approved", sentence, at)
            settle_notices(member=actor, url=reverse("content:story", args=[story.pk]), at=at)
            return story
        _let_go(story, actor, at)
        _answered(story, at)
        _tell_writer(story, actor, "story_approved", gettext_lazy("%(name)s approved “%(title)s”."), at)
    return story


def _answered(story: Story, at: datetime) -> None:
    """Whoever was asked to look at it need not any more."""
    settle_question(kind="story_to_review", url=reverse("content:story", args=[story.pk]), at=at)


def _why_not_by(actor: User, story: Story) -> Exception:
    if story.submitted_by_id == actor.pk:
        return NotAllowed(_("You sent this story to review yourself, so somebody else has to approve it."))
    if queries.has_written(actor, story):
        return NotAllowed(_("You wrote some of this story yourself, so somebody else has to approve it."))
    return MovedOn(_("You have approved this story already. One more person has to."))


def _let_go(story: Story, actor: User, at: datetime) -> Story:
    """Nobody else has to be asked: it is approved, and live where it does not wait for a day."""
    asked = queries.approvers_needed() > 0
    _step(story, "approved", actor, "story_approved" if asked else "story_asked_nobody", at, approved_by=actor)
    if story.live_from is None or story.live_from <= at:
        _step(story, "live", actor, "story_live", at, live_at=at)
        make_findable([story])
        _let_links_lead(story, story.expires_at)
        tell_makers(story, at=at)
    return story


def send_back_story(*, actor: User, story: Story, reason: str = "", at: datetime) -> Story:
    """Back to the drafts. A reviewer says why; whoever sent the story may take it back without a word."""
    _allow(actor, rules.can_take_back(actor, story) and story.state in ("in_review", "approved"))
    why = reason.strip()[:300]
    if not why and story.submitted_by_id != actor.pk:
        raise NotReady(_("Please say what should change, so that it can be changed."))
    with transaction.atomic():
        _step(story, "draft", actor, "story_sent_back", at, sent_back_reason=why, approved_by=None)
        _tell_writer(story, actor, "story_sent_back", gettext_lazy("%(name)s asks for a change in “%(title)s”."), at)
        _answered(story, at)
    return story


def put_live(*, actor: User, story: Story, at: datetime) -> Story:
    """Let an approved story go live before its time."""
    _allow(actor, rules.can_put_live(actor, story))
    _refuse_useless(story)
    with transaction.atomic():
        _let_links_lead(story, story.expires_at)
        _step(story, "live", actor, "story_live", at, live_at=at)
        make_findable([story])
        tell_makers(story, at=at)
    return story


def withdraw_story(*, actor: User, story: Story, reason: str = "", at: datetime) -> Story:
    """Take a story out. Of a live one the plans to share it are cancelled, so it needs a reason people will read."""
    _allow(actor, rules.can_withdraw(actor, story))
    why = reason.strip()[:300]
    if story.state == "live" and not why:
        raise NotReady(_("Please say why; people who planned to share it will read it."))
    with transaction.atomic():
        _step(story, "withdrawn", actor, "story_withdrawn", at, withdrawn_reason=why, picture_due_at=None)
        if launch := queries.launch_of(story):
            take_back_messages(launch, at=at)
        _let_links_lead(story, at)
        pk = story.pk
        transaction.on_commit(lambda: story_withdrawn.send_robust(sender=Story, story_id=pk, at=at))
    return story


def reopen_story(*, actor: User, story: Story, at: datetime) -> Story:
    """An expired or withdrawn story becomes a draft again; times that have passed are taken off."""
    _allow(actor, rules.can_take_back(actor, story) and story.state in ("expired", "withdrawn"))
    passed = {name: None for name in ("live_from", "expires_at") if (when := getattr(story, name)) and when <= at}
    with transaction.atomic():
        return _step(
            story, "draft", actor, "story_reopened", at, submitted_by=None, approved_by=None, **passed,
        )  # fmt: skip


def shelve_story(*, actor: User, story: Story, to: str, at: datetime) -> Story:
    """The way back from `reopen_story`: among the past stories again, "expired" or "withdrawn" as it was before."""
    _allow(actor, rules.can_curate(actor) and story.state == "draft" and to in ("expired", "withdrawn"))
    with transaction.atomic():
        return _step(story, to, actor, "story_shelved", at, picture_due_at=None)


def reschedule_story(
    *,
    actor: User,
    story: Story,
    live_from: datetime | None,
    expires_at: datetime | None,
    pinned_until: datetime | None = None,
    urgent_until: datetime | None = None,
    at: datetime,
) -> Story:
    """When it goes live and ends may change after approval; what it says may not."""
    _allow(actor, rules.can_reschedule(actor, story))
    begins = at if story.state == "live" or live_from is None else live_from
    if expires_at and expires_at <= max(at, begins):
        raise NotReady(_("The story would end before it begins. Please choose a later end."))
    marks = {"pinned_until": pinned_until, "urgent_until": urgent_until}
    changes = {"expires_at": expires_at} | marks | ({} if story.state == "live" else {"live_from": live_from})
    with transaction.atomic():
        if not Story.objects.filter(pk=story.pk, state=story.state).update(**changes):
            raise _moved_on()
        if story.state == "live":
            _let_links_lead(story, expires_at)
        audit.record(actor=actor, kind="story_rescheduled", about=f"story:{story.pk}", at=at)
    story.refresh_from_db()
    return story


def _refuse_useless(story: Story) -> None:
    """What changed around a story since it was sent on may leave it to nobody, or without words to post."""
    if queries.reaches_nobody(story):
        raise NotReady(queries.nobody())
    if broken := ruled_out(story):
        raise NotReady(" ".join(broken))


def _let_links_lead(story: Story, ends_at: datetime | None) -> None:
    """Links of posts that are out lead to the story while it is live, and to a page that says so afterwards."""
    links.end_links(groups=queries.link_groups(story.pk), ends_at=ends_at)


def _step(story: Story, to: str, actor: User, kind: str, at: datetime, **changes: Any) -> Story:
    try:
        move(story, to, at=at, **changes)
    except (LostRace, ForbiddenMove):
        raise _moved_on() from None
    audit.record(actor=actor, kind=kind, about=f"story:{story.pk}", at=at, data={"edition": story.edition})
    return story


def _allow(actor: User, allowed: bool) -> None:
    """The wrong person is told so; the right one, if it is not allowed, came too late."""
    if not rules.can_curate(actor):
        raise NotAllowed(_("Only curators may do this."))
    if not allowed:
        raise _moved_on()


def _moved_on() -> MovedOn:
    return MovedOn(_("This story has moved on meanwhile, so nothing was changed. Here it is as it stands now."))


def _tell_writer(story: Story, actor: User, kind: str, sentence: Any, at: datetime) -> None:
    writer = story.submitted_by
    if writer is None or writer.pk == actor.pk or not writer.is_active:
        return
    with override(writer.language):
        _tell(writer, story, kind, str(sentence) % {"name": actor.name, "title": story.title}, at)


def _tell(member: User, story: Story, kind: str, text: str, at: datetime) -> None:
    tell(member=member, kind=kind, text=text, url=reverse("content:story", args=[story.pk]), at=at)
