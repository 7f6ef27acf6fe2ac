"""Situations as pages show them: one after another, and only what was answered with how colleagues did."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from guidelines import actions, bank, queries
from guidelines.models import Due, Publication
from guidelines.rehearsing import scenes


def situations_for(
    request: HttpRequest, published: Publication, due: Due, answered: actions.Answered | None = None, refused: str = ""
) -> dict[str, Any]:
    """How far somebody is; and of what they answered, now or before, how colleagues did."""
    steps, language = queries.steps_of(due), request.user.language
    shares = queries.shares(published, [one.key for one in steps.past])
    past = list({one.key: one for one in steps.past}.values())
    result = told(answered.situation, language, shares, answered.choice) if answered else None
    return {
        "steps": steps,
        "result": result,
        "asked": told(steps.now, language, {}) if steps.now and not answered else None,
        "past": [told(one, language, shares) for one in past if not answered or one != answered.situation],
        "refused": refused,
    }


def told(
    one: bank.Situation, language: str, shares: Mapping[str, queries.Shares], choice: int | None = None
) -> dict[str, Any]:
    """A situation as a page shows it."""
    said, shown = one.told(language)
    counted = shares.get(one.key)
    answers = [
        {
            "number": number,
            "text": answer.text,
            "why": answer.why,
            "is_good": one.good[number],
            "is_chosen": number == choice,
            "count": counted.counts[number] if counted else None,
            "percent": counted.percents[number] if counted else None,
        }
        for number, answer in enumerate(said.answers)
    ]
    return {
        "key": one.key,
        "language": shown,
        "said": said,
        "answers": answers,
        "chosen": next((answer for answer in answers if answer["is_chosen"]), None),
        "people": counted.people if counted else 0,
        "rehearsal": one.rehearsal if one.rehearsal in scenes() else "",
    }
