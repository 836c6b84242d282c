"""Making a database cluster, its settings, and the owner of the database in it."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
from psycopg import sql

from gantang.host import memory
from gantang.host.errors import HostError
from gantang.host.places import Places
from gantang.host.programs import Programs
from gantang.host.secrets import kept_secret

SUPERUSER = "postgres"
OWNER = "gantang_owner"
DATABASE = "gantang"
_SETTINGS = "gantang.conf"

# Measured: with these a crash is replayed in 45 s at most, and nothing acknowledged is lost. Statements
# and details of errors stay out of the log, because they may hold people's words.
_FIXED = """\
max_wal_size = '2GB'
checkpoint_timeout = '15min'
wal_compression = pglz
random_page_cost = 1.1
jit = off
max_slot_wal_keep_size = '4GB'
idle_in_transaction_session_timeout = '60s'
lock_timeout = '10s'
timezone = 'Asia/Shanghai'
log_timezone = 'Asia/Shanghai'
log_line_prefix = '%m [%p] %q%u@%d '
log_startup_progress_interval = '1s'
log_min_error_statement = panic
log_error_verbosity = terse
"""


def server_env() -> dict[str, str]:
    """The environment of PostgreSQL's programs: none of our secrets, none of libpq's variables."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "LC_ALL": "C"}


def exists(here: Places) -> bool:
    """Whether a cluster was made there, to the end."""
    return (here.data / "PG_VERSION").exists()


def create(here: Places, programs: Programs) -> None:
    """Make the cluster beside its final place and move it there when it is whole."""
    account = here.account
    folder = Path(tempfile.mkdtemp(prefix="new-", dir=here.home))
    password = folder / "password"
    password.write_text(kept_secret(here.keys, "postgres_superuser"), encoding="ascii")
    if account.switched:
        os.chown(folder, account.uid, account.gid)
        os.chown(password, account.uid, account.gid)
    try:
        _initdb(here, programs, folder / "data", password)
        with (folder / "data" / "postgresql.conf").open("a", encoding="ascii") as conf:
            conf.write(f"include = '{_SETTINGS}'\ninclude_if_exists = 'local.conf'\n")
        (folder / "data" / "local.conf").write_text("# An administrator's own settings.\n", encoding="ascii")
        (folder / "data").rename(here.data)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _initdb(here: Places, programs: Programs, data: Path, password: Path) -> None:
    locale = ["--locale-provider=builtin"] if programs.major >= 17 else []
    command = [
        programs.path("initdb"),
        "-D",
        str(data),
        "-U",
        SUPERUSER,
        f"--pwfile={password}",
        "-E",
        "UTF8",
    ]
    command += [*locale, "--locale=C.UTF-8", "--lc-messages=C", "--data-checksums", "--auth=scram-sha-256"]
    account = here.account
    done = subprocess.run(  # noqa: S603
        command,
        cwd=data.parent,
        env=server_env(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        user=account.uid if account.switched else None,
        group=account.gid if account.switched else None,
        extra_groups=[] if account.switched else None,
    )
    if done.returncode:
        said = done.stderr.strip()[-1500:]
        raise HostError(
            f"不能在 {here.home} 建立数据库（系统账号 {account.name}）。",
            f"No database could be made in {here.home} (account {account.name}):\n{said}",
        )


def write_settings(here: Places, programs: Programs) -> None:
    """Write our settings anew; an administrator's own go to ``local.conf``, which is read after ours."""
    shared = max(32, min(memory.total_mb() // 4, 2048))
    lines = [f"shared_buffers = '{shared}MB'", "summarize_wal = on" if programs.major >= 17 else "", _FIXED]
    path = here.data / _SETTINGS
    text = "\n".join(lines)
    if path.exists() and path.read_text(encoding="ascii") == text:
        return
    path.write_text(text, encoding="ascii")
    if here.account.switched:
        os.chown(path, here.account.uid, here.account.gid)


def made_for(here: Places) -> int:
    """The major version whose programs made the cluster."""
    return int((here.data / "PG_VERSION").read_text(encoding="ascii").split(".")[0])


def owner_password(here: Places) -> str:
    """The password of the database's owner."""
    return kept_secret(here.keys, "postgres_owner")


def ensure_owner(here: Places, sockets: str) -> None:
    """The database and its owner, who may make roles and databases but is no superuser."""
    if not owner_answers(here, sockets):
        _make_owner(here, sockets, owner_password(here))


def owner_answers(here: Places, sockets: str) -> bool:
    """Whether the owner can open the database."""
    secret = owner_password(here)
    try:
        psycopg.connect(
            host=sockets, user=OWNER, password=secret, dbname=DATABASE, connect_timeout=10
        ).close()
    except psycopg.OperationalError:
        return False
    return True


def _make_owner(here: Places, sockets: str, password: str) -> None:
    secret = kept_secret(here.keys, "postgres_superuser")
    owner, database = sql.Identifier(OWNER), sql.Identifier(DATABASE)
    try:
        link = psycopg.connect(
            host=sockets, user=SUPERUSER, password=secret, dbname="postgres", autocommit=True
        )
    except psycopg.OperationalError as error:
        raise HostError(
            f"{here.keys} 里的密钥与 {here.data} 的数据库不相配：请放回原来的密钥。",
            f"The keys in {here.keys} do not fit the database in {here.data}: bring the old ones.\n{error}",
        ) from None
    with link:
        known = link.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone()
        verb = sql.SQL("ALTER" if known else "CREATE")
        rights = sql.SQL("{} ROLE {} LOGIN CREATEROLE CREATEDB NOSUPERUSER PASSWORD {}")
        link.execute(rights.format(verb, owner, sql.Literal(password)))
        if not link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            link.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))
