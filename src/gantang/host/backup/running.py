"""PostgreSQL's own programs for backups, run against the server's socket as a role that may only copy."""

import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from gantang.host import cluster
from gantang.host.child import dismiss, watch
from gantang.host.errors import HostError
from gantang.host.options import Options
from gantang.host.places import Places, places
from gantang.host.postgres import Say, serving
from gantang.host.programs import Programs, find
from gantang.host.secrets import kept_secret

ROLE = "gantang_backup"
SLOT = "gantang_archive"
NEEDED = ("pg_basebackup", "pg_combinebackup", "pg_verifybackup", "pg_receivewal")


def programs_of(chosen: Options) -> Programs:
    """The programs. Errors: HostError where the database is not ours, or where they are missing."""
    if chosen.database_url is not None:
        raise HostError(
            "数据库不是自带的（DATABASE_URL）：请用它自己的备份办法，附件在数据文件夹的 files 里。",
            "The database is not our own (DATABASE_URL): back it up by its own means; attachments: files/.",
        )
    programs = find(chosen.postgres_bin)
    missing = [name for name in NEEDED if not (programs.bin / name).exists()]
    if missing or programs.major < 17:
        raise HostError(
            f"备份要用 PostgreSQL 17 或更新版本的 {'、'.join(missing or NEEDED)}。",
            f"Backups need {', '.join(missing or NEEDED)} of PostgreSQL 17 or newer.",
        )
    return programs


def ensure_role(here: Places, sockets: str) -> None:
    """The role that copies: it may replicate, and reads no table.

    The receiver of the log and a backup may come for it at the same moment: the second waits for the first.
    """
    secret = kept_secret(here.keys, "postgres_superuser")
    with psycopg.connect(
        host=sockets, user=cluster.SUPERUSER, password=secret, dbname="postgres", autocommit=True
    ) as link:
        link.execute("SELECT pg_advisory_lock(hashtext(%s))", [ROLE])
        known = link.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone()
        verb, password = sql.SQL("ALTER" if known else "CREATE"), kept_secret(here.keys, "postgres_backup")
        rights = sql.SQL("{} ROLE {} LOGIN REPLICATION NOSUPERUSER PASSWORD {}")
        link.execute(rights.format(verb, sql.Identifier(ROLE), sql.Literal(password)))


@contextmanager
def connected(chosen: Options, say: Say) -> Iterator[list[str]]:
    """The words that lead a program to a server that answers."""
    with serving(chosen, say):
        here = places(chosen)
        sockets = socket_of(here)
        ensure_role(here, sockets)
        yield ["-h", sockets, "-U", ROLE, "-w"]


def socket_of(here: Places) -> str:
    """The folder of the running server's socket."""
    return (here.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[4]


def environment(here: Places) -> dict[str, str]:
    """What a program of the backup sees."""
    return {**cluster.server_env(), "PGPASSWORD": kept_secret(here.keys, "postgres_backup")}


def run(
    programs: Programs, name: str, words: Sequence[str], here: Places, *, cwd: Path | None = None
) -> None:
    """Run one program to its end; it goes when we are killed. Errors: HostError with what it said."""
    process = subprocess.Popen(  # noqa: S603
        [programs.path(name), *words],
        env=environment(here),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    watchdog = watch(process.pid, signal.SIGTERM, group=True)  # pg_basebackup has a child of its own
    try:
        said = process.communicate()[1].strip()[-1500:]
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        dismiss(watchdog)
    if process.returncode:
        raise HostError(f"{name} 没有成功。", f"{name} did not succeed:\n{said}")
