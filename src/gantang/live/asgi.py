"""The ASGI application of the live process: the site's own guards and sessions around the streams alone."""

import os

import django
from django.core.handlers.asgi import ASGIHandler, ASGIRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gantang.site.settings")
django.setup(set_prefix=False)


class Asked(ASGIRequest):
    """A request that is resolved by the addresses of this door, and by no others."""

    urlconf = "gantang.live.urls"


class Streams(ASGIHandler):
    """Django, with this door alone."""

    request_class = Asked


application = Streams()
