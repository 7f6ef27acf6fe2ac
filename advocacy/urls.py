from django.contrib import admin
from django.urls import include, path

from advocacy import health

handler500 = "advocacy.errors.something_broke"

# Each app lists its own pages; the order decides nothing, since no two share a first segment.
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics_page, name="metrics"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
]
