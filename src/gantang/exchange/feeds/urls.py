"""The addresses of feeds, below ``feeds/``."""

from django.urls import path

from gantang.exchange.feeds import views

app_name = "feeds"
urlpatterns = [path("<str:name>.json", views.feed, name="feed")]
