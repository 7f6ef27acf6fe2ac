from django.contrib import admin
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path

from accounts.context import shown_organisation
from advocacy import health, installed, tour
from content.views.pictures import kept_file
from core.shell.urls import shell_urls

handler400 = "advocacy.errors.not_readable"
handler500 = "advocacy.errors.something_broke"

# Each app lists its own pages; the order decides nothing, since no two share a first segment.
urlpatterns = [
    path("", tour.front, name="today"),
    path("demo/", tour.tour, name="tour"),
    path("demo/enter/<slug:role>/", tour.enter, name="enter"),
    path("demo/stories/<slug:slug>/", tour.article, name="article"),
    path("demo/feed.xml", tour.feed, name="demo_feed"),
    # Pictures. No proxy may serve MEDIA_ROOT by itself: those of closed stories are not for everybody.
    path("media/<path:path>", kept_file, name="media"),
    # What browsers ask for where no page has told them better.
    path("favicon.ico", lambda request: redirect(static("img/favicon-32.png")), name="favicon"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics_page, name="metrics"),
    path("admin/", admin.site.urls),
    path("operations/", include("advocacy.operations.urls")),
    path("languages/", include("advocacy.languages.urls")),
    path("platforms/", include("advocacy.platforms.urls")),
    path("accounts/", include("accounts.signin_urls")),
    path("", include("accounts.urls")),
    path("", include("notifications.urls")),
    path("", include("links.urls")),
    path("", include(shell_urls(shown_organisation, installed.on_the_phone))),
    path("", include("audiences.urls")),
    path("", include("content.urls")),
    path("", include("guidelines.urls")),
    path("", include("learning.urls")),
    path("", include("shares.urls")),
    path("", include("recognition.urls")),
    path("", include("analytics.urls")),
]
