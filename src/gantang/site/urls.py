"""Where each door stands."""

from importlib.util import find_spec

from allauth.account.urls import urlpatterns as sign_in
from django.urls import URLPattern, include, path

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

#: What of django-allauth's pages an account has a use for. It has no mail address: whoever finds a desk
#: unlocked cannot name one and have a password sent there.
SIGN_IN = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "account_change_password",
}


def ours(one: URLPattern) -> URLPattern:
    """One of the library's addresses: as it is, or closed; its name stays, for the library asks for it."""
    return one if one.name in SIGN_IN else URLPattern(one.pattern, views.closed, name=one.name)


urlpatterns = [
    path("health", views.health, name="health"),
    path("metrics", metrics.show, name="metrics"),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/", include([ours(one) for one in sign_in])),
]
for prefix, door in DOORS:
    if find_spec(f"gantang.{door}") and find_spec(f"gantang.{door}.urls"):
        urlpatterns.append(path(prefix, include(f"gantang.{door}.urls")))

handler500 = "gantang.site.views.fault"
