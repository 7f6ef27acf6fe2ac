from django.urls import path

from analytics import views

app_name = "analytics"

urlpatterns = [
    path("impact/", views.impact, name="impact"),
    path("impact/posts/", views.posts, name="posts"),
]
