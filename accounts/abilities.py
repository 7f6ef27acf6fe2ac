"""What can be done on a platform, as words for a page: made from the connector's data, so that no page names one."""

from dataclasses import dataclass

from django.utils.formats import date_format, number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _

from accounts.sentences import translated
from connectors import registry
from connectors.base import Carries, Connector
from core.reachable import is_reachable


@dataclass(frozen=True)
class Ability:
    """`can` is None where it is a measure and no question of yes or no."""

    name: str
    can: bool | None
    words: str


def abilities(platform: Connector) -> list[Ability]:
    """One line for each thing people ask about. New data of connectors becomes a line here."""
    facts = registry.facts_of(platform)
    return [
        Ability(_("Length"), None, length_in_words(platform)),
        yes_or_no(
            _("Our picture beside the link"),
            platform.sends_picture,
            no=_("It draws the card from the page behind the link."),
        ),
        *held(platform.carries),
        yes_or_no(_("Delete from here"), platform.can_delete, no=_("Only over there.")),
        lost_answer(platform),
        yes_or_no(
            _("Figures of a post"),
            platform.can_read,
            yes=in_a_row([figure_in_words(kind) for kind in platform.figures]),
            no=_("Visits through your link are counted by us."),
        ),
        Ability(_("How long a connection holds"), None, gettext(facts.lasts)),
        *([version_in_words(platform)] if platform.version else []),
        yes_or_no(
            _("Disconnecting tells it to forget us"),
            platform.can_revoke,
            no=_("We throw our key away; end our permission over there as well."),
        ),
    ]


def held(carries: Carries) -> list[Ability]:
    """What a post may hold besides words and a link."""
    return [
        pictures(carries),
        yes_or_no(_("A document (PDF)"), carries.documents, no=_("The link goes out with its card.")),
        yes_or_no(_("Choose who sees it"), len(carries.visibilities) > 1),
        yes_or_no(_("A content warning before it"), carries.warning),
        yes_or_no(
            _("The platform’s own label where sharing is rewarded"),
            carries.partnership,
            no=_("The line that says where you work is in the words."),
        ),
    ]


def pictures(carries: Carries) -> Ability:
    name, count = _("Pictures in a post"), {"n": carries.pictures}
    if carries.fetches and not is_reachable():
        return Ability(name, False, _("It fetches them from us, which needs a public address of this installation."))
    words = ngettext("%(n)s, with a description.", "Up to %(n)s, each with a description.", carries.pictures) % count
    return yes_or_no(name, carries.pictures > 0, yes=words)


def length_in_words(platform: Connector) -> str:
    own = _(" Each server may allow another number.") if platform.needs_origin else ""
    return f"{number_format(platform.limit, force_grouping=True)} {translated(platform.counts)}.{own}"


def lost_answer(platform: Connector) -> Ability:
    """Whether we find out by ourselves if a post is up after its answer got lost."""
    name = _("Find out when an answer got lost")
    if platform.can_find:
        return Ability(name, True, _("We look before anything is sent again."))
    if platform.resend_safe_after is not None:
        words = _("The same post sent again is recognised there. Where that settles nothing, we ask you.")
        return Ability(name, True, words)
    return Ability(name, False, _("Nobody can look, so we ask you and never send twice."))


def version_in_words(platform: Connector) -> Ability:
    until = platform.version_dies_on()
    words = _("%(version)s, which it may retire from %(day)s on.") if until else _("%(version)s, which we do not know.")
    day = date_format(until, "DATE_FORMAT") if until else ""
    return Ability(_("Version of its interface"), None, words % {"version": platform.version, "day": day})


def yes_or_no(name: str, can: bool, *, yes: str = "", no: str = "") -> Ability:
    return Ability(name, can, yes if can else no)


def figure_in_words(kind: str) -> str:
    """A kind of connectors.base.Reading; no two are the same thing."""
    words = {
        "impressions": _("times shown"),
        "reach": _("people reached"),
        "views": _("views"),
        "likes": _("reactions"),
        "replies": _("answers"),
        "reposts": _("reposts"),
        "quotes": _("quotes"),
        "saves": _("saves"),
        "clicks": _("clicks over there"),
    }
    return words.get(kind, kind)


def in_a_row(words: list[str]) -> str:
    line = get_text_list(words, _("and"))
    return f"{line[:1].upper()}{line[1:]}." if line else ""
