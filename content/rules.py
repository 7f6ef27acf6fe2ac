from accounts.models import User
from content.models import Story


def can_see(member: User, story: Story) -> bool:
    return member.is_active and (story.state == "live" or "curator" in member.roles)
