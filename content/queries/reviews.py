"""Words that ask staff for reviews of what their firm sells, which 16 CFR 465 forbids where they do not say who they
are. The whole list, in English and German; it is for the curator who writes, and refuses nothing a member types."""

import re

_REVIEW = r"(?:bewertung|rezension)(?:en)?\b"
_ASKS = (
    r"(?:please |kindly )?\b(?:review|rate) us\b",
    r"\b(?:leave|write|post|give) (?:us |them )?(?:a|an|your|some)?\s?(?:\w+[ -])?(?:reviews?|ratings?)\b",
    r"\b(?:five|5)[ -]stars?\b",
    r"\b(?:bewerte|bewertet|bewerten sie|rezensiert?) (?:uns|unser\w*)\b",
    rf"\b{_REVIEW} (?:schreib|hinterl|abgeb|da ?lass)\w*",
    rf"\b(?:schreib|hinterl|geb|gib|lass|verfass)\w* (?:uns )?(?:bitte )?(?:eine?|eure|ihre)? ?(?:\w+ )?{_REVIEW}",
    r"\b(?:fünf|5)[ -]sterne\b",
)
_SPEAKS = (
    r"\b(?:i|we) (?:work|am employed|are employed)\b",
    r"\b(?:my|our) (?:employer|company|firm)\b",
    r"\bas (?:an employee|a colleague|somebody who works)\b",
    r"\b(?:ich|wir) arbeiten?\b",
    r"\b(?:mein|unser) arbeitgeber\b|\b(?:meine|unsere) firma\b",
    r"\bals (?:mitarbeiter|angestellte)",
)
ASKS, SPEAKS = (re.compile("|".join(each), re.IGNORECASE) for each in (_ASKS, _SPEAKS))


def asks_for_reviews(text: str) -> bool:
    """Whether it asks for reviews without saying in the same text who is speaking."""
    return bool(ASKS.search(text)) and not SPEAKS.search(text)
