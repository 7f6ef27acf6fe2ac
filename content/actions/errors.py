"""What verbs of stories refuse with: the common refusals, and some of their own."""

from core.refusals import CannotDo, EditedMeanwhile, MovedOn, NotAllowed, NotReady

__all__ = ["BadAddress", "BadPicture", "CannotDo", "EditedMeanwhile", "MovedOn", "NotAFeed", "NotAllowed", "NotReady"]


class BadAddress(NotReady):
    """Not an address that can be shared or read."""


class BadPicture(NotReady):
    """Not a picture we can use."""


class NotAFeed(Exception):
    """What came back is no feed. `advertised` is the address of the feed the page names, or empty."""

    def __init__(self, sentence: str, advertised: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.advertised = advertised
