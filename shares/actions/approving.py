"""Own words in a regulated firm: approved, refused, or expired where nobody answered in time."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import queries as accounts
from accounts.models import User
from connectors.text import one_line
from core.flow import ForbiddenMove, LostRace, move
from notifications.actions import settle_notices
from shares import rules
from shares.actions.asking import drop_question, record, tell_reader
from shares.actions.ending import end_and_tell
from shares.actions.holding import go_on
from shares.actions.planning import CannotPlan
from shares.models import APPROVAL, SavedDraft, Share, WordsApproval
from shares.queries import approvals

BATCH = 500


def approve_words(*, actor: User, question: WordsApproval, at: datetime) -> Share:
    """Exactly these words may go out, at the time their member chose. Raises CannotPlan."""
    with transaction.atomic():
        share = _answer(actor, question, "approved", at)
        if share.held_for == APPROVAL:
            go_on(share, at)
            share.refresh_from_db(fields=["state", "held_for", "held_until", "due_at", "reason"])
    return share


def refuse_words(*, actor: User, question: WordsApproval, reason: str, at: datetime) -> Share:
    """They are not posted: their member reads why and keeps them as a draft. Raises CannotPlan."""
    why = one_line(reason)[:200]
    if not why:
        raise CannotPlan(_("Please say what should change, so that it can be changed."))
    with transaction.atomic():
        share = _answer(actor, question, "refused", at, reason=why)
        with override(share.member.language):
            sentence = _("%(name)s did not approve these words. Why: %(why)s") % {"name": actor.name, "why": why}
        _give_back(share, sentence, at)
    return share


def sweep_words(*, at: datetime) -> int:
    """Questions whose time is over, whose reader has changed, or that need no answer any more. Returns how many."""
    usual, readers = accounts.words_reader(None, at), accounts.words_readers()
    changed = ~Q(reader=usual) | Q(reader=None) | Q(share__member__in=readers)
    waiting = WordsApproval.objects.filter(state="waits")
    to_look_at = waiting.filter(Q(due_at__lte=at) | ~Q(share__state="held") | changed).order_by("due_at")
    return sum(_sweep(pk, at) for pk in list(to_look_at.values_list("pk", flat=True)[:BATCH]))


def _sweep(pk: int, at: datetime) -> bool:
    with transaction.atomic():
        share = _locked(Share.objects.filter(approvals=pk))
        question = WordsApproval.objects.select_related("reader").get(pk=pk)
        if question.state != "waits":
            return False
        if share.state != "held" or question.fingerprint != approvals.fingerprint(share):
            drop_question(share, at=at)
        elif approvals.may_go_out(share):
            # The firm is no longer regulated.
            drop_question(share, at=at)
            if share.held_for == APPROVAL:
                go_on(share, at)
        elif question.due_at <= at:
            _expire(question, share, at)
        else:
            return _change_reader(question, share, at)
        _settle_notice(question.reader, at)
    return True


def _expire(question: WordsApproval, share: Share, at: datetime) -> None:
    move(question, "expired", at=at)
    record(question, "share.words_expired", at=at)
    with override(share.member.language):
        sentence = _("Nobody answered in time, so your own words have expired.")
    _give_back(share, sentence, at)


def _change_reader(question: WordsApproval, share: Share, at: datetime) -> bool:
    """The reader has left, is away or is back, or the firm has named another. The promise stays as it was."""
    reader = accounts.words_reader(share.member, at)
    if reader is None or reader.pk == question.reader_id:
        return False
    before, question.reader, question.share = question.reader, reader, share
    question.save(update_fields=["reader"])
    if share.held_for == APPROVAL:
        sentence = approvals.waits_sentence(share, reader, question.due_at)
        Share.objects.filter(pk=share.pk).update(reason=sentence)
    tell_reader(question, at=at)
    _settle_notice(before, at)
    return True


def _answer(actor: User, question: WordsApproval, to: str, at: datetime, *, reason: str = "") -> Share:
    """One answer to words that are still what was read."""
    share = _locked(Share.objects.filter(pk=question.share_id))
    question.refresh_from_db(fields=["reader", "state", "fingerprint", "due_at"])
    question.share = share
    if not rules.may_approve(actor, question):
        raise CannotPlan(_("These words are not for you to approve."))
    if share.state != "held" or question.due_at <= at or question.fingerprint != approvals.fingerprint(share):
        raise _moved_on()
    try:
        move(question, to, at=at, answered_by=actor, reason=reason)
    except (LostRace, ForbiddenMove):
        raise _moved_on() from None
    record(question, f"share.words_{to}", at=at)
    _settle_notice(actor, at)
    return share


def _settle_notice(reader: User | None, at: datetime) -> None:
    """With nothing left to answer, nobody has to read that something waits."""
    if reader and not approvals.waiting_for(reader).exists():
        settle_notices(member=reader, url=reverse("shares:words"), at=at)


def _moved_on() -> CannotPlan:
    return CannotPlan(_("These words were changed, taken back or answered meanwhile. Here is what waits now."))


def _locked(shares: QuerySet[Share]) -> Share:
    """Its words do not change while somebody decides about them."""
    return shares.select_related("member", "story", "account", "link").select_for_update(of=("self",)).get()


def _give_back(share: Share, sentence: str, at: datetime) -> None:
    with override(share.member.language):
        end_and_tell(share, at=at, sentence=sentence, more=_("Your words are kept as a draft."))
    if share.state == "cancelled":
        _keep_as_draft(share, at)


def _keep_as_draft(share: Share, at: datetime) -> None:
    """Beside whatever the member has typed for this story since: nothing of that is lost for it."""
    draft = SavedDraft.objects.filter(member=share.member, story=share.story).first()
    kept = draft.content if draft else {}
    account, warning = str(share.account_id), share.options.get("warning", "")
    if not (kept.get("words") or "").strip():
        kept |= {"words": share.words, "own": share.words}
    elif kept["words"] != share.words:
        kept["each"] = {account: share.words} | _filled(kept.get("each"))
    kept["accounts"] = list(dict.fromkeys([*(kept.get("accounts") or []), account]))
    kept["more"] = ({"warning": warning} if warning else {}) | _filled(kept.get("more"))
    SavedDraft.objects.update_or_create(
        member=share.member, story=share.story, defaults={"content": kept, "saved_at": at}
    )


def _filled(fields: dict[str, str] | None) -> dict[str, str]:
    """Only what somebody has typed: an empty field stands in the way of nothing."""
    return {name: text for name, text in (fields or {}).items() if text.strip()}
