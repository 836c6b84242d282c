"""The app's addresses; the phone keeps what does not change and asks for the rest."""

from django.urls import path

from gantang.field.views import data, shell

app_name = "field"
urlpatterns = [
    path("", shell.home, name="home"),
    path("shell", shell.page, name="page"),
    path("sw.js", shell.worker, name="worker"),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    path("today.json", data.today, name="today"),
    path("school.json", data.school, name="school"),
    path("patrol.json", data.patrol, name="patrol"),
    path("exams/<int:course>", data.exam, name="exam"),
    path("matters/<str:number>", data.matter, name="matter"),
    path("items", data.item, name="item"),
    path("pieces/<str:upload>/<int:n>", data.piece, name="piece"),
    path("leave", data.leave, name="leave"),
]
