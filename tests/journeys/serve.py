"""The site as it really runs, on a database of its own: passwords for the cast, then granian in this process.

Run as `python -m tests.journeys.serve PORT PASSWORD`, with the environment of a test process.
"""

import os
import sys


def main() -> None:
    """Give every account of the world one password and serve until told to stop."""
    port, password = sys.argv[1:3]
    os.environ["DJANGO_SETTINGS_MODULE"] = "gantang.site.settings"
    os.environ["GANTANG_PORT"] = port
    import django

    django.setup()
    _give(password)
    become(port)


def become(port: str, application: str = "gantang.site.wsgi:application") -> None:
    """This process is the server from now on."""
    words = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", port, "--no-log"]
    os.execv(sys.executable, [sys.executable, *words, application])


def _give(password: str) -> None:
    from django.contrib.auth.hashers import make_password
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE identity_account SET password = %s", [make_password(password)])


if __name__ == "__main__":
    main()
