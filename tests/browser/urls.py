"""All pages, and the style guide, which otherwise stands in development and the demo only."""

from django.urls import path

from advocacy.urls import handler500, urlpatterns
from core.shell.styleguide import styleguide

__all__ = ["handler500", "urlpatterns"]

urlpatterns = [*urlpatterns, path("styleguide/", styleguide)]
