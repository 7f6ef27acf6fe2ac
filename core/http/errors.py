class HttpError(Exception):
    """A call that brought no answer. `sentence` can be shown to a person as it stands."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Refused(HttpError):
    """Our own guard said no: nothing was sent."""


class NotSent(HttpError):
    """Surely not one byte of the request reached the other side: it may be sent again."""


class Lost(HttpError):
    """The request left, no usable answer came: it may or may not have been carried out."""


class TooLarge(Lost):
    """The answer is longer than we read. Whatever was asked for has probably happened."""
