"""What a member decides: plan, change, move, cancel, try again, hand over to post by hand."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from secrets import randbits
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import budgets
from accounts import queries as accounts
from accounts.models import LinkedAccount, User
from accounts.sentences import translated
from connectors import base
from connectors.text import LONGEST, printable
from content import queries as content
from content import rules as content_rules
from content.models import Story
from core import audit, wake
from core.flow import ForbiddenMove, LostRace, move
from guidelines import queries as guidelines
from links import actions as links
from notifications.actions import settle_notices
from shares import drafts, gates, rules
from shares.actions.asking import drop_question
from shares.actions.ending import ask_member, end_unsent
from shares.actions.holding import LEAST_TIME, go_on, hold_share
from shares.actions.remembering import remember_time, remember_words
from shares.actions.resending import resend_comes
from shares.actions.reserving import release_captions
from shares.models import APPROVAL, MONEY, OWNER, PAUSE, SAYS, Share
from shares.queries import approvals
from shares.queries.offers import EVERYWHERE
from shares.queries.wording import word_problems

TAKE_BACK = timedelta(seconds=20)
CUT_OFF = timedelta(hours=6)
FARTHEST = timedelta(days=180)
CLOCK_SLACK = timedelta(minutes=1)  # a form filled in slowly is not a time in the past


class CannotPlan(Exception):
    """Why a share cannot be planned or changed: sentences a member can act on."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = list(sentences)


def plan_share(
    *,
    actor: User,
    story: Story,
    account: LinkedAccount,
    words: str,
    due_at: datetime | None,
    at: datetime,
    key: UUID | None = None,
    options: Mapping[str, str] | None = None,
    wordings: Collection[str] = (),
) -> Share:
    """Plan one share to one linked account. `due_at` None means now, with twenty seconds to take it back.

    `key` tells a second press of the same button apart from a second wish: the first plan is returned again.
    `options` may hold who may see it ("visibility") and a content "warning"; `wordings` the lines chosen of those that
    say who is speaking, of which the platform's own is taken. Raises CannotPlan.
    """
    if not rules.may_share_to(actor, account):
        raise CannotPlan(_("That account is not one of yours."))
    _refuse_internal(story)
    if not content_rules.may_share(actor, story):
        raise CannotPlan(_("That story is not open to you."))
    key = uuid5(key, str(account.pk)) if key else uuid4()
    if already := Share.objects.filter(key=key, member=actor).first():
        return already
    wanted = _wanted(due_at, at)
    _refuse_unpaid(account, wanted)
    _refuse_words(actor, story, account.connector, words, at)
    try:
        with transaction.atomic():
            line = _line(actor, story, account.connector, words, wordings)
            share = _write(
                actor, story, account, account.connector, words, key, wanted, at, line=line, state="scheduled",
                options=options,
            )  # fmt: skip
            answer = _refuse_problems(share, at)
            if answer.held_for:
                _wait(share, answer, at, at_once=due_at is None)
            release_captions(actor=actor, story=story, families=[account.connector, EVERYWHERE])
            audit.record(actor=actor, kind="share.planned", about=f"share:{share.pk}", at=at)
    except IntegrityError:
        if already := Share.objects.filter(key=key, member=actor).first():
            return already
        raise CannotPlan(_("You already share this story with %(handle)s.") % {"handle": account.handle}) from None
    return share


def plan_assisted(
    *,
    actor: User,
    story: Story,
    target: str,
    words: str,
    post: Share | None = None,
    at: datetime,
    wordings: Collection[str] = (),
    frozen: Share | None = None,
) -> Share:
    """Hand words and a short link over to be posted by hand at `target`; never counted as confirmed. The link leads
    to the story, or to a maker's `post` of it that is to be passed on. `frozen` is a share whose line goes with them.
    Raises CannotPlan."""
    _refuse_internal(story)
    if not content_rules.may_share(actor, story):
        raise CannotPlan(_("That story is not open to you."))
    if story.state != "live":
        raise CannotPlan(_("The story is no longer current."))
    if len(words) > LONGEST:
        raise CannotPlan(too_long_words())
    if guidelines.is_overdue(actor, at):
        raise CannotPlan(
            _("A guideline waits for you to read and sign, in your menu under Guidelines. Then this can go out.")
        )
    _refuse_words(actor, story, target, words, at)
    if broken := content.forbidden_sentence(words):
        raise CannotPlan(broken)
    if approvals.are_own(story, words) and not (frozen and approvals.may_go_out(frozen)):
        raise CannotPlan(approvals.not_by_hand())
    line = drafts.frozen_line(frozen) if frozen else _line(actor, story, target, words, wordings)
    with transaction.atomic():
        leads_to = post.post_url if post else ""
        share = _write(
            actor, story, None, target, words, uuid4(), at, at, line=line, state="handed_over", leads_to=leads_to
        )
        _refuse_gates(share, at, only=gates.WORDS)
        release_captions(actor=actor, story=story, families=[target, EVERYWHERE])
        audit.record(actor=actor, kind="share.handed_over", about=f"share:{share.pk}", at=at)
    return share


