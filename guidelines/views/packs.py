"""Evidence for auditors: asked for, watched, found again and taken."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.rules import require
from core import clock
from guidelines import actions, archive, rules
from guidelines.actions.packing import KEPT_DAYS
from guidelines.actions.packing.telling import person_word
from guidelines.forms import PackForm
from guidelines.models import Pack

SHOWN = 50


@require(rules.can_ask_for_packs)
def packs(request: HttpRequest) -> HttpResponse:
    form = PackForm(request.POST) if request.method == "POST" else PackForm(at=clock.now())
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask_pack(actor=request.user, at=clock.now(), **form.cleaned_data)
        except actions.CannotDo as error:
            form.add_error(None, error.sentence)
        else:
            return redirect("guidelines:pack", made.pk)
    asked = Pack.objects.select_related("asked_by", "guideline").defer("plan", "files").order_by("-asked_at", "-pk")
    context = {"form": form, "packs": asked[:SHOWN], "days": KEPT_DAYS, "writes": rules.can_write(request.user)}
    return render(request, "guidelines/packs.html", context, status=422 if form.errors else 200)


@require(rules.can_ask_for_packs)
@require_safe
def pack(request: HttpRequest, pack_id: int) -> HttpResponse:
    """Everybody who may ask sees who asked for what; the files are for whoever asked."""
    found = get_object_or_404(Pack.objects.select_related("asked_by", "guideline"), pk=pack_id)
    context = {
        "pack": found,
        "person": person_word(found) if found.member_id else "",
        "done": len(found.files),
        "listed": len(found.files) - 1,  # by the manifest, which does not list itself
        "faults": sum(one.get("faults", 0) for one in found.files),
        "rows": sum(one["rows"] for one in found.files),
        "can_take": rules.can_take_pack(request.user, found) and found.state == "ready",
        "head": found.plan.get("head"),
        "days": KEPT_DAYS,
    }
    return render(request, "guidelines/pack.html", context)


@require(rules.can_ask_for_packs)
@require_safe
def pack_file(request: HttpRequest, pack_id: int) -> HttpResponseBase:
    found = get_object_or_404(Pack, pk=pack_id)
    if not rules.can_take_pack(request.user, found):
        raise Http404
    try:
        file = (archive.folder_of(found.pk) / archive.ZIP).open("rb")
        actions.take_pack(actor=request.user, pack=found, at=clock.now())
    except FileNotFoundError:
        messages.error(request, _("Its files are not here. Ask for the pack once more; it will be the same."))
        return redirect("guidelines:pack", found.pk)
    except actions.CannotDo as error:
        file.close()
        messages.error(request, error.sentence)
        return redirect("guidelines:pack", found.pk)
    headers = {"Cache-Control": "no-store"}
    return FileResponse(
        file, as_attachment=True, filename=f"{found.stem}.zip", content_type="application/zip", headers=headers
    )
