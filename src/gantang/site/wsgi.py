"""The WSGI application that the web processes serve."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gantang.site.settings")
application = get_wsgi_application()

from gantang.kit import timekeeping  # noqa: E402  settings are there now
from gantang.site import traces  # noqa: E402

traces.start("web")
timekeeping.start()

# What was loaded so far stays for good: the collector need not walk through it again with every few requests.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
