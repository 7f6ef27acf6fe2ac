from django.urls import path

from audiences import views

app_name = "audiences"
urlpatterns = [
    path("audiences/", views.audiences, name="audiences"),
    path("audiences/new/", views.new_audience, name="new_audience"),
    path("audiences/count/", views.count, name="count"),
    path("audiences/<int:number>/", views.audience, name="audience"),
    path("audiences/<int:number>/delete/", views.delete_audience, name="delete_audience"),
    path("audiences/lists/new/", views.new_list, name="new_list"),
    path("audiences/lists/<int:number>/", views.member_list, name="list"),
    path("audiences/lists/<int:number>/delete/", views.delete_list, name="delete_list"),
]
