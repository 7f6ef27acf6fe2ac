from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("me/notices/", views.notices, name="notices"),
    path("me/notices/read/", views.mark_read, name="mark_read"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<int:number>/", views.outbox_mail, name="outbox_mail"),
]
