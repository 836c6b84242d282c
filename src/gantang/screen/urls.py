"""The addresses of the screen, below ``screen/``."""

from django.urls import path

from gantang.screen.views import leader, wall

app_name = "screen"
urlpatterns = [
    path("", wall.wall, name="wall"),
    path("fresh/", wall.fresh, name="fresh"),
    path("leader/", leader.leader, name="leader"),
    path("weekly.pdf", leader.report, name="weekly"),
]
