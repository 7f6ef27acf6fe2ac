class CannotDo(Exception):
    """An expected refusal. `sentence` says what happened and what to do, and is shown as it stands."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotAllowed(CannotDo):
    """This person may not do this to this guideline."""


class MovedOn(CannotDo):
    """Somebody else moved the version first, or a newer one is out."""


class EditedMeanwhile(CannotDo):
    """Somebody else saved the version while this person was writing."""


class NotReady(CannotDo):
    """Something is missing or does not fit."""
