"""The ASGI application of the live process: the site's own guards and sessions around the streams alone."""

import os

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gantang.site.settings")
django.setup(set_prefix=False)
settings.ROOT_URLCONF = "gantang.live.urls"

from django.core.handlers.asgi import ASGIHandler  # noqa: E402  settings are there now

application = ASGIHandler()
