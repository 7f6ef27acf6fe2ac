"""What one line of a file says of a story. NotReady tells what is wrong with it; nothing is guessed and nothing cut."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from audiences import queries as audiences
from audiences.models import Audience
from connectors.text import LONGEST as LONGEST_WORDS
from content import queries
from content.actions.errors import NotReady
from content.actions.kinds import belongs
from content.actions.stories import CaptionWords, StoryWords
from content.models import Campaign, Story, Topic
from content.queries.tables import EVERYBODY, LEFT_OUT, MOST, OF_STORY, OF_WORDS, words_column, words_columns
from core import zones
from core.csvfiles import FORMULA, plain

NEEDED = ("title",)
# As a page names them: those of one suggestion stand for those of all.
COLUMNS = (*OF_STORY, *words_columns(1))
KNOWN = {*OF_STORY, *words_columns(MOST), LEFT_OUT}
# What needs a file of its own cannot come in by a table.
KINDS = (Story.WEB, Story.WORDS, Story.VIDEO, Story.INTERNAL)
LONGEST = {"title": 300, "campaign word": 60, "picture licence": 200}
TRUE, FALSE = ("yes", "y", "x", "true", "1", "ja"), ("", "no", "n", "false", "0", "nein")

Cells = Mapping[str, str]


@dataclass(frozen=True)
class Line:
    """One line of the file, numbered as its program shows it."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Here:
    """What a line may name, each by its name in small letters."""

    topics: Mapping[str, Topic]
    campaigns: Mapping[str, Campaign]
    audiences: Mapping[str, Audience]
    platforms: Mapping[str, str]


def here() -> Here:
    platforms = {name.casefold(): key for key, named in queries.platform_names().items() for name in (key, named)}
    return Here(
        {one.name.casefold(): one for one in Topic.objects.all()},
        {one.name.casefold(): one for one in queries.open_campaigns()},
        {one.name.casefold(): one for one in audiences.named()},
        platforms,
    )


def lines_of(rows: Sequence[Sequence[str]]) -> tuple[list[Line], list[str]]:
    """The lines that hold something, by column, and the names of columns we do not know."""
    names = [cell.casefold().replace("_", " ") for cell in rows[0]] if rows else []
    if missing := [name for name in NEEDED if name not in names]:
        text = _("These columns are missing: %(missing)s. The first line names the columns: %(all)s.")
        raise NotReady(text % {"missing": ", ".join(missing), "all": ", ".join(COLUMNS)})
    lines = [
        Line(number, {name: cell for name, cell in zip(names, row, strict=False) if name in KNOWN})
        for number, row in enumerate(rows[1:], start=2)
        if any(row)
    ]
    if not lines:
        raise NotReady(_("There is nothing below the names of the columns."))
    return lines, [name for name in names if name and name not in KNOWN]


def read_line(cells: Cells, here: Here, member: User) -> tuple[StoryWords, list[CaptionWords]]:
    """Raises NotReady with what is wrong in this line."""
    said = _plain(cells)
    words = words_of(said, here, member)
    captions = [one for number in range(1, MOST + 1) if (one := caption_of(said, number, here, words.language))]
    for column, part, filled in (("address", "url", said.get("address")), ("words 1", "captions", captions)):
        if filled and not belongs(part, words.kind):
            text = _("“%(column)s” is filled in, but a story of the kind “%(kind)s” has none.")
            raise NotReady(text % {"column": column, "kind": words.kind})
    return words, captions


def _plain(cells: Cells) -> Cells:
    for name, cell in cells.items():
        if cell.startswith(FORMULA[0]):
            raise NotReady(_("“%(column)s” holds a formula. Please put its text there.") % {"column": name})
    said = {name: plain(cell) for name, cell in cells.items()}
    for name, most in LONGEST.items():
        if len(said.get(name, "")) > most:
            text = _("“%(column)s” is longer than %(most)s characters. Please shorten it.")
            raise NotReady(text % {"column": name, "most": most})
    return said


