"""The addresses of the API, below ``api/``."""

from django.urls import include, path, re_path

from gantang.exchange.api.v1 import app, frame

app_name = "exchange"
v1 = [
    path("openapi.json", frame.read_only(app.document), name="openapi"),
    *app.urls(app.API),
    re_path("", frame.missing),
]
urlpatterns = [path("v1/", include((v1, "v1"))), re_path("", frame.missing)]
