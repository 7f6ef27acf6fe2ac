"""The one door to the outside: nothing else in the product opens a connection to another server."""

from core.http.answer import Answer, Headers
from core.http.door import Door
from core.http.errors import HttpError, Lost, NotSent, Refused, TooLarge
from core.http.guard import Policy, origin_of

__all__ = ["Answer", "Door", "Headers", "HttpError", "Lost", "NotSent", "Policy", "Refused", "TooLarge", "origin_of"]
