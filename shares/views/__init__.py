from shares.views.composer import by_hand, compose, save_draft
from shares.views.feed import story, today
from shares.views.given import given, lend
from shares.views.passing import pass_on
from shares.views.plans import (
    answer,
    cancel,
    delete,
    edit,
    hand_over,
    handed_back,
    move,
    plans,
    retry,
    send_now,
    share,
    state,
)

__all__ = [
    "answer",
    "by_hand",
    "cancel",
    "compose",
    "delete",
    "edit",
    "given",
    "hand_over",
    "handed_back",
    "lend",
    "move",
    "pass_on",
    "plans",
    "retry",
    "save_draft",
    "send_now",
    "share",
    "state",
    "story",
    "today",
]
