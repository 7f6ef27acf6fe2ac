"""A message that says it is done, with a way back where there is one."""

from django.contrib import messages
from django.http import HttpRequest

UNDO = "undo:"


def done(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """`undo` is an address of our own that takes a POST."""
    messages.success(request, text, extra_tags=f"{UNDO}{undo}" if undo else "")


def undo_address(extra_tags: str | None) -> str:
    for tag in (extra_tags or "").split():
        if tag.startswith(UNDO):
            return tag.removeprefix(UNDO)
    return ""
