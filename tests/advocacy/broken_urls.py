from django.http import HttpRequest, HttpResponse
from django.urls import path

handler500 = "advocacy.errors.something_broke"


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the secret reason")


urlpatterns = [path("broken/", broken)]