def too_long_words() -> str:
    return _("These words are longer than any platform takes (%(most)s characters).") % {"most": LONGEST}


def hand_over(*, actor: User, share: Share, at: datetime) -> Share:
    """Instead of waiting for money: the words and a link to post by hand. Raises CannotPlan."""
    _own(actor, share)
    if share.state != "held" or share.held_for != MONEY or share.may_be_up():
        raise CannotPlan(_("This post does not wait any more."))
    with transaction.atomic():
        cancel_share(actor=actor, share=share, at=at)
        return plan_assisted(
            actor=actor, story=share.story, target=share.connector, words=share.words, at=at, frozen=share
        )


def edit_share(*, actor: User, share: Share, words: str, at: datetime) -> Share:
    """Change the words of what is planned, held or failed. Raises CannotPlan."""
    _own(actor, share)
    if share.state not in ("scheduled", "held", "failed") or share.may_be_up():
        raise CannotPlan(_("This post is already on its way, so its words cannot change any more."))
    share.words = printable(words).strip()
    _refuse_text(share)
    _refuse_words(actor, share.story, share.connector, share.words, at)
    # Under the old key a platform would take the new words for a repetition of the old ones.
    fresh = _new_wish(at) if share.attempts_made else {}
    with transaction.atomic():
        if not Share.objects.filter(pk=share.pk, state=share.state).update(words=share.words, **fresh):
            raise CannotPlan(_("This post has just gone on its way, so its words did not change."))
        remember_words(share, at=at)
        drop_question(share, at=at)
        _ask_anew(share, _refuse_gates(share, at, only=[*gates.WORDS, gates.own_words_are_approved]), at)
    return share


def _ask_anew(share: Share, answer: gates.Answer, at: datetime) -> None:
    """A yes was for other words. What its member has to decide about first is asked about when it is to go out."""
    if share.state == "failed" or share.held_for in (PAUSE, OWNER):
        return
    if answer.held_for:
        _wait(share, answer, at, at_once=_is_wanted_at_once(share))
    elif share.held_for == APPROVAL:
        go_on(share, at)


def _is_wanted_at_once(share: Share) -> bool:
    """Whether its member said now: when planning it, or later, and it may wait longer for its approval since."""
    longer = share.cut_off_at > share.wanted_at + CUT_OFF + LEAST_TIME
    return longer or share.wanted_at <= share.planned_at + TAKE_BACK


def move_share(*, actor: User, share: Share, due_at: datetime, at: datetime) -> Share:
    """Choose another time for what is planned, or waited through a pause. Raises CannotPlan."""
    _own(actor, share)
    wanted = _wanted(due_at, at)
    if share.state == "held":
        return _decide(actor, share, wanted, at)
    times = {"wanted_at": wanted, "due_at": wanted, "cut_off_at": wanted + CUT_OFF, "rung_until": None}
    if not Share.objects.filter(pk=share.pk, state="scheduled").update(**times):
        raise CannotPlan(_("Only a planned post can be moved, and this one is no longer planned."))
    share.refresh_from_db()
    remember_time(share)
    return share


def send_held(*, actor: User, share: Share, at: datetime) -> Share:
    """Send after a pause what waited for its owner, with twenty seconds to take it back. Raises CannotPlan."""
    _own(actor, share)
    return _decide(actor, share, at + TAKE_BACK, at)


