"""The addresses of maps, below ``map/``."""

from django.urls import path

from gantang.exchange.maps import views

app_name = "maps"
urlpatterns = [path("<str:ground>.json", views.layer, name="layer")]
