"""Stories from a file: read and checked line by line, then all of them made at once, or none."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from content import rules
from content.actions.errors import CannotDo, MovedOn, NotAllowed, NotReady
from content.actions.import_lines import here, lines_of, read_line
from content.actions.stories import fields_of, make_story
from content.queries.tables import EVERYBODY, LEFT_OUT
from core import audit, wake
from core.csvfiles import NotATable, plain, read_csv
from core.flow import ForbiddenMove, LostRace, move
from core.models import Job
from core.sheets import is_sheet, read_sheet

KIND = "story_import"
LEASE = timedelta(minutes=10)
MOST_TRIES = 3
MOST_PROBLEMS = 200


def check_import(*, actor: User, content: bytes, name: str, at: datetime) -> Job:
    """The dry run: nothing is made yet, and what is wrong stands in `problems`. Raises NotAllowed, NotReady."""
    if not rules.can_curate(actor):
        raise NotAllowed(_("Only curators may do this."))
    try:
        rows = read_sheet(content) if is_sheet(content) else read_csv(content)
    except NotATable as error:
        raise NotReady(error.sentence) from None
    lines, ignored = lines_of(rows)
    known, problems = here(), []
    for line in lines:
        try:
            fields_of(read_line(line.cells, known, actor)[0], ())
        except CannotDo as error:
            problems.append({"line": line.number, "sentence": error.sentence})
    data = {"lines": [[line.number, line.cells] for line in lines], "ignored": ignored}
    return Job.objects.create(
        kind=KIND, by=actor, name=name[:200], data=data, problems=problems[:MOST_PROBLEMS], total=len(lines),
        created_at=at, state="checked", state_at=at,
    )  # fmt: skip


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
    known = here()
    for number, (line, cells) in enumerate(job.data["lines"], start=1):
        words, captions = read_line(cells, known, job.by)
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
    return [
        {"line": number, "title": cells.get("title"), "address": cells.get("address"), "audience": whom(cells)}
        for number, cells in job.data.get("lines", [])[:most]
    ]


def whom(cells: dict[str, str]) -> str:
    """For whom a line says its story is; empty for everybody."""
    said = plain(cells.get("audience", ""))
    return "" if said.casefold() == EVERYBODY else said


def by_audience(job: Job) -> list[tuple[str, int]]:
    """How many stories of the whole file are for whom, those for everybody first."""
    said = [whom(cells) for _line, cells in job.data.get("lines", [])]
    counts, spelt = Counter(map(str.casefold, said)), {one.casefold(): one for one in reversed(said)}
    return [(spelt[name], count) for name, count in sorted(counts.items())]


def left_out(job: Job) -> list[tuple[int, str]]:
    """By line, what did not fit into the table when it was taken along."""
    return [(line, said) for line, cells in job.data.get("lines", []) if (said := cells.get(LEFT_OUT, ""))]
