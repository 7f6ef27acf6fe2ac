from django.contrib import admin
from django.urls import include, path

# Each app lists its own pages; the order decides nothing, since no two share a first segment.
urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
]
