"""A lesson as a page shows it."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from core.markdown import to_html
from learning import texts
from learning.drawings import DRAWINGS
from learning.exercises import EXERCISES
from learning.models import LessonPicture


@dataclass(frozen=True)
class ShownCard:
    """`drawing` is the name of one of ours, `address` that of an uploaded picture."""

    number: int
    card: texts.Card
    html: SafeString
    drawing: str = ""
    address: str = ""


def shown_cards(lesson: texts.Lesson, text: texts.Text) -> list[ShownCard]:
    numbers = [number for card in text.cards if (number := own_number(card.picture))]
    rows = LessonPicture.objects.filter(lesson=lesson.written, pk__in=numbers) if numbers else []
    addresses = {row.pk: row.file.url for row in rows}
    return [
        ShownCard(
            number, card, to_html(card.body), drawing_of(card.picture), addresses.get(own_number(card.picture), "")
        )
        for number, card in enumerate(text.cards, 1)
    ]


def drawing_of(picture: str) -> str:
    return f"learning/drawings/{picture}.html" if picture in DRAWINGS else ""


def own_number(picture: str) -> int:
    """Of the uploaded picture that a card names; nought for none."""
    number = picture.removeprefix(texts.OWN)
    return int(number) if picture.startswith(texts.OWN) and number.isdecimal() and len(number) < 18 else 0


def page_of(lesson: texts.Lesson, language: str) -> dict[str, Any]:
    """What a lesson's page holds, whoever looks at it."""
    text, shown_in = lesson.shown_in(language)
    return {
        "lesson": lesson,
        "text": text,
        "language": shown_in,
        "cards": shown_cards(lesson, text),
        "steps": len(text.cards) + 1,
        "exercise": EXERCISES.get(lesson.kind),
        "exercise_html": to_html(text.exercise),
        "minutes": texts.minutes(text, shown_in),
    }
