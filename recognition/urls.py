from django.urls import path, re_path

from recognition import views

app_name = "recognition"

urlpatterns = [
    path("teams/", views.teams, name="teams"),
    path("teams/my-points/", views.my_points, name="my_points"),
    re_path(r"^teams/me/(?P<choice>join|leave|hide|show)/$", views.choose, name="choose"),
]
