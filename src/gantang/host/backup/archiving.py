"""Keeping everything the database writes, as it is written: the way back to any moment since a backup."""

import os

import psycopg

from gantang.host import cluster
from gantang.host.backup import book, running
from gantang.host.options import Options
from gantang.host.places import Places, places
from gantang.host.secrets import kept_secret


def receive(chosen: Options) -> None:
    """Become the program that receives the log of the running server; it ends when the server does.

    The slot keeps on the server what was not received yet, up to ``max_slot_wal_keep_size``.
    """
    programs, here, place = running.programs_of(chosen), places(chosen), book.folder(chosen)
    sockets = running.socket_of(here)
    running.ensure_role(here, sockets)
    ensure_slot(here, sockets)
    words = ["-h", sockets, "-U", running.ROLE, "-w", "-D", str(place / "wal"), "-S", running.SLOT]
    words += ["--no-loop", "--synchronous", "-s", "5"]
    os.execve(  # noqa: S606
        programs.path("pg_receivewal"), [programs.path("pg_receivewal"), *words], running.environment(here)
    )


def ensure_slot(here: Places, sockets: str) -> None:
    """The slot; one that lost what it should have kept is made anew, and the next backup closes the gap.

    A backup calls this before it begins: a receiver that starts later then misses nothing since.
    The two may come at one moment, so they take turns: the lock is the connection's and ends with it.
    """
    secret = kept_secret(here.keys, "postgres_superuser")
    with psycopg.connect(
        host=sockets, user=cluster.SUPERUSER, password=secret, dbname="postgres", autocommit=True
    ) as link:
        link.execute("SELECT pg_advisory_lock(hashtext(%s))", [running.SLOT])
        found = link.execute(
            "SELECT wal_status = 'lost' FROM pg_replication_slots WHERE slot_name = %s", [running.SLOT]
        ).fetchone()
        if found and found[0]:
            link.execute("SELECT pg_drop_replication_slot(%s)", [running.SLOT])
        if not found or found[0]:
            link.execute("SELECT pg_create_physical_replication_slot(%s, true)", [running.SLOT])
