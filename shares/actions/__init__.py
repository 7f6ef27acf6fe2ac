from shares.actions.deleting import can_delete, delete_post, finish_deleting
from shares.actions.following import tell_what_is_up
from shares.actions.holding import hand_to_owners, hold_for_quiet
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
    say_posted,
    send_held,
)
from shares.actions.remembering import forget_words
from shares.actions.reserving import LEASE, release_captions, reserve_caption
from shares.actions.sending import due
from shares.actions.settling import answer_asked, settle_share
from shares.actions.sweeping import cancel_orphans, end_late, end_leases, release_held, ring_settling
from shares.actions.turns import send_due
from shares.actions.withdrawing import speak_of_withdrawn, still_up

__all__ = [
    "FARTHEST",
    "LEASE",
    "TAKE_BACK",
    "CannotPlan",
    "answer_asked",
    "can_delete",
    "can_mark_posted",
    "can_retry",
    "cancel_orphans",
    "cancel_share",
    "delete_post",
    "drop_assisted",
    "due",
    "edit_share",
    "end_late",
    "end_leases",
    "finish_deleting",
    "forget_words",
    "hand_over",
    "hand_to_owners",
    "hold_for_quiet",
    "mark_posted",
    "move_share",
    "plan_assisted",
    "plan_share",
    "release_captions",
    "release_held",
    "reserve_caption",
    "retry_for_member",
    "retry_share",
    "ring_settling",
    "say_posted",
    "send_due",
    "send_held",
    "settle_share",
    "speak_of_withdrawn",
    "still_up",
    "tell_what_is_up",
]
