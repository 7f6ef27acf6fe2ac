"""The firm's own networks: visits from there are recorded and never counted.

The addresses stand in a table of a higher layer, so the project hands in how to ask for them.
"""

import logging
import time
from collections.abc import Callable, Iterable

from links.redirect.database import mended
from links.redirect.visitor import Network, parse_networks

log = logging.getLogger(__name__)

LIFE = 30.0

Source = Callable[[], Iterable[str]]

_source: Source = tuple
_known: tuple[Network, ...] = ()
_until = 0.0


def ask(source: Source) -> None:
    """Where to ask from now on."""
    global _source, _until
    _source, _until = source, 0.0


def networks() -> tuple[Network, ...]:
    """The networks as of at most half a minute ago; what was known last while nobody answers."""
    global _known, _until
    now = time.monotonic()
    if now >= _until:
        _until = now + LIFE
        try:
            with mended():
                _known = parse_networks(_source())
        except Exception as error:  # whatever the source's world raises; a redirect must not fail for it
            log.warning("own networks unknown: %s", type(error).__name__)
    return _known
