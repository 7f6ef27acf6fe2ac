"""What can be done on a platform, as words for a page: made from the connector's data, so that no page names one."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from connectors import registry
from connectors.base import Connector


@dataclass(frozen=True)
class Ability:
    """`can` is None where it is a measure and no question of yes or no."""

    name: str
    can: bool | None
    words: str


def abilities(platform: Connector) -> list[Ability]:
    """One line for each thing people ask about. New data of connectors becomes a line here."""
    facts = registry.facts(platform.key)
    return [
        Ability(_("Length"), None, length_in_words(platform)),
        yes_or_no(
            _("Our picture beside the link"),
            platform.sends_picture,
            no=_("It draws the card from the page behind the link."),
        ),
        yes_or_no(_("Delete from here"), platform.can_delete, no=_("Only over there.")),
        lost_answer(platform),
        yes_or_no(
            _("Figures of a post"),
            platform.can_read,
            yes=in_a_row(facts.figures),
            no=_("Visits through your link are counted by us."),
        ),
        Ability(_("How long a connection holds"), None, facts.lasts),
        yes_or_no(
            _("Disconnecting tells it to forget us"),
            platform.can_revoke,
            no=_("We throw our key away; end our permission over there as well."),
        ),
    ]


def length_in_words(platform: Connector) -> str:
    own = _(" Each server may allow another number.") if platform.needs_origin else ""
    return f"{number_format(platform.limit, force_grouping=True)} {platform.counts}.{own}"


def lost_answer(platform: Connector) -> Ability:
    """Whether we find out by ourselves if a post is up after its answer got lost."""
    name = _("Find out when an answer got lost")
    if platform.can_find:
        return Ability(name, True, _("We look before anything is sent again."))
    if platform.resend_safe_after is not None:
        words = _("The same post sent again is recognised there. Where that settles nothing, we ask you.")
        return Ability(name, True, words)
    return Ability(name, False, _("Nobody can look, so we ask you and never send twice."))


def yes_or_no(name: str, can: bool, *, yes: str = "", no: str = "") -> Ability:
    return Ability(name, can, yes if can else no)


def in_a_row(words: tuple[str, ...]) -> str:
    line = get_text_list([_(word) for word in words], _("and"))
    return f"{line[:1].upper()}{line[1:]}." if line else ""
