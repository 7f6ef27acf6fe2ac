from accounts.actions.health import (
    ask_platform,
    fresh_credentials,
    mark_needs_relink,
    note_success,
    pause_account,
    pause_platform,
    ready_credentials,
    renew_early,
    renewed_credentials,
)
from accounts.actions.linking import LinkingRefused, link_account, unlink_account
from accounts.actions.people import deactivate_member, reactivate_member
from accounts.actions.platforms import hold_platform, open_platform
from accounts.actions.quiet import AlreadyQuiet, begin_quiet, end_lapsed_quiet, end_quiet

__all__ = [
    "AlreadyQuiet",
    "LinkingRefused",
    "ask_platform",
    "begin_quiet",
    "deactivate_member",
    "end_lapsed_quiet",
    "end_quiet",
    "fresh_credentials",
    "hold_platform",
    "link_account",
    "mark_needs_relink",
    "note_success",
    "open_platform",
    "pause_account",
    "pause_platform",
    "ready_credentials",
    "reactivate_member",
    "renew_early",
    "renewed_credentials",
    "unlink_account",
]
