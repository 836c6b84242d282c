"""Where each door stands."""

from importlib.util import find_spec

from django.urls import include, path

from gantang.site import metrics, views

DOORS = (
    ("api/", "exchange"),
    ("map/", "exchange.maps"),
    ("feeds/", "exchange.feeds"),
    ("desk/", "desk"),
    ("field/", "field"),
    ("screen/", "screen"),
    ("", "portal"),
)

urlpatterns = [
    path("health", views.health, name="health"),
    path("metrics", metrics.show, name="metrics"),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/", include("allauth.account.urls")),
]
for prefix, door in DOORS:
    if find_spec(f"gantang.{door}") and find_spec(f"gantang.{door}.urls"):
        urlpatterns.append(path(prefix, include(f"gantang.{door}.urls")))

handler500 = "gantang.site.views.fault"
