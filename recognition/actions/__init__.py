from recognition.actions.choices import hide_me, join_board, leave_board, show_me
from recognition.actions.deriving import derive_points

__all__ = ["derive_points", "hide_me", "join_board", "leave_board", "show_me"]
