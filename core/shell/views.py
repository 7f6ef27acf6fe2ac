"""Pages that belong to the shell: the accent's style sheet, light or dark, and what makes the product installable."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from core import languages
from core.colour import BadColour, TooFaint, accent_css
from core.shell.context import THEME_COOKIE, THEMES
from core.shell.parts import Organisation

YEAR = 365 * 24 * 3600
DEFAULT_ACCENT = Organisation("").accent

View = Callable[[HttpRequest], HttpResponse]
Source = Callable[[], Organisation]


def accent_view(organisation: Source) -> View:
    @require_GET
    @cache_control(public=True, max_age=YEAR, immutable=True)
    def accent(request: HttpRequest) -> HttpResponse:
        try:
            css = accent_css(organisation().accent)
        except (BadColour, TooFaint):
            # Saved before the check existed, or by hand in the database: the page stays readable.
            css = accent_css(DEFAULT_ACCENT)
        return HttpResponse(css, content_type="text/css; charset=utf-8")

    return accent


def manifest_view(organisation: Source, more: Callable[[], dict[str, Any]] = dict) -> View:
    """`more` are parts of the manifest that know the product's pages."""

    @require_GET
    @cache_control(public=True, max_age=3600)
    def manifest(request: HttpRequest) -> HttpResponse:
        firm = organisation()
        icons = [
            {"src": static(f"img/app-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any"}
            for size in (192, 512)
        ]
        icons.append(
            {"src": static("img/app-maskable-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"}
        )
        page = {
            "id": "/", "name": firm.name, "short_name": firm.name[:12].strip(), "start_url": "/", "scope": "/",
            "display": "standalone", "background_color": "#fdfdfb", "theme_color": "#fdfdfb", "icons": icons, **more(),
        }  # fmt: skip
        return JsonResponse(page, content_type="application/manifest+json")

    return manifest


@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """Served from the root, since a worker rules only what lies below its own address."""
    response = render(request, "sw.js", content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/offline.html", {"me": None, "nav": []})


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Light, dark or as the device, kept in a cookie of this browser; back to where one was."""
    theme = request.POST.get("theme", "")
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    silent = request.headers.get("X-Requested-With") == "fetch"
    response = HttpResponse(status=204) if silent else HttpResponseRedirect(target)
    if theme in THEMES:
        response.set_cookie(
            THEME_COOKIE, theme, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    return response


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """For who is not signed in: kept in a cookie of this browser; back to where one was."""
    target, code = request.POST.get("next", "/"), request.POST.get("language", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    if languages.is_spoken(code):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    return response


def refused_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF failure (settings: CSRF_FAILURE_VIEW). Usually a page that lay open for weeks."""
    return render(request, "errors/csrf.html", {"back": request.headers.get("Referer") or reverse("today")}, status=403)
