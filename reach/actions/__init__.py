from reach.actions.forgetting import end_deleted, forget_readings
from reach.actions.planning import plan_readings
from reach.actions.reading import read_posts
from reach.actions.ringing import ring_due

__all__ = ["end_deleted", "forget_readings", "plan_readings", "read_posts", "ring_due"]
