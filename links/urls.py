from django.urls import path

from links import views

app_name = "links"

urlpatterns = [
    path("go/<str:code>", views.follow, name="follow"),
    path("go/<str:code>/", views.follow),
]
