"""The server that the tests run on when none is named: ours, without the writes that survive a power cut."""

from collections.abc import Callable
from pathlib import Path

import psycopg

from gantang.host import cluster, postgres
from gantang.host.options import Options
from gantang.host.programs import find
from gantang.host.secrets import kept_secret


def start(folder: Path) -> tuple[str, Callable[[], None]]:
    """The owner's address of a running server below `folder`, and what stops it again.

    A second run at the same time joins it. Another PostgreSQL (GANTANG_POSTGRES_BIN) gets a folder of its own.
    """
    settings = Options()  # not kept: the address of the database is not in the environment yet
    version = find(settings.postgres_bin).version
    chosen = settings.model_copy(
        update={"data_dir": folder / version, "keys_dir": None, "database_url": None}
    )
    server = postgres.serving(chosen, say=print)
    url = server.__enter__()
    with psycopg.connect(url) as link:
        host = link.info.host
    secret = kept_secret(chosen.keys, "postgres_superuser")
    with psycopg.connect(
        host=host, user=cluster.SUPERUSER, password=secret, dbname="postgres", autocommit=True
    ) as link:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            link.execute(f"ALTER SYSTEM SET {setting} = off")
        link.execute("SELECT pg_reload_conf()")
    return url, lambda: server.__exit__(None, None, None) and None
