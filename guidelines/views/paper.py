"""For somebody without a device: the text to sign on paper, and the signature recorded in two steps, since it cannot be
taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.rules import require
from core import clock, languages, markdown
from guidelines import actions, rules, texts
from guidelines.forms import PaperForm
from guidelines.models import OWED, Due, Guideline


@require(rules.can_write)
def paper(request: HttpRequest, due_id: int) -> HttpResponse:
    due = get_object_or_404(Due.objects.select_related("member", "publication__version", "guideline"), pk=due_id)
    if due.state not in OWED:
        messages.info(request, _("It was signed already, or nobody has to sign it any more."))
        return redirect("guidelines:coverage", due.guideline_id)
    step = request.POST.get("do", "")
    form = PaperForm(request.POST or None, due=due, at=clock.now())
    context = {"form": form, "due": due}
    if request.method == "POST" and form.is_valid() and step != "change" and _may_be_recorded(request, due, form):
        if step != "record":
            return render(request, "guidelines/paper_sure.html", context)
        try:
            made = actions.record_signature(actor=request.user, due=due, at=clock.now(), **form.cleaned_data)
        except actions.CannotDo as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("The signature of %(name)s is recorded.") % {"name": due.member.name})
            return redirect("guidelines:receipt", made.pk)
    return render(request, "guidelines/paper.html", context, status=422 if form.errors else 200)


def _may_be_recorded(request: HttpRequest, due: Due, form: PaperForm) -> bool:
    said = {name: form.cleaned_data[name] for name in ("typed_name", "day", "checked")}
    try:
        actions.allow_record(actor=request.user, due=due, at=clock.now(), **said)
    except actions.OtherName as error:
        form.ask_whether_checked(error.sentence)
    except actions.CannotDo as error:
        form.add_error(None, error.sentence)
    return not form.errors


@require(rules.can_write)
@require_safe
def sheet(request: HttpRequest, guideline_id: int) -> HttpResponse:
    """The text as it is out, with a line for name, day and signature."""
    guideline = get_object_or_404(Guideline.objects.filter(versions__state="published"), pk=guideline_id)
    published = get_object_or_404(guideline.publications, version__state="published")
    wanted = request.GET.get("language", published.language)
    text, language = texts.text_of(published.content, wanted, published.language)
    context = {
        "guideline": guideline,
        "publication": published,
        "text": text,
        "language": language,
        "languages": [(code, languages.own_name(code)) for code in published.content],
        "sections": [(one, markdown.to_html(one.body)) for one in text.sections],
        "helper": guideline.helper,
    }
    return render(request, "guidelines/sheet.html", context)
