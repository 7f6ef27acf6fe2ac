"""Stories from a file and into one: a dry run first, then work that can be left and found again."""

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.rules import is_curator, require
from content import actions, queries
from content.actions.errors import CannotDo
from content.actions.import_lines import COLUMNS
from content.actions.importing import KIND, as_rows, by_audience, left_out, progress_key
from core import clock
from core.csvfiles import LARGEST, write_csv
from core.models import Job
from core.sheets import write_sheet

SHOWN = 10
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require(is_curator)
def files(request: HttpRequest) -> HttpResponse:
    problem = ""
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            if upload is None:
                raise CannotDo(_("Please choose a file first."))
            # One byte more than we take says that it is too large, and no more than that is read.
            content = upload.read(LARGEST + 1)
            job = actions.check_import(actor=request.user, content=content, name=upload.name or "", at=clock.now())
        except CannotDo as error:
            problem = error.sentence
        else:
            return redirect("content:file", job.pk)
    recent = Job.objects.filter(kind=KIND).select_related("by").defer("data").order_by("-created_at")[:SHOWN]
    context = {"problem": problem, "jobs": recent, "columns": COLUMNS}
    return render(request, "curate/files.html", context, status=422 if problem else 200)


@require(is_curator)
@require_safe
def file(request: HttpRequest, job_id: int) -> HttpResponse:
    job = get_object_or_404(Job.objects.select_related("by"), pk=job_id, kind=KIND)
    under_way = job.state in ("waiting", "running")
    context = {
        "job": job,
        "rows": as_rows(job, SHOWN) if job.state == "checked" else [],
        "by_audience": by_audience(job) if job.state == "checked" else [],
        "left_out": left_out(job) if job.state == "checked" else [],
        "under_way": under_way,
        "done": cache.get(progress_key(job.pk), 0) if under_way else job.done,
    }
    return render(request, "curate/file.html", context)


@require(is_curator)
@require_POST
def decide(request: HttpRequest, job_id: int, name: str) -> HttpResponse:
    verb = {"start": actions.start_import, "drop": actions.drop_import}.get(name)
    if verb is None:
        raise Http404
    job = get_object_or_404(Job, pk=job_id, kind=KIND)
    try:
        verb(actor=request.user, job=job, at=clock.now())
    except CannotDo as error:
        messages.error(request, error.sentence)
    return redirect("content:file", job_id)


@require(is_curator)
@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in TYPES:
        raise Http404
    rows = queries.story_rows(request.user)
    content = write_csv(rows) if kind == "csv" else write_sheet("Stories", rows)
    headers = {"Content-Disposition": f'attachment; filename="stories.{kind}"'}
    return HttpResponse(content, content_type=TYPES[kind], headers=headers)
