"""Addresses of the shell. The project says where the organisation comes from:

path("", include(shell_urls(current_organisation)))
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import URLPattern, path

from core.shell import styleguide, views


def shell_urls(organisation: views.Source, installed: Callable[[], dict[str, Any]] = dict) -> list[URLPattern]:
    pages = [
        path("accent.css", views.accent_view(organisation), name="accent"),
        path("manifest.webmanifest", views.manifest_view(organisation, installed), name="manifest"),
        path("sw.js", views.service_worker, name="service_worker"),
        path("offline/", views.offline, name="offline"),
        path("language/", views.set_language, name="language"),
        path("theme/", views.set_theme, name="theme"),
    ]
    if settings.DEBUG or settings.DEMO:
        pages.append(path("styleguide/", styleguide.styleguide, name="styleguide"))
    return pages
