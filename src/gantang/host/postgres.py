"""The embedded database for whoever needs it: joined where it runs, else run for as long as it is used."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from gantang.host import cluster, residents
from gantang.host.locks import FileLock
from gantang.host.options import Options
from gantang.host.places import Places, places
from gantang.host.programs import find
from gantang.host.server import Server, status_in_file

_STEP = 0.05


def database_url(here: Places, sockets: Path) -> str:
    """The owner's address over the private socket."""
    user, secret = quote(cluster.OWNER), quote(cluster.owner_password(here), safe="")
    return f"postgresql://{user}:{secret}@/{cluster.DATABASE}?host={quote(str(sockets), safe='/')}"


def make_server(chosen: Options, here: Places, say: Callable[[str], None]) -> Server:
    """The server of these places, not yet started; the caller holds the lock."""
    server = Server(here, find(chosen.postgres_bin), say)
    server.prepare()
    return server


@contextmanager
def serving(chosen: Options, say: Callable[[str], None] = lambda _: None) -> Iterator[str]:
    """The owner's address of a server that answers for the length of the block.

    A running server is joined as a client. Else one is started, and stopped behind the block when no other
    command uses it any more.
    """
    here = places(chosen)
    lock, users = FileLock(here.lock), FileLock(here.users)
    server: Server | None = None
    try:
        while True:
            users.take(shared=True, wait=True)
            if lock.take():
                server = make_server(chosen, here, say)
                yield _run(server, say)
                return
            if (url := _joined(here)) is not None:
                yield url
                return
            users.release()
            time.sleep(4 * _STEP)
    finally:
        if server is not None:
            users.take(wait=True)
            server.stop()
        users.release()
        lock.release()


def _run(server: Server, say: Callable[[str], None]) -> str:
    told = time.monotonic()
    while server.state != "ready":
        server.tick()
        if time.monotonic() - told > 2:
            told = time.monotonic()
            say(waiting(server.share_replayed()))
        time.sleep(_STEP)
    return ready_url(server)


def ready_url(server: Server) -> str:
    """The address of a server that has just become ready, once its owner and database are there."""
    assert server.sockets is not None  # noqa: S101 - set by prepare()
    cluster.ensure_owner(server.here, str(server.sockets))
    return database_url(server.here, server.sockets)


def waiting(share: float | None) -> str:
    """One line on how a start is going."""
    return "数据库正在启动 … database starting" if share is None else f"正在恢复 {share:.0%} … recovering"


def _joined(here: Places) -> str | None:
    """The address of the server that another process runs here, or None while it is not ready."""
    if residents.postmaster(here.data) is None or status_in_file(here.data) != "ready":
        return None
    sockets = Path((here.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[4])
    return database_url(here, sockets) if cluster.owner_answers(here, str(sockets)) else None
