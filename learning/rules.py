"""Who may do what with lessons. Progress has no rule: every read of it begins with the member who asks."""

from accounts.models import User
from accounts.rules import is_curator
from learning.models import WrittenLesson


def can_write(member: User) -> bool:
    return is_curator(member)


def can_publish(member: User, lesson: WrittenLesson) -> bool:
    return can_write(member) and lesson.state == "draft"


def can_withdraw(member: User, lesson: WrittenLesson) -> bool:
    return can_write(member) and lesson.state in ("draft", "published")


def can_bring_back(member: User, lesson: WrittenLesson) -> bool:
    return can_write(member) and lesson.state == "withdrawn"
