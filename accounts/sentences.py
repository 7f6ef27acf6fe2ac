"""Sentences of connectors in the language of whoever reads."""

from django.utils.translation import get_language, gettext, gettext_noop

from connectors.sentences import recognised

# Places one posts to by hand whose name is no firm's; connectors/assisted.py names them.
NAMES = (gettext_noop("E-mail"), gettext_noop("Another app"))


def translated(said: str) -> str:
    """As it was said where no connector says it: our own sentences are translated when they are written down."""
    if not said or (get_language() or "en") == "en":
        return said
    found = recognised(said)
    if not found:
        return said
    text, gaps = found
    return gettext(text) % {name: translated(value) for name, value in gaps.items()}
