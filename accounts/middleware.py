"""What holds for a signed-in member on every page: a session renewed by use, their language, their time zone."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from accounts.queries import organisation
from core import clock
from core.languages import is_spoken
from core.zones import zone_of
from links.redirect.door import PREFIX

Answer = Callable[[HttpRequest], HttpResponse]
RENEWED_AT = "renewed_at"
RENEW_AFTER = timedelta(days=1)


def keep_session(get_response: Answer) -> Answer:
    """Ninety days from the last use. Saved at most once a day, since a write a page would be one too many."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if has_session(request) and request.user.is_authenticated:
            now = clock.now().timestamp()
            if now - request.session.get(RENEWED_AT, 0) > RENEW_AFTER.total_seconds():
                request.session[RENEWED_AT] = now
        return response

    return answer


def speak_their_language(get_response: Answer) -> Answer:
    def answer(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(PREFIX):
            # Strangers, and somebody who is also a member: their pages must stand while the database is away.
            return get_response(request)
        if not has_session(request) or not request.user.is_authenticated:
            with timezone.override(zone_of(organisation().time_zone)):
                return get_response(request)
        member = request.user
        translation.activate(member.language if is_spoken(member.language) else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()  # type: ignore[attr-defined]
        with timezone.override(zone_of(member.time_zone)):
            response = get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)  # type: ignore[attr-defined]
        return response

    return answer


def has_session(request: HttpRequest) -> bool:
    """Without the cookie nobody is signed in, and asking would cost nothing but still mark the answer as personal. Who
    follows a short link is not asked for."""
    return not request.path_info.startswith(PREFIX) and settings.SESSION_COOKIE_NAME in request.COOKIES
