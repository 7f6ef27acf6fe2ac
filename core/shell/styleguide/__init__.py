"""Every component in every state, on one page. Development and demo only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import clock
from core.shell.styleguide import charts, samples


def styleguide(request: HttpRequest) -> HttpResponse:
    page = samples.everything(clock.now()) | charts.everything() | {"form": samples.wrong_form()}
    return render(request, "styleguide/index.html", page)
