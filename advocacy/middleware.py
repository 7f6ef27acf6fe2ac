"""What every answer carries: a number to find it by in the log, and the policy that forbids foreign scripts. And what
no request may carry: characters that cannot be kept."""

import logging
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict, UnreadablePostError
from django.template.loader import render_to_string

from core import languages

Answer = Callable[[HttpRequest], HttpResponse]
request_id: ContextVar[str] = ContextVar("request_id", default="-")
PLAIN = re.compile(r"[A-Za-z0-9-]{8,64}")
# PostgreSQL takes neither NUL nor half a pair of surrogates, and nobody means to send them.
UNKEEPABLE = re.compile("[\0\ud800-\udfff]")


def name_requests(get_response: Answer) -> Answer:
    """Gives each request an id (a trusted proxy's, if it sent one), shown on error pages and in every log line."""

    def answer(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        trusted = request.META.get("REMOTE_ADDR") in settings.TRUSTED_PROXIES and PLAIN.fullmatch(given)
        request.id = given if trusted else secrets.token_hex(6)  # type: ignore[attr-defined]
        token = request_id.set(request.id)  # type: ignore[attr-defined]
        try:
            response = get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = request.id  # type: ignore[attr-defined]
        return response

    return answer


def know_new_languages(get_response: Answer) -> Answer:
    """Before anything asks which languages there are."""

    def answer(request: HttpRequest) -> HttpResponse:
        languages.look_again()
        return get_response(request)

    return answer


def forbid_foreign_content(get_response: Answer) -> Answer:
    """A content security policy without `unsafe-inline`: a script slipped into a caption cannot run."""

    policy = "; ".join(f"{name} {value}" for name, value in settings.CONTENT_SECURITY_POLICY.items())

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        return response

    return answer


class RefuseUnkeepable:
    """Answers 400 or 404 where a text that cannot be kept would otherwise break a query somewhere in a view."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Such a cookie is none of ours. Refusing would lock its browser out, so it merely counts for nothing.
        for name in [name for name, value in request.COOKIES.items() if UNKEEPABLE.search(value)]:
            del request.COOKIES[name]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Mapping[str, Any]) -> None:
        """Only now, since a form is worth reading only where there is a view for it. The CSRF check, which comes next,
        reads it anyway, so no view loses a body it wants to read for itself; uploads go to files, as ever."""
        if has_unkeepable(value for value in kwargs.values() if isinstance(value, str)):
            raise Http404
        try:
            found = has_unkeepable(texts(request.GET)) or (
                request.method == "POST" and has_unkeepable(texts(request.POST))
            )
        except UnreadablePostError:
            return  # the sender has hung up, and nobody reads what we say to it
        except (LookupError, ValueError) as error:  # a charset that is none
            raise BadRequest("form in an unknown encoding") from error
        if found:
            raise BadRequest("characters that cannot be kept")


def explain_wrong_method(get_response: Answer) -> Answer:
    """Django answers 405 with an empty page; somebody who typed an address that only takes forms gets a sentence."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response

    return answer


def texts(fields: QueryDict) -> Iterator[str]:
    for name, values in fields.lists():
        yield name
        yield from values


def has_unkeepable(several: Iterable[str]) -> bool:
    return any(UNKEEPABLE.search(text) for text in several)


class WithRequestId(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True
