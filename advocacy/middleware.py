"""What every answer carries: a number to find it by in the log, and the policy that forbids foreign scripts."""

import logging
import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]
request_id: ContextVar[str] = ContextVar("request_id", default="-")
PLAIN = re.compile(r"[A-Za-z0-9-]{8,64}")


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


def forbid_foreign_content(get_response: Answer) -> Answer:
    """A content security policy without `unsafe-inline`: a script slipped into a caption cannot run."""

    policy = "; ".join(f"{name} {value}" for name, value in settings.CONTENT_SECURITY_POLICY.items())

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        return response

    return answer


class WithRequestId(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True
