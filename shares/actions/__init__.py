from core.refusals import CannotDo
from shares.actions.approving import approve_words, refuse_words, sweep_words
from shares.actions.deleting import can_delete, delete_post, finish_deleting, lets_delete
from shares.actions.digests import send_digests
from shares.actions.following import tell_what_is_up
from shares.actions.holding import hand_to_owners, hold_for_quiet
from shares.actions.marking import bring_back, forget_marks, put_away, see_stories, skip_story
from shares.actions.mishaps import add_words, answer_mishap, begin_mishap, close_mishap, see_mishap, take_down
from shares.actions.operating import can_mark_posted, can_retry, mark_posted, retry_for_member
from shares.actions.planning import (
    FARTHEST,
    TAKE_BACK,
    CannotPlan,
    cancel_share,
    drop_assisted,
    edit_share,
    hand_over,
    move_share,
    plan_assisted,
    plan_share,
    retry_share,
    say_disclosed,
    say_posted,
    send_held,
)
from shares.actions.remembering import forget_words
from shares.actions.reserving import LEASE, release_captions, reserve_caption
from shares.actions.searching import forget_search, keep_search
from shares.actions.sending import due
from shares.actions.settling import answer_asked, settle_share
from shares.actions.sweeping import cancel_orphans, end_late, end_leases, release_held, ring_settling
from shares.actions.tallying import count_tallies, drop_old_marks
from shares.actions.turns import send_due
from shares.actions.withdrawing import speak_of_withdrawn, still_up

__all__ = [
    "FARTHEST",
    "LEASE",
    "TAKE_BACK",
    "CannotDo",
    "CannotPlan",
    "add_words",
    "answer_asked",
    "answer_mishap",
    "approve_words",
    "begin_mishap",
    "bring_back",
    "can_delete",
    "can_mark_posted",
    "can_retry",
    "cancel_orphans",
    "cancel_share",
    "close_mishap",
    "count_tallies",
    "delete_post",
    "drop_assisted",
    "drop_old_marks",
    "due",
    "edit_share",
    "end_late",
    "end_leases",
    "finish_deleting",
    "forget_marks",
    "forget_search",
    "forget_words",
    "hand_over",
    "hand_to_owners",
    "hold_for_quiet",
    "keep_search",
    "lets_delete",
    "mark_posted",
    "move_share",
    "plan_assisted",
    "plan_share",
    "put_away",
    "refuse_words",
    "release_captions",
    "release_held",
    "reserve_caption",
    "retry_for_member",
    "retry_share",
    "ring_settling",
    "say_disclosed",
    "say_posted",
    "see_mishap",
    "see_stories",
    "send_due",
    "send_digests",
    "send_held",
    "settle_share",
    "skip_story",
    "speak_of_withdrawn",
    "still_up",
    "sweep_words",
    "take_down",
    "tell_what_is_up",
]
