"""What every answer carries beside the page policy, whoever gave it: rules for browsers, and how long it may
be kept."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]

#: What a page might use of the device; what is not opened below is closed.
FEATURES = (
    "geolocation", "accelerometer", "autoplay", "bluetooth", "camera", "display-capture", "gyroscope", "hid",
    "magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
#: Below these addresses everything is for one person.
PERSONAL = ("/desk/", "/accounts/", "/api/", "/field/")
#: What a grid worker's phone takes pictures, codes and notes with.
FIELD, OPEN_THERE = "/field/", frozenset({"geolocation", "camera", "microphone"})
YEAR = 31_536_000


def guarding(get_response: Handler) -> Handler:
    """Add the headers. It stands outside of everything else, so that faults and pauses carry them too."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in headers(request.path_info).items():
            response.headers.setdefault(name, value)
        if response.status_code == 429:
            response.headers.setdefault("Retry-After", "60")
        return response

    return answer


def _permissions(open_: frozenset[str]) -> str:
    return ", ".join(f"{name}=({'self' if name in open_ else ''})" for name in FEATURES)


PERMISSIONS = _permissions(frozenset({"geolocation"}))
PERMISSIONS_THERE = _permissions(OPEN_THERE)


def headers(path: str) -> dict[str, str]:
    """Header by name. An own word of the view wins."""
    found = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": PERMISSIONS_THERE if path.startswith(FIELD) else PERMISSIONS,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store" if path.startswith(PERSONAL) else "no-cache",
    }
    if settings.SESSION_COOKIE_SECURE:
        found["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
    return found
