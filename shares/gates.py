"""What is asked before a share is planned and again at the moment of sending. Each gate answers in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import budgets
from accounts import queries as accounts
from accounts.models import QuietTime
from content import queries as content
from content import rules as content_rules
from content.models import Story
from guidelines import queries as guidelines
from shares import drafts, times
from shares.models import APPROVAL, MONEY, OWNER, PAUSE, Mishap, Share
from shares.queries import approvals, wording

HOLD_FOR = timedelta(days=7)


class Verdict(Enum):
    YES = "yes"
    HOLD = "hold"
    NO = "no"


@dataclass(frozen=True)
class Answer:
    verdict: Verdict
    sentence: str = ""
    until: datetime | None = None
    held_for: str = ""  # PAUSE: until its owner decides, even when the gate is open again; APPROVAL: until it is given


YES = Answer(Verdict.YES)
Gate = Callable[[Share, datetime], Answer]


def member_is_here(share: Share, at: datetime) -> Answer:
    if share.member.is_active:
        return YES
    return Answer(Verdict.NO, _("The member has left."))


def story_is_live(share: Share, at: datetime) -> Answer:
    story = share.story
    if story.state == "live" and (story.expires_at is None or story.expires_at > at):
        return YES
    if story.state == "withdrawn":
        return Answer(Verdict.NO, withdrawn_sentence(story, _("The story was withdrawn before your post went out.")))
    return Answer(Verdict.NO, _("The story is no longer current, so your post was not sent."))


def story_may_leave(share: Share, at: datetime) -> Answer:
    """It may have become internal since: withdrawn, changed, and live again."""
    if share.story.is_for_sharing:
        return YES
    return Answer(Verdict.NO, _("This story is for reading here only, so that it cannot be shared."))


def withdrawn_sentence(story: Story, text: str) -> str:
    why = story.withdrawn_reason
    return f"{text} {_('Why: %(why)s') % {'why': why}}" if why else text


def story_is_for_them(share: Share, at: datetime) -> Answer:
    """Somebody who has left the audience since does not speak for it any more. Ended, not held: should they belong to
    it again in a month, nothing goes out that they have long forgotten."""
    if content_rules.is_for(share.member, share.story):
        return YES
    return Answer(Verdict.NO, _("The story is for other colleagues now, so your post was not sent."))


def account_is_healthy(share: Share, at: datetime) -> Answer:
    account = share.account
    if account is None or account.state == "healthy":
        return YES
    if account.state == "unlinked":
        return Answer(Verdict.NO, _("The account is no longer connected."))
    return Answer(
        Verdict.HOLD,
        _("Waiting for you to reconnect %(handle)s.") % {"handle": account.handle},
        share.wanted_at + HOLD_FOR,
    )


def guidelines_are_signed(share: Share, at: datetime) -> Answer:
    """Held, not failed: what is planned goes out once its member has signed."""
    owes = share.owes_signature
    if owes is None:
        owes = guidelines.is_overdue(share.member, at)
    if not owes:
        return YES
    return Answer(
        Verdict.HOLD,
        _("Your post waits for you to read and sign a guideline. It takes a few minutes, and then it goes out."),
        share.wanted_at + HOLD_FOR,
    )


def disclosure_is_present(share: Share, at: datetime) -> Answer:
    if drafts.carries_line(share, drafts.wording(share).text):
        return YES
    return Answer(Verdict.NO, drafts.no_line())


def words_break_no_rule(share: Share, at: datetime) -> Answer:
    """Asked again at sending: a name may have become one that is not to be told since it was planned."""
    sentence = content.forbidden_sentence(share.words)
    return Answer(Verdict.NO, sentence) if sentence else YES


def not_too_late(share: Share, at: datetime) -> Answer:
    if at <= share.cut_off_at:
        return YES
    return Answer(Verdict.NO, _("It could not go out in time, so it was not sent late. You can share it again."))


def nobody_asked_for_quiet(share: Share, at: datetime) -> Answer:
    quiet = accounts.quiet_time(at)
    if quiet is None:
        return YES
    until = max(share.wanted_at, quiet.until) + HOLD_FOR
    return Answer(Verdict.HOLD, quiet_sentence(quiet), until, held_for=PAUSE)


def quiet_sentence(quiet: QuietTime) -> str:
    return _("Sharing is paused for now, so your post waits. Why: %(why)s") % {"why": quiet.why}


def nobody_called_for_help(share: Share, at: datetime) -> Answer:
    """What was on its way when its member pressed “It went wrong”, and did not get through, waits for them like all
    that was planned. What they send themselves meanwhile goes out."""
    if share.state not in ("retrying", "uncertain"):
        return YES
    called = share.called_for_help
    if called is None:
        called = Mishap.objects.filter(member=share.member_id).exists()
    if not called:
        return YES
    return Answer(Verdict.HOLD, help_sentence(), max(share.wanted_at, at) + HOLD_FOR, held_for=OWNER)


def help_sentence() -> str:
    # It outlasts the mishap, and so does not speak of it.
    return _("Held, as you asked. Send it, move it or cancel it.")


def own_words_are_approved(share: Share, at: datetime) -> Answer:
    if approvals.may_go_out(share):
        return YES
    asked = approvals.open_question(share) or approvals.terms(share.member, at)
    if asked is None:
        return Answer(Verdict.NO, approvals.nobody_reads())
    sentence = approvals.waits_sentence(share, asked.reader, asked.due_at)
    return Answer(Verdict.HOLD, sentence, asked.due_at, held_for=APPROVAL)


def money_is_there(share: Share, at: datetime) -> Answer:
    """Asked of what waits for money only: whether a post is paid for is decided when its attempt is claimed."""
    if share.state != "held" or share.held_for != MONEY:
        return YES
    money = budgets.money(share.connector, at=at)
    if (money is None or money.pays_for(money.prices.post_with_link)) and times.is_daytime(share.member, at):
        return YES
    return Answer(Verdict.HOLD, share.reason, share.held_until)


def no_blank_is_open(share: Share, at: datetime) -> Answer:
    sentence = wording.blank_sentence(share.story, share.words)
    return Answer(Verdict.NO, sentence) if sentence else YES


def words_are_as_approved(share: Share, at: datetime) -> Answer:
    sentence = wording.lock_sentence(share.story, share.words)
    return Answer(Verdict.NO, sentence) if sentence else YES


def nobody_said_it_first(share: Share, at: datetime) -> Answer:
    """Of two colleagues who decided for the same words at once, the earlier goes out."""
    said = share.said_first
    if said is None:
        said = share.pk in wording.said_first([share], at=at)
    return Answer(Verdict.NO, wording.said_sentence(accounts.connectors()[share.connector])) if said else YES


WORDS: list[Gate] = [no_blank_is_open, words_are_as_approved, nobody_said_it_first]

# Of two that hold, the first is told: what waits for its owner must not go out when an account is connected again.
GATES: list[Gate] = [
    member_is_here,
    story_is_live,
    story_may_leave,
    story_is_for_them,
    disclosure_is_present,
    *WORDS,
    words_break_no_rule,
    not_too_late,
    nobody_asked_for_quiet,
    nobody_called_for_help,
    own_words_are_approved,
    guidelines_are_signed,
    account_is_healthy,
    money_is_there,
]


def ask(share: Share, at: datetime, *, only: list[Gate] | None = None) -> Answer:
    """The first no; else the first hold; else yes. In the member's language, since they read it."""
    with override(share.member.language):
        answers = [gate(share, at) for gate in only or GATES]
    for verdict in (Verdict.NO, Verdict.HOLD):
        for answer in answers:
            if answer.verdict is verdict:
                return answer
    return YES
