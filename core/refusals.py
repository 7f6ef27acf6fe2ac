"""Expected refusals of verbs, which pages catch once and show as they stand."""


class CannotDo(Exception):
    """An expected refusal. `sentence` says what happened and what to do, and is shown as it stands."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotAllowed(CannotDo):
    """This person may not do this."""


class MovedOn(CannotDo):
    """Somebody else moved it first."""


class EditedMeanwhile(CannotDo):
    """Somebody else saved it while this person was writing."""


class NotReady(CannotDo):
    """Something is missing or does not fit."""
