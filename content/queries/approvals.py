"""Who has to approve, and who has."""

from django.db.models import Count, QuerySet

from accounts.models import User
from accounts.queries import organisation
from content.models import Approval, Story, StoryVersion
from content.queries.board import curators


def approvers_needed() -> int:
    """How many others approve a story before it goes live. A regulated firm always asks somebody."""
    firm = organisation()
    return max(firm.approvers, 1) if firm.regulated else firm.approvers


def approvals(story: Story) -> QuerySet[Approval]:
    """The yeses that count now: to this edition, since it was last sent to review."""
    given = Approval.objects.filter(story_id=story.pk, edition=story.edition, asked_at=story.state_at)
    return given.select_related("by")


def is_last_yes(story: Story) -> bool:
    """Whether the next approval is the last that is asked for."""
    return story.state == "in_review" and approvals(story).count() + 1 >= approvers_needed()


def has_approved(member: User, story: Story) -> bool:
    return approvals(story).filter(by=member).exists()


def writers(story: Story) -> set[int]:
    """Who saved an edition since the last one that got every yes it needed, by their numbers: what they wrote, somebody
    else has to read."""
    rows = Approval.objects.filter(story_id=story.pk).order_by().values("edition", "asked_at")
    approved = rows.annotate(given=Count("pk")).filter(given__gte=approvers_needed())
    last = max((row["edition"] for row in approved), default=0)
    saved = StoryVersion.objects.filter(story_id=story.pk, edition__gt=last, by__isnull=False)
    return set(saved.values_list("by", flat=True))


def has_written(member: User, story: Story) -> bool:
    return member.pk in writers(story)


def other_curators(member: User, story: Story | None = None) -> int:
    """Besides this member; of a story, how many there are who neither wrote nor sent it."""
    sent = [story.submitted_by_id] if story and story.state == "in_review" and story.submitted_by_id else []
    return curators().exclude(pk__in=[member.pk, *sent, *(writers(story) if story else ())]).count()
