"""Who may do what with shares. A share belongs to its member alone: nobody plans, sees or answers another's. An
administrator may help one along whose trouble is the installation's, without reading it."""

from accounts.models import LinkedAccount, User
from accounts.rules import is_administrator, is_hr, reads_words
from content.models import Story
from shares.models import Mishap, Share, WordsApproval
from shares.queries import approvals


def is_own(member: User, share: Share) -> bool:
    return member.is_active and share.member_id == member.pk


def may_share_to(member: User, account: LinkedAccount) -> bool:
    return member.is_active and account.member_id == member.pk and account.state != "unlinked"


def may_operate(member: User) -> bool:
    return is_administrator(member)


def may_approve(member: User, question: WordsApproval) -> bool:
    """Only what was put before them, and nobody their own."""
    return reads_words(member) and question.reader_id == member.pk and question.share.member_id != member.pk


def reads_words_about(member: User, story: Story) -> bool:
    """While words of a colleague's about this story wait for them: they judge the post with all that goes out."""
    return reads_words(member) and approvals.waiting_for(member).filter(share__story=story).exists()


def helps_with(member: User, mishap: Mishap) -> bool:
    """The one who was asked; somebody of HR only once that person has left. Nobody where nobody was asked."""
    helper = mishap.helper
    if helper is None or mishap.member_id == member.pk or not member.is_active:
        return False
    return helper.pk == member.pk if helper.is_active else is_hr(member)


def sees_mishap(member: User, mishap: Mishap) -> bool:
    return mishap.member_id == member.pk or helps_with(member, mishap)