def _decide(actor: User, share: Share, wanted: datetime, at: datetime) -> Share:
    if share.state != "held" or share.held_for != OWNER:
        raise CannotPlan(_("This post does not wait for you to decide."))
    share.cut_off_at = wanted + CUT_OFF
    if (answer := _refuse_problems(share, at)).held_for == PAUSE:
        raise CannotPlan(answer.sentence)
    times = {"wanted_at": wanted, "due_at": wanted, "cut_off_at": share.cut_off_at, "held_until": None}
    try:
        with transaction.atomic():
            audit.record(actor=actor, kind="share.released", about=f"share:{share.pk}", at=at)
            if share.may_be_up() and not resend_comes(share, accounts.connectors()[share.connector], wanted):
                ask_member(share, at)
            elif answer.held_for:
                Share.objects.filter(pk=share.pk, state="held").update(**times)
                share.wanted_at = wanted
                _wait(share, answer, at, at_once=wanted == at + TAKE_BACK)
                remember_time(share)
            else:
                move(share, "scheduled", at=at, reason="", held_for="", rung_until=None, **times)
                remember_time(share)
    except (LostRace, ForbiddenMove):
        raise CannotPlan(_("This post does not wait for you to decide.")) from None
    return share


def cancel_share(*, actor: User, share: Share, at: datetime) -> Share:
    """Take back what has not gone out; it becomes a question where it may have. Raises CannotPlan when too late."""
    _own(actor, share)
    try:
        with transaction.atomic():
            end_unsent(share, at=at, sentence=_("You took it back."))
            settle_notices(member=actor, url=f"/shares/{share.pk}/", at=at)  # that it waits, say
            audit.record(actor=actor, kind="share.cancelled", about=f"share:{share.pk}", at=at)
    except (LostRace, ForbiddenMove):
        raise CannotPlan(_("It is already on its way. You can delete the post once it is out.")) from None
    return share


def retry_share(*, actor: User, share: Share, at: datetime) -> Share:
    """Send a failed share once more, as a new wish with a new key. Raises CannotPlan."""
    _own(actor, share)
    return send_once_more(share, due_at=at, cut_off_at=at + CUT_OFF, at=at, at_once=True)


def send_once_more(
    share: Share, *, due_at: datetime, cut_off_at: datetime, at: datetime, at_once: bool = False
) -> Share:
    """`at_once` where its own member wants it now."""
    fresh = _new_wish(at) | {"tries": 0, "rung_until": None, "reason": ""}
    times = {"wanted_at": due_at, "due_at": due_at, "cut_off_at": cut_off_at}
    share.cut_off_at = cut_off_at  # the gates are asked about this wish, not about the one that failed
    try:
        with transaction.atomic():
            # While it had failed, it kept nobody from saying the same.
            remember_words(share, at=at)
            answer = _refuse_problems(share, at)
            move(share, "scheduled", at=at, **fresh, **times)
            remember_time(share)
            if answer.held_for:
                _wait(share, answer, at, at_once=at_once)
    except (LostRace, ForbiddenMove):
        raise CannotPlan(_("This post is not waiting for a second try.")) from None
    except IntegrityError:
        raise CannotPlan(_("You already share this story with this account.")) from None
    wake.ring_after_commit("shares.tasks.send")
    return share


def _wait(share: Share, answer: gates.Answer, at: datetime, *, at_once: bool) -> None:
    """Whoever wants it now wants it as soon as it is approved, if that comes as promised."""
    if at_once and answer.held_for == APPROVAL and answer.until:
        share.cut_off_at = max(share.cut_off_at, answer.until)
        Share.objects.filter(pk=share.pk).update(cut_off_at=share.cut_off_at)
    hold_share(share, answer, at)


def _new_wish(at: datetime) -> dict[str, Any]:
    return {"key": uuid4(), "record_key": base.record_key(at, randbits(10))}


def say_disclosed(*, actor: User, share: Share, says: str, at: datetime) -> Share:
    """Whether the post made by hand says who is speaking: "yes", "no" or "unsure". Its member alone ever sees it."""
    _own(actor, share)
    if says not in SAYS:
        raise CannotPlan(_("Please choose one of the three answers."))
    if not Share.objects.filter(pk=share.pk, state="said_posted").update(says_disclosure=says):
        raise CannotPlan(_("This is only asked once you have posted it."))
    share.says_disclosure = says
    return share


def say_posted(*, actor: User, share: Share, at: datetime) -> Share:
    _own(actor, share)
    return _by_hand(share, "said_posted", at)


def drop_assisted(*, actor: User, share: Share, at: datetime) -> Share:
    _own(actor, share)
    return _by_hand(share, "dropped", at)


