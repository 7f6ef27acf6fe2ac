from recognition.queries.history import explained, points_between, points_history
from recognition.queries.people import PersonalBoard, choice_of, personal_board
from recognition.queries.periods import Period, period
from recognition.queries.teams import TeamBoard, TeamRow, team_board

__all__ = [
    "Period", "PersonalBoard", "TeamBoard", "TeamRow", "choice_of", "explained", "period", "personal_board",
    "points_between", "points_history", "team_board",
]  # fmt: skip
