"""What a member decides about boards. No reason is asked for, nothing is lost by any of it, and nobody is told."""

from accounts.models import User
from recognition.models import BoardChoice


def join_board(*, actor: User) -> BoardChoice:
    """Stand on the personal board; also ends hiding."""
    return _choose(actor, personal=True, hidden=False)


def leave_board(*, actor: User) -> BoardChoice:
    return _choose(actor, personal=False)


def hide_me(*, actor: User) -> BoardChoice:
    """No board names me from now on, whatever it is and whoever looks."""
    return _choose(actor, hidden=True, personal=False)


def show_me(*, actor: User) -> BoardChoice:
    return _choose(actor, hidden=False)


def _choose(actor: User, **choice: bool) -> BoardChoice:
    return BoardChoice.objects.update_or_create(member=actor, defaults=choice)[0]
