from django.urls import path

from advocacy.languages import views

app_name = "languages"

urlpatterns = [
    path("", views.page, name="page"),
    path("file/", views.file, name="file"),
    path("<slug:code>/remove/", views.remove, name="remove"),
]
