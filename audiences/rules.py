"""Who may keep audiences and lists: those who write stories, and those who look after people."""

from typing import Any

from accounts.rules import is_curator, sees_people


def may_compose(user: Any) -> bool:
    return is_curator(user) or sees_people(user)
