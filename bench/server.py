"""The database server of the bench: its log, its superuser, pgbench on it."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bench.site import DATA

CLIENTS = 8


def log() -> Path:
    """The server's log."""
    from gantang.host.options import options
    from gantang.host.places import places

    return places(options()).log


def superuser(statement: str) -> None:
    """Run one statement as the superuser of the bench's own server."""
    import psycopg

    from gantang.host import cluster
    from gantang.host.options import options
    from gantang.host.secrets import kept_secret

    secret = kept_secret(options().keys, "postgres_superuser")
    with psycopg.connect(
        host=_socket(), user=cluster.SUPERUSER, password=secret, dbname=cluster.DATABASE, autocommit=True
    ) as link:
        link.execute(statement)


def _socket() -> str:
    from django.conf import settings

    return str(settings.DATABASES["default"]["HOST"])


def durable() -> dict[str, str]:
    """The settings without which a figure would mean nothing."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for name in ("fsync", "synchronous_commit", "full_page_writes", "server_version", "shared_buffers"):
            cursor.execute(f"SHOW {name}")
            found[name] = str(cursor.fetchone()[0])
    return found


@dataclass(frozen=True)
class Ceiling:
    """What pgbench reached: transactions a second, milliseconds a transaction, failures."""

    rate: float
    latency: float
    failed: int


def pgbench(script: Path, *, start: int, seconds: float, clients: int = CLIENTS) -> Ceiling:
    """Replay a script, prepared, as the app's role. ``start`` is the first number of this run's ids."""
    from django.conf import settings

    from gantang.host.programs import find

    place = settings.DATABASES["default"]
    said = subprocess.run(
        [
            *(find().path("pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", "2"),
            *("-T", str(round(seconds)), "-D", "n=0", "-D", f"start={start}", "-f", str(script)),
            *("-h", place["HOST"], "-U", place["USER"], place["NAME"]),
        ],
        env={**os.environ, "PGPASSWORD": place["PASSWORD"], "PGOPTIONS": place["OPTIONS"]["options"]},
        capture_output=True,
        text=True,
        timeout=seconds + 120,
    )
    rate = re.search(r"tps = ([\d.]+)", said.stdout)
    latency = re.search(r"latency average = ([\d.]+)", said.stdout)
    failed = re.search(r"failed transactions: (\d+)", said.stdout)
    if said.returncode or rate is None or latency is None or "aborted" in said.stderr:
        raise SystemExit(f"pgbench failed:\n{said.stdout[-800:]}\n{said.stderr[-1500:]}")
    return Ceiling(float(rate[1]), float(latency[1]), int(failed[1]) if failed else 0)


def start_number() -> int:
    """A first number that no earlier run used: a million further each time."""
    path = DATA / "replays"
    number = int(path.read_text()) + 1 if path.exists() else 1
    path.write_text(str(number))
    return number << 32
