"""Stories from a file: read and checked line by line, then all of them made at once, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from content import rules
from content.actions.errors import CannotDo, MovedOn, NotAllowed, NotReady
from content.actions.stories import CaptionWords, StoryWords, fields_of, make_story
from content.models import Story, Topic
from core import audit, wake, zones
from core.csvfiles import FORMULA, NotATable, plain, read_csv
from core.flow import ForbiddenMove, LostRace, move
from core.models import Job
from core.sheets import is_sheet, read_sheet

KIND = "story_import"
WORDS = tuple(f"words {number}" for number in range(1, 6))
COLUMNS = ("title", "kind", "address", "summary", "language", "topic", "goes live", "ends", *WORDS)
NEEDED = ("title",)
# What needs a file of its own cannot come in by a table.
KINDS = (Story.WEB, Story.WORDS, Story.VIDEO, Story.INTERNAL)
LEASE = timedelta(minutes=10)
MOST_TRIES = 3
MOST_PROBLEMS = 200


@dataclass(frozen=True)
class Line:
    """One line of the file, numbered as its program shows it."""

    number: int
    cells: dict[str, str]


def check_import(*, actor: User, content: bytes, name: str, at: datetime) -> Job:
    """The dry run: nothing is made yet, and what is wrong stands in `problems`. Raises NotAllowed, NotReady."""
    if not rules.can_curate(actor):
        raise NotAllowed(_("Only curators may do this."))
    try:
        rows = read_sheet(content) if is_sheet(content) else read_csv(content)
    except NotATable as error:
        raise NotReady(error.sentence) from None
    lines, ignored = lines_of(rows)
    topics = {topic.name.casefold(): topic for topic in Topic.objects.all()}
    problems = []
    for line in lines:
        try:
            fields_of(words_of(line.cells, topics, actor), ())
        except CannotDo as error:
            problems.append({"line": line.number, "sentence": error.sentence})
    data = {"lines": [[line.number, line.cells] for line in lines], "ignored": ignored}
    return Job.objects.create(
        kind=KIND, by=actor, name=name[:200], data=data, problems=problems[:MOST_PROBLEMS], total=len(lines),
        created_at=at, state="checked", state_at=at,
    )  # fmt: skip


def lines_of(rows: Sequence[Sequence[str]]) -> tuple[list[Line], list[str]]:
    """The lines that hold something, by column, and the names of columns we do not know."""
    names = [cell.casefold().replace("_", " ") for cell in rows[0]] if rows else []
    if missing := [name for name in NEEDED if name not in names]:
        text = _("These columns are missing: %(missing)s. The first line names the columns: %(all)s.")
        raise NotReady(text % {"missing": ", ".join(missing), "all": ", ".join(COLUMNS)})
    lines = [
        Line(number, {name: plain(cell) for name, cell in zip(names, row, strict=False) if name in COLUMNS})
        for number, row in enumerate(rows[1:], start=2)
        if any(row)
    ]
    if not lines:
        raise NotReady(_("There is nothing below the names of the columns."))
    return lines, [name for name in names if name and name not in COLUMNS]


def words_of(cells: dict[str, str], topics: dict[str, Topic], member: User) -> StoryWords:
    """Raises NotReady with what is wrong in this line."""
    for name, cell in cells.items():
        if cell.startswith(FORMULA[0]):
            raise NotReady(_("“%(column)s” holds a formula. Please put its text there.") % {"column": name})
    kind = cells.get("kind", "").lower() or (Story.WEB if cells.get("address") else Story.WORDS)
    if kind not in KINDS:
        text = _("“%(kind)s” is no kind a table can bring. There are: %(kinds)s.")
        raise NotReady(text % {"kind": kind[:40], "kinds": ", ".join(KINDS)})
    named = cells.get("topic", "")
    if named and named.casefold() not in topics:
        raise NotReady(_("There is no topic “%(topic)s” here.") % {"topic": named[:60]})
    language = cells.get("language", "").lower() or member.language
    if not (language.replace("-", "").isalpha() and 2 <= len(language) <= 8):
        raise NotReady(_("“%(language)s” is no language. Write it as en or de.") % {"language": language[:20]})
    return StoryWords(
        title=cells.get("title", ""), kind=kind, url=cells.get("address", ""), summary=cells.get("summary", ""),
        topic=topics.get(named.casefold()), language=language,
        live_from=moment_of(cells.get("goes live", ""), member), expires_at=moment_of(cells.get("ends", ""), member),
    )  # fmt: skip


def moment_of(text: str, member: User) -> datetime | None:
    try:
        return zones.to_utc(datetime.fromisoformat(text).replace(tzinfo=None), member.time_zone).at if text else None
    except (ValueError, OverflowError):
        raise NotReady(
            _("“%(text)s” is no day and time. Write it as 2026-11-24 09:30.") % {"text": text[:40]}
        ) from None


def start_import(*, actor: User, job: Job, at: datetime) -> Job:
    """Let it run. Raises NotAllowed, NotReady while lines are wrong, MovedOn."""
    if not rules.can_curate(actor):
        raise NotAllowed(_("Only curators may do this."))
    if job.problems:
        raise NotReady(_("Some lines cannot be taken as they are. Mend the file and bring it once more."))
    _move(job, "waiting", at)
    wake.ring_after_commit("content.tasks.ring_jobs")
    return job


def drop_import(*, actor: User, job: Job, at: datetime) -> Job:
    if not rules.can_curate(actor):
        raise NotAllowed(_("Only curators may do this."))
    return _move(job, "dropped", at)


def due_jobs(*, at: datetime) -> list[int]:
    """What waits; and what a worker held too long, which waits again, or has failed when that happened too often."""
    for job in Job.objects.filter(kind=KIND, state="running", lease_until__lt=at):
        try:
            if job.tries < MOST_TRIES:
                move(job, "waiting", at=at)
            else:
                lost = [{"line": 0, "sentence": _("It was interrupted several times. Nothing was brought in.")}]
                move(job, "failed", at=at, problems=lost)
        except LostRace:
            continue
    return list(Job.objects.filter(kind=KIND, state="waiting").order_by("state_at").values_list("pk", flat=True)[:20])


def run_import(*, job_id: int, at: datetime) -> Job | None:
    """Make every story in one transaction, or none. None where somebody else has the job."""
    job = Job.objects.select_related("by").filter(pk=job_id, kind=KIND, state="waiting").first()
    if job is None:
        return None
    try:
        move(job, "running", at=at, lease_until=at + LEASE, tries=job.tries + 1)
    except LostRace:
        return None
    try:
        with transaction.atomic():
            made = _make_all(job, at)
            return move(job, "done", at=at, done=made, data={"ignored": job.data["ignored"]})
    except CannotDo as error:
        return move(job, "failed", at=at, problems=[{"line": 0, "sentence": error.sentence}])


def _make_all(job: Job, at: datetime) -> int:
    if job.by is None or not rules.can_curate(job.by):
        raise NotAllowed(_("Whoever brought this file is no curator any more. Nothing was brought in."))
    topics = {topic.name.casefold(): topic for topic in Topic.objects.all()}
    for number, (line, cells) in enumerate(job.data["lines"], start=1):
        captions = [CaptionWords(cells[name]) for name in WORDS if cells.get(name, "").strip()]
        words = words_of(cells, topics, job.by)
        captions = [CaptionWords(one.text, "", words.language) for one in captions]
        story = make_story(actor=job.by, words=words, captions=captions, at=at)
        data = {"job": job.pk, "line": line}
        audit.record(actor=job.by, kind="story_imported", about=f"story:{story.pk}", at=at, data=data)
        if number % 25 == 0:
            # Seen from outside before the transaction ends; where the cache is down, there is no progress to see.
            cache.set(progress_key(job.pk), number, LEASE.total_seconds())
    return len(job.data["lines"])


def progress_key(job_id: int) -> str:
    return f"job:{job_id}"


def _move(job: Job, to: str, at: datetime) -> Job:
    try:
        return move(job, to, at=at)
    except (LostRace, ForbiddenMove):
        raise MovedOn(_("This file was dealt with meanwhile. Here is how it stands.")) from None


def as_rows(job: Job, most: int) -> list[dict[str, Any]]:
    """The first lines as the page shows them before anything is made."""
    return [{"line": number, **cells} for number, cells in job.data.get("lines", [])[:most]]
