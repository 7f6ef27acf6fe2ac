"""What each alert says: its name, what is the matter, and what to do next."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts import queries as accounts


class Said(Protocol):
    """An alert that is kept, or a finding of this moment."""

    @property
    def kind(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def data(self) -> Mapping[str, Any]: ...


# kind: (name, what is the matter, what to do next)
WORDS: dict[str, tuple[Any, Any, Any]] = {
    "shares_overdue": (
        lazy("Posts are late"),
        lazy("Posts that have been due for ten minutes and that nobody sends: %(n)s."),
        lazy("Look whether a worker runs and what its log says last; start it again. Nothing is posted twice by that."),
    ),
    "shares_stuck": (
        lazy("Posts are stuck"),
        lazy("Posts beyond the time at which they should have gone out or ended: %(n)s."),
        lazy("They are listed below. Try them again there; if more come, the worker’s log says why."),
    ),
    "withdrawn_and_up": (
        lazy("Withdrawn, and still up"),
        lazy("Posts of withdrawn stories that are still on their platforms: %(n)s."),
        lazy("Their members have been told. Where an account has to be connected again, ask them to, or to delete it."),
    ),
    "platform_paused": (
        lazy("%(platform)s is paused"),
        lazy("Nothing goes out to %(platform)s: %(why)s"),
        lazy("Mend it on the platform’s developer page, then press Resume."),
    ),
    "renewals_failing": (
        lazy("Connections to %(platform)s are not renewed"),
        lazy("Connections to %(platform)s that have run out and could not be renewed: %(n)s."),
        lazy("Check the platform’s status page, and that our registration there still holds. It is tried each minute."),
    ),
    "version_ending": (
        lazy("%(platform)s retires the version we use"),
        lazy("%(platform)s ends the version of its interface that is set here on %(day)s."),
        lazy("Set a newer version before that day, and look whether posts still go out."),
    ),
    "mails_waiting": (
        lazy("Mails do not leave"),
        lazy("Mails that have been waiting for ten minutes: %(n)s."),
        lazy("Check the mail server’s name, port and password in the settings, and the worker’s log."),
    ),
    "feeds_waiting": (
        lazy("Feeds are not read"),
        lazy("Feeds that have not been looked at for two hours: %(n)s."),
        lazy("Look whether a worker runs and what its log says last."),
    ),
    "clicks_on_disk": (
        lazy("Clicks wait on disk"),
        lazy("Clicks have been waiting on disk for %(n)s minutes and do not get into the database."),
        lazy("None is lost while there is room. Look whether the database takes writes, and at the log of the web."),
    ),
    "audit_unsealed": (
        lazy("The audit trail is not sealed"),
        lazy("Entries of the audit trail have had no seal for ten minutes."),
        lazy("Look whether a worker runs, and for a very long transaction in the database."),
    ),
    "no_beat": (
        lazy("Nothing periodic runs"),
        lazy("Beat, the broker and a worker have not shown themselves together for a minute."),
        lazy("Start what is missing. Until then nothing is sent, read or watched; nothing is lost either."),
    ),
    "no_broker": (
        lazy("The broker does not answer"),
        lazy("Redis, or whatever REDIS_URL names, does not answer."),
        lazy("Start it again. Rows wait in the database and go on when it is back."),
    ),
}


def _said(part: int, said: Said) -> str:
    known = accounts.connectors()
    values = {"n": "", "why": "", "day": "", **said.data}
    values["platform"] = known[said.about].name if said.about in known else said.about
    words = WORDS.get(said.kind)
    return str(words[part]) % values if words else _("Something needs somebody: %(kind)s") % {"kind": said.kind}


def title(said: Said) -> str:
    return _said(0, said)


def sentence(said: Said) -> str:
    return _said(1, said)


def step(said: Said) -> str:
    return _said(2, said)
