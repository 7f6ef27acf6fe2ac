"""Who has to approve, and who has."""

from django.db.models import QuerySet

from accounts.models import User
from accounts.queries import organisation
from content.models import Approval, Story
from content.queries.board import curators


def approvers_needed() -> int:
    """How many others approve a story before it goes live. A regulated firm always asks somebody."""
    firm = organisation()
    return max(firm.approvers, 1) if firm.regulated else firm.approvers


def approvals(story: Story) -> QuerySet[Approval]:
    """The yeses that count now: to this edition, since it was last sent to review."""
    given = Approval.objects.filter(story_id=story.pk, edition=story.edition, asked_at=story.state_at)
    return given.select_related("by")


def has_approved(member: User, story: Story) -> bool:
    return approvals(story).filter(by=member).exists()


def other_curators(member: User) -> int:
    return curators().exclude(pk=member.pk).count()
