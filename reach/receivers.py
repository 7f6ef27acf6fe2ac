"""Signals from below only ring: the periodic task finds the same work by its own query."""

from django.dispatch import receiver

from core import wake
from shares.signals import post_deleted


@receiver(post_deleted, dispatch_uid="reach.forget")
def ring_forget(sender: object, **kwargs: object) -> None:
    wake.ring("reach.tasks.ring")
