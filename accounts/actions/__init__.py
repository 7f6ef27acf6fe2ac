from accounts.actions.health import (
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

__all__ = [
    "LinkingRefused",
    "deactivate_member",
    "fresh_credentials",
    "link_account",
    "mark_needs_relink",
    "note_success",
    "pause_account",
    "pause_platform",
    "ready_credentials",
    "reactivate_member",
    "renew_early",
    "renewed_credentials",
    "unlink_account",
]
