"""Who may do what with guidelines."""

from accounts.models import User
from accounts.rules import has_role, is_hr
from guidelines.models import Case, Due, Guideline, Pack, Question, Receipt, Version


def can_write(member: User) -> bool:
    return is_hr(member)


def can_edit(member: User, version: Version) -> bool:
    return can_write(member) and version.state == "draft"


def can_send_back(member: User, version: Version) -> bool:
    return can_write(member) and version.state == "in_review"


def can_publish(member: User, version: Version) -> bool:
    """What was sent to review by somebody else, or by oneself where one is all of HR."""
    return can_send_back(member, version) and not needs_another(member, version)


def needs_another(member: User, version: Version) -> bool:
    """Whether a second person in HR has to read what this one sent."""
    others = User.objects.filter(is_active=True, roles__contains=["hr"]).exclude(pk=member.pk)
    return version.submitted_by_id == member.pk and others.exists()


def can_withdraw(member: User, version: Version) -> bool:
    return can_write(member) and version.state == "published"


def can_sign(member: User, due: Due) -> bool:
    return member.is_active and due.member_id == member.pk


def can_record_for(member: User, due: Due) -> bool:
    """For somebody without a device; never for oneself."""
    return can_write(member) and due.member_id != member.pk


def can_help(member: User, guideline: Guideline | None) -> bool:
    """Who may be asked: the one named in the guideline, HR, and the council."""
    named = guideline is not None and guideline.helper_id == member.pk
    return member.is_active and (named or is_hr(member) or has_role(member, "council"))


def can_answer(member: User, question: Question) -> bool:
    """The one who was asked; somebody else of HR only while nobody has answered, and once that person cannot any
    more."""
    if question.asker_id == member.pk or not member.is_active:
        return False
    helper = question.helper
    if helper is None or not helper.is_active:
        return question.state == "open" and is_hr(member)
    return helper.pk == member.pk


def can_propose(member: User, question: Question) -> bool:
    """Whoever answered, and nobody for them."""
    return member.is_active and question.state == "answered" and question.answered_by_id == member.pk


def can_see_question(member: User, question: Question) -> bool:
    return question.asker_id == member.pk or can_answer(member, question) or can_propose(member, question)


def can_take_out(member: User, case: Case) -> bool:
    asked = case.question is not None and case.question.asker_id == member.pk
    return asked or case.by_id == member.pk or can_write(member)


def can_see_receipt(member: User, receipt: Receipt) -> bool:
    return receipt.member_id == member.pk or can_write(member)


def can_ask_for_packs(member: User) -> bool:
    """HR and the council. Both see who asked for which, so that nobody looks at evidence unseen."""
    return is_hr(member) or has_role(member, "council")


def can_take_pack(member: User, pack: Pack) -> bool:
    """Whoever asked for it, as long as they may."""
    return can_ask_for_packs(member) and pack.asked_by_id == member.pk
