from django.urls import path

from analytics import views

app_name = "analytics"

urlpatterns = [
    path("impact/", views.impact, name="impact"),
    path("curate/campaigns/<int:campaign_id>/", views.campaign, name="campaign"),
    path("curate/worked/", views.worked, name="worked"),
    path("impact/posts/", views.posts, name="posts"),
]
