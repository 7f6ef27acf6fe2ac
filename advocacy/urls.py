from django.contrib import admin
from django.urls import include, path

from advocacy import health, tour

handler500 = "advocacy.errors.something_broke"

# Each app lists its own pages; the order decides nothing, since no two share a first segment.
urlpatterns = [
    path("", tour.front, name="today"),
    path("demo/", tour.tour, name="tour"),
    path("demo/enter/<slug:role>/", tour.enter, name="enter"),
    path("demo/stories/<slug:slug>/", tour.article, name="article"),
    path("demo/feed.xml", tour.feed, name="demo_feed"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics_page, name="metrics"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("links.urls")),
]
