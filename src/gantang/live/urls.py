"""The only addresses that the live process answers."""

from django.urls import path

from gantang.live import views

app_name = "live"
urlpatterns = [path("live/matters/<str:number>", views.matter, name="matter")]
