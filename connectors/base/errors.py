"""The five answers that decide what happens to a share. Nothing else leaves a connector."""

from datetime import datetime

from connectors.text import printable

LONGEST_CODE = 100


class ConnectorError(Exception):
    """`sentence` is for people; `code` is for us: the platform's own code where it has one. Both are printable,
    whatever the platform wrote."""

    def __init__(self, sentence: str, code: str = "") -> None:
        self.sentence = printable(sentence)
        self.code = printable(code)[:LONGEST_CODE]
        super().__init__(self.sentence)


class Rejected(ConnectorError):
    """Refused for good: sending the same again will not help."""


class NeedsRelink(ConnectorError):
    """The platform no longer takes this account's token.

    `refresh_may_help` is set where it may merely have run out: refresh once, then believe it.
    """

    def __init__(self, sentence: str, code: str = "", *, refresh_may_help: bool = False) -> None:
        super().__init__(sentence, code)
        self.refresh_may_help = refresh_may_help


class RateLimited(ConnectorError):
    """Not done, and nothing to be done before `until`."""

    def __init__(self, sentence: str, code: str = "", *, until: datetime) -> None:
        super().__init__(sentence, code)
        self.until = until


class Unavailable(ConnectorError):
    """Surely not done, and it may go later.

    `operator` means that our own app is at fault (credit used up, version retired, app suspended): no member can
    mend it, so the whole platform is to be paused and the administrators told.
    """

    def __init__(self, sentence: str, code: str = "", *, operator: bool = False) -> None:
        super().__init__(sentence, code)
        self.operator = operator


class OutcomeUnknown(ConnectorError):
    """The request left and no usable answer came back: the post may be up."""
