"""A migrated database of a part's own, with nothing of a site in it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def database(folder: Path) -> Iterator[None]:
    """A server and a migrated database in the folder for the length of the block."""
    os.environ["GANTANG_DATA_DIR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "gantang.site.settings"
    from gantang.host import postgres
    from gantang.host.options import options

    options.cache_clear()
    with postgres.serving(options()) as url:
        os.environ["DATABASE_URL"] = url
        options.cache_clear()
        import django

        django.setup()
        from gantang.site.migrate import migrate

        migrate(verbosity=0)
        yield
        from django.db import connections

        connections.close_all()
