"""What members write: a suggested caption, their own sentence, or both, as long as the platform allows."""

from random import Random

from advocacy.demo import written
from advocacy.demo.content import Told
from advocacy.demo.people import Person

# Letters left for the words beside the disclosure; X counts the link too.
ROOM = {"x": 210, "bluesky": 260, "mastodon": 430, "threads": 430, "linkedin": 2500}


def compose(rng: Random, person: Person, told: Told, connector: str) -> str:
    language = "de" if person.user.language == "de" and rng.random() < 0.8 else "en"
    if told.source.language == "de":
        language = "de"
    caption = rng.choice(suitable(told, connector, language) or [told.source.summary])
    remark = rng.choice(remarks(told, language))
    room, roll = ROOM.get(connector, 600), rng.random()
    if roll < 0.42 and len(caption) + len(remark) < room:
        return f"{remark} {caption}" if rng.random() < 0.5 else f"{caption} {remark}"
    if roll > 0.85 or len(caption) > room:
        return f"{remark} {told.source.title}." if len(remark) + len(told.source.title) < room else remark
    return caption


def suitable(told: Told, connector: str, language: str) -> list[str]:
    captions = [one for one in told.source.captions if one[0] in ("", connector)]
    return [words for _, spoken, words in captions if spoken == language] or [words for _, _, words in captions]


def remarks(told: Told, language: str) -> list[str]:
    known = written.remarks()[language]
    return known["any"] + known[told.source.topic] * 2
