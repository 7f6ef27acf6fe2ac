from django.urls import path

from learning import views

app_name = "learning"
# A lesson comes last: its key is a word like the others.
urlpatterns = [
    path("learning/", views.mine, name="mine"),
    path("learning/forget/", views.forget, name="forget"),
    path("learning/paths/<slug:key>/", views.path, name="path"),
    path("learning/certificates/<slug:number>/", views.certificate, name="certificate"),
    path("learning/certificates/<slug:number>/certificate.pdf", views.certificate_file, name="certificate_file"),
    path("learning/desk/", views.desk, name="desk"),
    path("learning/desk/new/", views.begin, name="begin"),
    path("learning/desk/ours/<slug:key>/", views.ours, name="ours"),
    path("learning/desk/<int:lesson_id>/", views.edit, name="edit"),
    path("learning/desk/<int:lesson_id>/preview/", views.preview, name="preview"),
    path("learning/desk/<int:lesson_id>/<slug:name>/", views.act, name="act"),
    path("learning/<slug:key>/", views.lesson, name="lesson"),
    path("learning/<slug:key>/place/", views.place, name="place"),
]
