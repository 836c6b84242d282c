"""The embedded database for whoever needs it: joined where it runs, else run for as long as it is used."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from gantang.host import cluster, residents, restored
from gantang.host.locks import FileLock
from gantang.host.options import Options
from gantang.host.places import Places, places
from gantang.host.programs import find
from gantang.host.server import Server, status_in_file

_STEP = 0.05
Say = Callable[[str], None]


def database_url(here: Places, sockets: Path) -> str:
    """The owner's address over the private socket."""
    user, secret = quote(cluster.OWNER), quote(cluster.owner_password(here), safe="")
    return f"postgresql://{user}:{secret}@/{cluster.DATABASE}?host={quote(str(sockets), safe='/')}"


class Embedded:
    """The server of one data folder in the hands of one process, which holds the folder's lock."""

    def __init__(self, chosen: Options, say: Say) -> None:
        self._chosen, self._say = chosen, say
        self.here = places(chosen)
        self._lock = FileLock(self.here.lock)
        self._server: Server | None = None
        self._owner_known = False

    @property
    def holds(self) -> bool:
        """Whether the server is this process's own."""
        return self._server is not None

    def take(self) -> bool:
        """Take the lock and make the server; False while another process has it."""
        if self._server is None and self._lock.take():
            restored.check(self._chosen, self.here)
            self._server = Server(self.here, find(self._chosen.postgres_bin), self._say)
            self._server.prepare()
        return self.holds

    def tick(self) -> str | None:
        """Go on by one step; the owner's address while the server answers."""
        if not self.take() or self._server is None:
            return None
        self._server.tick()
        sockets = self._server.sockets
        if self._server.state != "ready" or sockets is None:
            return None
        if not self._owner_known:
            cluster.ensure_owner(self.here, str(sockets))
            self._owner_known = True
        return database_url(self.here, sockets)

    def waiting(self) -> tuple[str, str]:
        """What is being waited for, in Chinese and English."""
        if self._server is None:
            return "等待另一个命令结束", "Waiting for another command"
        share = self._server.share_replayed()
        if share is not None:
            return f"正在恢复 {share:.0%}", f"Recovering {share:.0%}"
        return ("正在恢复", "Recovering") if self._server.recovering else ("正在启动", "Starting")

    def hurry(self) -> None:
        """Cut a running stop short."""
        if self._server is not None:
            self._server.hurry()

    def stop(self) -> None:
        """Stop the server and give the lock back."""
        if self._server is not None:
            self._server.stop()
            self._server = None
        self._lock.release()


@contextmanager
def serving(chosen: Options, say: Say = lambda _: None) -> Iterator[str]:
    """The owner's address of a server that answers for the length of the block.

    A running server is joined as a client. Else one is started, and stopped behind the block when no other
    command uses it any more.
    """
    mine = Embedded(chosen, say)
    users = FileLock(mine.here.users)
    try:
        yield _served(mine, users, say)
    finally:
        if mine.holds:
            users.take(wait=True)
        mine.stop()
        users.release()


def _served(mine: Embedded, users: FileLock, say: Say) -> str:
    told = time.monotonic()
    while True:
        users.take(shared=True, wait=True)
        url = mine.tick() if mine.take() else _joined(mine.here)
        if url is not None:
            return url
        if not mine.holds:
            users.release()
        if time.monotonic() - told > 2:
            told = time.monotonic()
            say(" … ".join(mine.waiting()))
        time.sleep(_STEP)


def _joined(here: Places) -> str | None:
    """The address of the server that another process runs here, or None while it is not ready."""
    if residents.postmaster(here.data) is None or status_in_file(here.data) != "ready":
        return None
    sockets = Path((here.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[4])
    return database_url(here, sockets) if cluster.owner_answers(here, str(sockets)) else None
