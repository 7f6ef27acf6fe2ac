from django.urls import path

from advocacy.operations import views

app_name = "operations"

urlpatterns = [
    path("", views.page, name="page"),
    path("platforms/<slug:key>/pause/", views.pause, name="pause"),
    path("platforms/<slug:key>/resume/", views.resume, name="resume"),
    path("posts/<int:share_id>/", views.post, name="post"),
    path("posts/<int:share_id>/retry/", views.retry, name="retry"),
    path("posts/<int:share_id>/posted/", views.posted, name="posted"),
]
