"""Each state as a sign and a word. {% load states %}{% state share.state %}

A state alone is never a colour. The words are those of the architecture page: no jargon, no blame.
"""

from dataclasses import dataclass

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

register = template.Library()


@dataclass(frozen=True)
class State:
    word: str | Promise
    sign: str
    tone: str = ""
    busy: bool = False


SHARES = {
    "scheduled": State(_("Planned"), "clock"),
    "retrying": State(_("Trying again"), "again", "warn"),
    "sending": State(_("Going out"), "again", "", busy=True),
    "held": State(_("Waiting"), "pause", "warn"),
    "cancelled": State(_("Not posted"), "undo"),
    "failed": State(_("Could not be posted"), "warning", "bad"),
    "uncertain": State(_("We don't know yet whether it went out"), "question", "warn"),
    "asked": State(_("Did it go out? Please have a look"), "question", "warn"),
    "published": State(_("Posted"), "check", "good"),
    "deleting": State(_("Being deleted"), "again", "", busy=True),
    "deleted": State(_("Deleted"), "trash"),
    "handed_over": State(_("You post it yourself"), "hand"),
    "said_posted": State(_("You said you posted it"), "check"),
    "dropped": State(_("Left out"), "close"),
}

STORIES = {
    "suggested": State(_("Suggested"), "heart"),
    "draft": State(_("Draft"), "edit"),
    "submitted": State(_("In review"), "clock", "warn"),
    "in_review": State(_("In review"), "clock", "warn"),
    "approved": State(_("Approved"), "check", "good"),
    "live": State(_("Live"), "today", "good"),
    "expired": State(_("Ended"), "clock"),
    "withdrawn": State(_("Withdrawn"), "close"),
    "rejected": State(_("Sent back"), "undo", "warn"),
}

ACCOUNTS = {
    "healthy": State(_("Connected"), "check", "good"),
    "active": State(_("Connected"), "check", "good"),
    "refreshing": State(_("Renewing"), "again"),
    "needs_relink": State(_("Please connect again"), "warning", "warn"),
    "unlinked": State(_("Not connected"), "unlink"),
}

PLATFORMS = {
    "open": State(_("Open"), "check", "good"),
    "slowed": State(_("Slowed down"), "clock", "warn"),
    "paused": State(_("Paused"), "pause", "warn"),
    "off": State(_("Not set up"), "minus"),
    "by_hand": State(_("By hand"), "hand"),
}

STATES = PLATFORMS | ACCOUNTS | STORIES | SHARES


def look(name: str) -> State:
    """An unknown state shows its own word, so that a page never breaks over a new one."""
    return STATES.get(name) or State(name.replace("_", " ").capitalize(), "note")


@register.inclusion_tag("components/state.html")
def state(name: str, word: str = "") -> dict[str, object]:
    found = look(str(name))
    return {"word": word or found.word, "sign": found.sign, "tone": found.tone, "busy": found.busy}
