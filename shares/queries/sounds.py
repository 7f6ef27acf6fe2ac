"""How a post sounds, in sentences for a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shares.sounding import Hint, sound_of


@dataclass(frozen=True)
class Heard:
    spoken: str
    hints: list[str]


def heard(text: str, pictures: Sequence[str] = ()) -> Heard:
    """`pictures` are the descriptions of what the post shows."""
    sound = sound_of(text, pictures)
    return Heard(sound.spoken, list(dict.fromkeys(sentence(hint) for hint in sound.hints)))


def sentence(hint: Hint) -> str:
    found = {"found": hint.found, "better": hint.better, "number": hint.number}
    if hint.kind == "hashtag" and hint.better:
        return _("%(found)s is read as one word; %(better)s is not.") % found
    if hint.kind == "hashtag":
        return _("%(found)s is read as one word. Begin each word in it with a capital letter.") % found
    if hint.kind == "emoji":
        return _("%(found)s is read out one by one: “%(better)s”. One of them says as much.") % found
    if hint.kind == "letters":
        return _("Letters drawn like this are read sign by sign, or not at all. Written plainly: %(better)s") % found
    if hint.kind == "address":
        return _("This address is read out in full, all %(number)s signs of it: %(found)s") % found
    return (
        ngettext(
            "A picture has no words, so that nothing is said of it.",
            "%(number)s pictures have no words, so that nothing is said of them.",
            hint.number,
        )
        % found
    )
