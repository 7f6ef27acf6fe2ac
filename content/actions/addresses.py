from urllib.parse import urljoin

from django.utils.translation import gettext as _

from content.actions.errors import BadAddress
from core.http import Refused, origin_of

LONGEST = 2000
SHOWN = 90


def web_address(text: str) -> str:
    """An address that may be shared or read; BadAddress says what is wrong with it."""
    address = text.strip()
    if not address:
        raise BadAddress(_("Please give the address of the page."))
    if len(address) > LONGEST:
        raise BadAddress(_("This address is longer than 2,000 characters. Is there a shorter one?"))
    if any(char.isspace() or ord(char) < 32 for char in address):
        raise BadAddress(_("There is a space in this address. Please copy it once more."))
    try:
        origin_of(address)
    except Refused:
        raise BadAddress(
            _("“%(address)s” cannot be shared. Please give a page that starts with https:// or http://.")
            % {"address": address[:80]}
        ) from None
    return address


def as_title(address: str) -> str:
    """What a draft is called while nobody knows more of it than its address."""
    return address[:SHOWN]


def joined(base: str, address: str | None) -> str:
    """The address as seen from the page it stands on; empty when it is none we could open."""
    try:
        return web_address(urljoin(base, (address or "").strip()))
    except (BadAddress, ValueError):
        return ""
