from django.urls import path

from guidelines import views

app_name = "guidelines"
urlpatterns = [
    path("guidelines/", views.mine, name="mine"),
    path("guidelines/<int:guideline_id>/", views.read, name="read"),
    path("guidelines/receipts/<int:receipt_id>/", views.receipt, name="receipt"),
    path("guidelines/desk/", views.desk, name="desk"),
    path("guidelines/desk/new/", views.begin, name="begin"),
    path("guidelines/desk/<int:version_id>/", views.version, name="version"),
    path("guidelines/desk/<int:version_id>/<slug:name>/", views.act, name="act"),
]
