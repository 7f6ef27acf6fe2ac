class CannotDo(Exception):
    """An expected refusal. `sentence` says what happened and what to do, and is shown as it stands."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotAllowed(CannotDo):
    """This person may not do this to this story."""


class MovedOn(CannotDo):
    """Somebody else moved the story or feed first."""


class EditedMeanwhile(CannotDo):
    """Somebody else saved the story while this person was writing."""


class NotReady(CannotDo):
    """Something is missing or does not fit."""


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
