from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("me/notices/", views.notices, name="notices"),
    path("me/notices/read/", views.mark_read, name="mark_read"),
    path("me/push/", views.push, name="push"),
    path("me/push/<int:number>/forget/", views.forget_push, name="forget_push"),
    path("stop/<str:token>/", views.stop, name="stop"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<int:number>/", views.outbox_mail, name="outbox_mail"),
    path("outbox/<int:number>/as-shown/", views.outbox_shown, name="outbox_shown"),
]
