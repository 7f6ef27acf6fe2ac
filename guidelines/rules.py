"""Who may do what with guidelines."""

from accounts.models import User
from accounts.rules import is_hr
from guidelines.models import Due, Version


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
