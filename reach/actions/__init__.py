from reach.actions.forgetting import end_deleted, forget_readings
from reach.actions.planning import plan_readings, planned
from reach.actions.reading import read_posts
from reach.actions.ringing import ring_due
from reach.actions.rolling import drop_old_readings, forget_days, roll_up, roll_up_new

__all__ = [
    "drop_old_readings",
    "end_deleted",
    "forget_days",
    "forget_readings",
    "plan_readings",
    "planned",
    "read_posts",
    "ring_due",
    "roll_up",
    "roll_up_new",
]
