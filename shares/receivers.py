"""Signals from below only ring: `settle` finds the same work by its own query."""

from django.dispatch import receiver

from accounts.signals import account_relinked, account_unlinked, member_left, quiet_changed
from content.signals import story_withdrawn
from core import wake

RINGS = [account_relinked, account_unlinked, member_left, quiet_changed, story_withdrawn]


@receiver(RINGS, dispatch_uid="shares.settle")
def ring_settle(sender: object, **kwargs: object) -> None:
    wake.ring("shares.tasks.settle")