def words_of(cells: Cells, here: Here, member: User) -> StoryWords:
    kind = cells.get("kind", "").lower() or (Story.WEB if cells.get("address") else Story.WORDS)
    if kind not in KINDS:
        text = _("“%(kind)s” is no kind a table can bring. There are: %(kinds)s.")
        raise NotReady(text % {"kind": kind[:40], "kinds": ", ".join(KINDS)})
    begins, ends, first, urgent = (
        moment_of(cells.get(name, ""), member) for name in ("goes live", "ends", "stands first until", "urgent until")
    )
    return StoryWords(
        title=cells.get("title", ""), kind=kind, url=cells.get("address", ""), summary=cells.get("summary", ""),
        topic=topic_of(cells, here), language=language_of(cells.get("language", ""), member.language),
        campaign=campaign_of(cells, here), utm_campaign=cells.get("campaign word", ""),
        audience=audience_of(cells, here), partnership=is_so(cells, "rewarded"), live_from=begins, expires_at=ends,
        pinned_until=first, urgent_until=urgent, picture_rights=rights_of(cells),
        picture_note=cells.get("picture licence", ""),
    )  # fmt: skip


def caption_of(cells: Cells, number: int, here: Here, language: str) -> CaptionWords | None:
    text, spoken, platform, _locked, _makers, comment = (cells.get(words_column(number, part), "") for part in OF_WORDS)
    locked = is_so(cells, words_column(number, "locked"))
    if not text and not comment:
        return None
    if not text or max(len(text), len(comment)) > LONGEST_WORDS:
        why = _("There are no words in this suggestion yet.") if not text else _("It is too long for every platform.")
        raise NotReady(_in_column(number, why))
    if problem := queries.blank_problem(text, locked=locked) or queries.comment_problem(comment):
        raise NotReady(_in_column(number, problem))
    connector = here.platforms.get(platform.casefold(), "")
    if platform and not connector:
        raise NotReady(_in_column(number, _("There is no platform “%(name)s” here.") % {"name": platform[:40]}))
    makers = is_so(cells, words_column(number, "for makers"))
    return CaptionWords(text, connector, language_of(spoken, language), None, locked, makers, comment)


def _in_column(number: int, problem: str) -> str:
    return f"“{words_column(number)}”: {problem}"


def topic_of(cells: Cells, here: Here) -> Topic | None:
    named = cells.get("topic", "")
    if named and named.casefold() not in here.topics:
        raise NotReady(_("There is no topic “%(topic)s” here.") % {"topic": named[:60]})
    return here.topics.get(named.casefold())


def campaign_of(cells: Cells, here: Here) -> Campaign | None:
    named = cells.get("campaign", "")
    if named and named.casefold() not in here.campaigns:
        text = _("There is no campaign “%(campaign)s” here that still runs. Open it again, or empty its cell.")
        raise NotReady(text % {"campaign": named[:80]})
    return here.campaigns.get(named.casefold())


def audience_of(cells: Cells, here: Here) -> Audience | None:
    """None is everybody. What is not known opens a story to nobody else: the line is refused."""
    named = cells.get("audience", "")
    if found := here.audiences.get(named.casefold()):
        return found
    if named.casefold() in ("", EVERYBODY):
        return None
    if named.startswith("("):
        text = _("The audience %(whom)s has no name, so it cannot be found again, and nobody else shall see the story. "
            "Keep it under a name and write that here, or take the line out.")  # fmt: skip
        raise NotReady(text % {"whom": named[:300]})
    raise NotReady(_("There is no audience “%(audience)s” here.") % {"audience": named[:80]})


def rights_of(cells: Cells) -> str:
    rights = cells.get("picture rights", "").lower()
    if rights not in ("", *Story.RIGHTS):
        text = _("“%(rights)s” does not say whose the picture is. There are: %(all)s.")
        raise NotReady(text % {"rights": rights[:40], "all": ", ".join(Story.RIGHTS)})
    return rights


def language_of(text: str, usual: str) -> str:
    language = text.lower() or usual
    if not (language.replace("-", "").isalpha() and 2 <= len(language) <= 8):
        raise NotReady(_("“%(language)s” is no language. Write it as en or de.") % {"language": language[:20]})
    return language


def is_so(cells: Cells, column: str) -> bool:
    said = cells.get(column, "").casefold()
    if said not in (*TRUE, *FALSE):
        raise NotReady(_("“%(column)s” is either yes or empty.") % {"column": column})
    return said in TRUE


def moment_of(text: str, member: User) -> datetime | None:
    try:
        return zones.to_utc(datetime.fromisoformat(text).replace(tzinfo=None), member.time_zone).at if text else None
    except (ValueError, OverflowError):
        raise NotReady(
            _("“%(text)s” is no day and time. Write it as 2026-11-24 09:30.") % {"text": text[:40]}
        ) from None
