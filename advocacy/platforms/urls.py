from django.urls import path

from advocacy.platforms import views

app_name = "platforms"

urlpatterns = [
    path("", views.page, name="page"),
    path("<slug:key>/sheet/", views.sheet, name="sheet"),
]
