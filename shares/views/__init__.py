from shares.views.composer import by_hand, compose, save_draft, throw_away
from shares.views.feed import aside, begin, campaign, seen, story, today
from shares.views.given import given, lend
from shares.views.mishaps import mishap, went_wrong
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
from shares.views.search import forget_search, keep_search, search
from shares.views.seen_as import audience_seen_as, story_seen_as
from shares.views.topics import follow, forget, topics
from shares.views.words import approve, refuse, words

__all__ = [
    "answer",
    "approve",
    "audience_seen_as",
    "aside",
    "begin",
    "by_hand",
    "campaign",
    "cancel",
    "compose",
    "delete",
    "disclosed",
    "edit",
    "follow",
    "forget",
    "forget_search",
    "given",
    "hand_over",
    "handed_back",
    "keep_search",
    "lend",
    "mishap",
    "move",
    "opened",
    "pass_on",
    "plans",
    "refuse",
    "retry",
    "save_draft",
    "search",
    "seen",
    "send_now",
    "share",
    "state",
    "story",
    "story_seen_as",
    "throw_away",
    "today",
    "topics",
    "went_wrong",
    "words",
]
