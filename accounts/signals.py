"""Sent after commit. A signal only rings: what a receiver does is also found by a periodic query."""

from django.dispatch import Signal

account_relinked = Signal()  # account, at
account_unlinked = Signal()  # account, at
member_left = Signal()  # member, at
quiet_changed = Signal()  # at
