from shares.views.composer import by_hand, compose, save_draft
from shares.views.feed import aside, seen, story, today
from shares.views.given import given, lend
from shares.views.opening import opened
from shares.views.passing import pass_on
from shares.views.plans import (
    answer,
    cancel,
    delete,
    disclosed,
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
from shares.views.topics import follow, forget, topics

__all__ = [
    "answer",
    "aside",
    "by_hand",
    "cancel",
    "compose",
    "delete",
    "disclosed",
    "edit",
    "given",
    "follow",
    "forget",
    "hand_over",
    "handed_back",
    "lend",
    "move",
    "opened",
    "pass_on",
    "plans",
    "retry",
    "save_draft",
    "seen",
    "send_now",
    "share",
    "state",
    "story",
    "today",
    "topics",
]
