"""Two lessons by the firm's own curators, and some who have learned a little. Nobody in the demo sees how much but they
themselves."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from accounts.models import User
from advocacy.demo.chance import dice
from advocacy.demo.sharing import Firm
from learning import actions, shipped, texts

FILE = Path(__file__).parent / "lessons.toml"
LEARN, DAYS = 0.4, 40  # how many of them have begun, and since when


def learn(firm: Firm) -> None:
    """After people are saved."""
    for raw in tomllib.loads(FILE.read_text())["lesson"]:
        write(firm.person("sofia").user, raw, firm.at - timedelta(days=12))
    for person in firm.people:
        luck = dice(firm.seed, "learns", person.user.name)
        if person.user.is_active and person.key != "mina" and luck.random() < LEARN:
            begun_at = firm.at - timedelta(days=luck.uniform(1, DAYS))
            take(person.user, "everybody", luck.choice([1, 1, 2, 3]), begun_at)
    mina = firm.person("mina").user
    take(mina, "everybody", 3, firm.at - timedelta(days=9))
    actions.make_certificate(actor=mina, path=shipped.paths()["everybody"], at=firm.at)
    actions.choose_path(actor=mina, path=shipped.paths()["product"], at=firm.at - timedelta(days=6))
    take(mina, "product", 1, firm.at - timedelta(days=5))
    actions.keep_place(actor=mina, lesson=shipped.lessons()["forums"], card=2, at=firm.at - timedelta(hours=20))


def write(curator: User, raw: dict[str, Any], at: datetime) -> None:
    title = raw["en"]["title"]
    row = actions.begin_lesson(actor=curator, language="en", title=title, at=at)
    for language in [code for code in ("en", "de") if code in raw]:
        words = actions.LessonWords(language, texts.read(raw[language]), raw["topic"], raw["kind"])
        actions.edit_lesson(actor=curator, lesson=row, edition=row.edition, words=words, at=at)
    if raw["out"]:
        actions.publish_lesson(actor=curator, lesson=row, edition=row.edition, at=at)


def take(member: User, path: str, lessons: int, at: datetime) -> None:
    """The first so many of a path, one an evening."""
    for number, key in enumerate(shipped.paths()[path].lessons[:lessons]):
        actions.say_done(actor=member, lesson=shipped.lessons()[key], at=at + timedelta(days=number))