def _by_hand(share: Share, to: str, at: datetime) -> Share:
    try:
        return move(share, to, at=at)
    except (LostRace, ForbiddenMove):
        share.refresh_from_db()
        return share  # pressed twice, or in two tabs: the first answer stands


def _refuse_internal(story: Story) -> None:
    if not story.is_for_sharing:
        raise CannotPlan(_("This story is for reading here only, so that it cannot be shared."))


def _refuse_unpaid(account: LinkedAccount, wanted: datetime) -> None:
    """Of the month it is wanted in. Two who plan the last post at once find out at sending, and one of them waits."""
    money = budgets.money(account.connector, at=wanted)
    if money and not money.pays_for(money.prices.post_with_link):
        text = _("Posting to %(platform)s costs money, and there is none for it. Post it yourself, which is free.")
        raise CannotPlan(text % {"platform": accounts.connectors()[account.connector].name})


def _refuse_words(member: User, story: Story, connector: str, words: str, at: datetime) -> None:
    """All that is wrong with the words at once, before anything is written; the gates ask again inside."""
    text = printable(words).strip()
    if found := word_problems(member=member, story=story, connector=connector, words=text, at=at):
        raise CannotPlan(*found)


def _own(actor: User, share: Share) -> None:
    if not rules.is_own(actor, share):
        raise CannotPlan(_("That post is not yours."))


def _wanted(due_at: datetime | None, at: datetime) -> datetime:
    if due_at is None:
        return at + TAKE_BACK
    if due_at < at - CLOCK_SLACK:
        raise CannotPlan(_("That time has already passed. Choose a later one, or share now."))
    if due_at > at + FARTHEST:
        raise CannotPlan(_("That is more than half a year away. Choose an earlier time."))
    return due_at


def _write(
    actor: User,
    story: Story,
    account: LinkedAccount | None,
    target: str,
    words: str,
    key: UUID,
    wanted: datetime,
    at: datetime,
    *,
    line: drafts.FrozenLine,
    state: str,
    options: Mapping[str, str] | None = None,
    leads_to: str = "",
) -> Share:
    link = None
    if target_address := leads_to or (story.url and content.link_target(story, target)):
        link = links.make_link(
            target=target_address,
            group=f"story:{story.pk}",
            owner=actor,
            at=at,
            ends_at=story.expires_at,
        )
    share = Share.objects.create(
        member=actor,
        story=story,
        account=account,
        connector=target,
        words=printable(words).strip(),
        disclosure=line.text,
        disclosure_before=line.before,
        disclosure_rule=line.record,
        language=line.language,
        options={name: value for name, value in (options or {}).items() if value},
        link=link,
        key=key,
        record_key=base.record_key(at, randbits(10)),
        state=state,
        state_at=at,
        planned_at=at,
        wanted_at=wanted,
        due_at=wanted,
        cut_off_at=wanted + CUT_OFF,
    )
    remember_words(share, at=at)
    return share


def _line(actor: User, story: Story, target: str, words: str, wordings: Collection[str]) -> drafts.FrozenLine:
    language = content.post_language(story, words, story.captions.all())
    line = content.disclosure(actor.country, language=language, connector=target, story=story, chosen=wordings)
    return drafts.FrozenLine(line.text, line.before, line.record, language)


def _refuse_problems(share: Share, at: datetime) -> gates.Answer:
    answer = _refuse_gates(share, at)
    _refuse_text(share)
    return answer


def _refuse_gates(share: Share, at: datetime, *, only: list[gates.Gate] | None = None) -> gates.Answer:
    answer = gates.ask(share, at, only=only)
    if answer.verdict is gates.Verdict.NO:
        raise CannotPlan(answer.sentence)
    return answer


def _refuse_text(share: Share) -> None:
    if not share.words:
        raise CannotPlan(_("Write a few words first: a post without any says nothing of you."))
    if broken := content.forbidden_sentence(share.words):
        raise CannotPlan(broken)
    if share.account is None:
        return
    connector = accounts.connector_of(share.account)
    draft = drafts.thaw(drafts.freeze(share, at=share.planned_at), picture=None)
    problems = [translated(problem.sentence) for problem in connector.problems(draft)]
    if problems:
        raise CannotPlan(*[f"{connector.name}: {sentence}" for sentence in problems])
