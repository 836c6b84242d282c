"""Where the live updates of open pages (``gantang live``) are found."""

from django.http import HttpRequest

#: Where a site without an address of its own is reached: no other name leads to the port beside it.
LOOPBACK = ("127.0.0.1", "localhost")  # a page policy knows no address in brackets


def address(request: HttpRequest) -> str:
    """The service as the browser of this request reaches it; "" where there is none: then pages ask."""
    from django.conf import settings

    if settings.GANTANG_LIVE_URL:
        return str(settings.GANTANG_LIVE_URL)
    host = request.get_host()
    name = host if host in LOOPBACK else host.rsplit(":", 1)[0]
    port = settings.GANTANG_LIVE_PORT
    return f"http://{name}:{port}/live" if port and name in LOOPBACK else ""


def origins(url: str, port: int) -> list[str]:
    """What pages may connect to beside the site itself: the page policy names it."""
    if url:
        scheme, _, rest = url.partition("://")
        return [f"{scheme}://{rest.partition('/')[0]}"]
    return [f"http://{name}:{port}" for name in LOOPBACK] if port else []
