"""A member's own pages: what is worth a few minutes, the paths, and a certificate. All of it is theirs alone."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.rules import is_member, require
from core import clock
from learning import actions, queries, rules, shipped
from learning.forms import TOPIC_WORDS
from learning.printing import certificate_pdf

LONGEST_SEARCH = 100


@require(is_member)
def mine(request: HttpRequest) -> HttpResponse:
    member = request.user
    lessons, known = queries.library(), queries.progress_of(member)
    rows = queries.rows_of(lessons.values(), known, member.language)
    paths = queries.path_rows(member, lessons, known)
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    topic = request.GET.get("topic", "")
    about = [row for row in rows if topic not in TOPIC_WORDS or row.lesson.topic == topic]
    found = [row for row in about if queries.matches(row.text, words)]
    context = {
        "today": queries.today(paths, rows),
        "paths": paths,
        "rows": found,
        "all": len(rows),
        "words": words,
        "topic": topic,
        "topics": TOPIC_WORDS.items(),
        "certificates": [one for one in paths if one.certificate],
        "keeps": queries.has_anything(member),
        "writes": rules.can_write(member),
    }
    return render(request, "learning/mine.html", context)


@require(is_member)
def path(request: HttpRequest, key: str) -> HttpResponse:
    """One path, its lessons in order. Chosen and left with one tap; finished, it has a certificate."""
    found = shipped.paths().get(key)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _answer(request, found)
    lessons, known = queries.library(), queries.progress_of(request.user)
    row = next((one for one in queries.path_rows(request.user, lessons, known) if one.path == found), None)
    if row is None:
        raise Http404
    return render(request, "learning/path.html", {"row": row, "everybody": shipped.EVERYBODY})


def _answer(request: HttpRequest, found: shipped.LearningPath) -> HttpResponse:
    do, at = request.POST.get("do"), clock.now()
    if do == "choose":
        actions.choose_path(actor=request.user, path=found, at=at)
        messages.success(request, _("It is your path now. Its next lesson waits for you under Learning."))
    elif do == "leave":
        actions.leave_path(actor=request.user, path=found)
        messages.success(request, _("It is not your path any more. What you have done stays."))
    elif do == "certificate":
        try:
            made = actions.make_certificate(actor=request.user, path=found, at=at)
        except actions.CannotDo as error:
            messages.error(request, error.sentence)
        else:
            return redirect("learning:certificate", made.number)
    else:
        raise Http404
    return redirect("learning:path", found.key)


@require(is_member)
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """For its owner to print or to keep. Nobody else can look it up."""
    found = queries.certificate_of(request.user, number)
    if found is None:
        raise Http404
    lessons = [(one["title"], one["language"], parse_datetime(one["day"])) for one in found.lessons]
    return render(request, "learning/certificate.html", {"certificate": found, "lessons": lessons})


@require(is_member)
def certificate_file(request: HttpRequest, number: str) -> HttpResponse:
    """The same as a PDF."""
    found = queries.certificate_of(request.user, number)
    if found is None:
        raise Http404
    made = certificate_pdf(found, member=request.user, language=request.user.language)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="certificate-{found.number}.pdf"'
    return answer


@require(is_member)
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    actions.forget_progress(actor=request.user)
    messages.success(request, _("Everything that was kept of your learning is deleted."))
    return redirect("learning:mine")
