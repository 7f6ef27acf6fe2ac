"""Heard above: sent after commit. What a receiver does is also found by a query of a periodic task."""

from django.dispatch import Signal

post_deleted = Signal()  # share
