"""``gantang up``: the database, its preparation, then web and worker, kept up until a signal says stop."""

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from gantang.host import disk
from gantang.host.child import Child
from gantang.host.errors import HostError
from gantang.host.locks import FileLock
from gantang.host.options import Options
from gantang.host.placeholder import Placeholder, answers, check_free, free_port
from gantang.host.places import own_folder
from gantang.host.postgres import Embedded
from gantang.host.service import Service

#: The exit code of a preparation that may succeed later: the database is not reachable.
TRY_LATER = 75
SAMPLE_SIGN_INS = "sample-sign-ins.json"

_STEP = 0.1
_GRACE = 20.0
_DISK_EVERY = 30.0
_BIGGEST_LOG = 10 * 2**20
_SHARED_PORT = sys.platform == "linux"
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Say = Callable[[str], None]


class AlreadyRunning(Exception):  # noqa: N818 - no fault: the site is up
    """Another supervisor serves this data folder; the text is its address."""


@dataclass(frozen=True, slots=True)
class Commands:
    """The programs to run: ``prepare`` makes the database fit and ends, the others stay.

    ``archive`` keeps what the database writes; it runs where there is a folder for it.
    """

    prepare: Sequence[str]
    web: Sequence[str]
    worker: Sequence[str]
    archive: Sequence[str] = ()
    live: Sequence[str] = ()


class Supervisor:
    """Everything that runs for one data folder."""

    def __init__(self, chosen: Options, commands: Commands, *, say: Say, ready: Callable[[], None]) -> None:
        """``ready`` is called whenever the site has come to answer."""
        self._chosen, self._commands, self._say, self._ready = chosen, commands, say, ready
        self._own = {**os.environ, "GANTANG_DATA_DIR": str(chosen.data_dir)}
        self._env = dict(self._own)  # the database's address is added when it is known
        self._database = None if chosen.database_url else Embedded(chosen, say)
        self._placeholder = Placeholder(chosen.bind, chosen.port)
        self._web = Service("web", commands.web, log=chosen.logs / "web.log", say=say)
        self._worker = Service("worker", commands.worker, log=chosen.logs / "worker.log", say=say)
        self._archive = Service("archive", commands.archive, log=chosen.logs / "archive.log", say=say)
        self._live = Service("live", commands.live, log=chosen.logs / "live.log", say=say)
        on_its_own = chosen.live_port is None and chosen.is_loopback
        self._is_live = bool(commands.live and (chosen.live_port or on_its_own))
        self._archives = bool(commands.archive and chosen.backup_dir and self._database)
        self._preparing: Child | None = None
        self._prepared = self._stopping = False
        self._due = dict.fromkeys(("preparation", "word", "disk"), 0.0)

    def run(self) -> None:
        """Serve until a signal says stop; raises ``AlreadyRunning`` or ``HostError``."""
        refuse_open_sample(self._chosen)
        own_folder(self._chosen.data_dir, os.geteuid())
        lock = FileLock(self._chosen.data_dir / "up.lock")
        if not lock.take():
            raise AlreadyRunning(lock.read())
        # The word of one that left in good order is gone: this one's was killed, its web server is leaving.
        self._port_is_free(patience=_GRACE if lock.read() == self._chosen.url else 0)
        lock.write(self._chosen.url)
        rotate(self._chosen.logs)
        shutil.rmtree(self._chosen.data_dir / "work" / "metrics", ignore_errors=True)  # of earlier processes
        for name in _SIGNALS:
            signal.signal(name, self._signalled)
        if self._is_live:
            self._own["GANTANG_LIVE_PORT"] = self._env["GANTANG_LIVE_PORT"] = str(
                self._chosen.live_port or free_port(self._chosen.bind)
            )
        try:
            self._placeholder.open()
            while not self._stopping:
                self._tick()
                time.sleep(_STEP)
        finally:
            self._stop()
            lock.write("")
            lock.release()

    def _port_is_free(self, *, patience: float) -> None:
        """Errors: HostError while somebody listens there after so many seconds."""
        end = time.monotonic() + patience
        while True:
            try:
                return check_free(self._chosen.bind, self._chosen.port)
            except HostError:
                if time.monotonic() >= end:
                    raise
            time.sleep(_STEP)

    def _tick(self) -> None:
        if self._database_ready() and (self._prepared or self._prepare()):
            if not _SHARED_PORT:
                self._placeholder.close()
            self._web.tick(self._env)
            self._worker.tick(self._env)
            if self._is_live:
                self._live.tick(self._env)
            if self._archives:
                self._archive.tick(self._own)
        self._keep_answering()
        if self._database is not None and self._now_and_then("disk", _DISK_EVERY):
            self._look_at_disk(self._database)

    def _database_ready(self) -> bool:
        """Whether there is a database; while it is away the site and the worker stay, and wait for it."""
        if self._database is None:
            return True
        url = self._database.tick()
        if url is not None:
            self._env["DATABASE_URL"] = url
            return True
        self._placeholder.words = self._database.waiting()
        if self._now_and_then("word", 5.0):
            self._say(" … ".join(self._placeholder.words))
        return self._web.running and self._prepared

    def _prepare(self) -> bool:
        """Bring the database up to the code, in a process of its own; whether that is done."""
        if self._preparing is None:
            if time.monotonic() >= self._due["preparation"]:
                self._preparing = Child(self._commands.prepare, end=signal.SIGTERM, env=self._env)
            return False
        code = self._preparing.poll()
        if code is None:
            return False
        self._preparing = None
        if code not in (0, TRY_LATER):
            raise HostError(
                f"准备数据库时出错（{code}），见上文。", f"The preparation failed ({code}), see above."
            )
        refuse_open_sample(self._chosen)  # the preparation may have made sign-ins
        self._prepared = code == 0
        self._due["preparation"] = time.monotonic() + 3
        return self._prepared

    def _keep_answering(self) -> None:
        """The placeholder answers exactly while the web server does not."""
        if not self._web.running:
            self._placeholder.open()
        elif self._placeholder.is_open and answers(self._chosen.bind, self._chosen.port):
            self._placeholder.close()
            self._placeholder.words = ("正在恢复", "Recovering")
            self._ready()

    def _look_at_disk(self, database: Embedded) -> None:
        disk.lay_ballast(database.here.ballast)
        here = database.here
        for place in (here.home, here.data / "pg_wal", self._chosen.files):
            if place.exists() and disk.is_low(place):
                self._say(f"磁盘空间不足，请腾出空间 … the disk is nearly full, make room: {place}")
                return

    def _now_and_then(self, what: str, seconds: float) -> bool:
        now = time.monotonic()
        if now < self._due[what]:
            return False
        self._due[what] = now + seconds
        return True

    def _signalled(self, _signal: int, _frame: FrameType | None) -> None:
        """The first signal ends everything in good order, a further one at once."""
        if self._stopping:
            for service in (self._web, self._worker, self._live):
                service.ask(signal.SIGKILL)
            if self._database is not None:
                self._database.hurry()
        self._stopping = True

    def _stop(self) -> None:
        self._stopping = True
        self._say("正在停止 … stopping")
        self._placeholder.close()
        if self._preparing is not None:
            self._preparing.ask()
            if not self._preparing.wait(_GRACE):
                self._preparing.kill()
        for service in (self._web, self._worker, self._live):
            service.ask()
        for service in (self._web, self._worker, self._live):
            service.end(_GRACE)
        if self._database is not None:
            self._database.stop()
        self._archive.end(_GRACE)  # the database gave it the last of its log before it ended
        self._say("已停止 … stopped")


def refuse_open_sample(chosen: Options, *, expected: bool = False) -> None:
    """Sample sign-ins are known to who reads the screen: only this machine may reach a site with them.

    ``expected``: they will be made; nobody waits for them to be told that the site cannot be opened.
    """
    made = (chosen.data_dir / SAMPLE_SIGN_INS).exists()
    if (made or expected) and not chosen.is_loopback:
        raise HostError(
            f"{chosen.data_dir} 里有示例账号，网站只能监听本机地址："
            "请不要设置 GANTANG_BIND，或换一个数据文件夹。",
            f"{chosen.data_dir} holds sample sign-ins, so the site listens on this machine only: "
            "leave GANTANG_BIND unset, or choose another data folder.",
        )


def rotate(folder: Path) -> None:
    """Put big log files aside; one older copy is kept."""
    for path in folder.glob("*.log"):
        if path.stat().st_size > _BIGGEST_LOG:
            path.replace(path.with_suffix(".log.1"))


def commands(chosen: Options, *prepare: str) -> Commands:
    """The programs of an installation; ``prepare`` are the words of the preparing sub-command."""
    return Commands(
        prepare=_python("gantang", *prepare),
        web=web_command(chosen),
        worker=_python("gantang", "work"),
        archive=_python("gantang", "archive"),
        live=_python("gantang", "live"),
    )


def web_command(chosen: Options, application: str = "gantang.site.wsgi:application") -> list[str]:
    """The web server: it brings a killed worker back by itself, which is off by default."""
    flags = {
        "--interface": "wsgi",
        "--host": chosen.bind,
        "--port": chosen.port,
        "--workers": chosen.web_workers,
        "--blocking-threads": chosen.web_threads,
        "--workers-kill-timeout": 15,
        "--log-level": chosen.log_level,
    }
    words = [str(part) for pair in flags.items() for part in pair]
    return _python("granian", *words, "--respawn-failed-workers", "--no-ws", application)


def live_command(chosen: Options, port: int) -> list[str]:
    """The process that keeps the lines of open pages: one event loop, no threads of its own."""
    flags = {
        "--interface": "asginl",
        "--host": chosen.bind,
        "--port": port,
        "--workers": 1,
        "--workers-kill-timeout": 2,
        "--log-level": chosen.log_level,
    }
    words = [str(part) for pair in flags.items() for part in pair]
    return _python("granian", *words, "--respawn-failed-workers", "--no-ws", "gantang.live.asgi:application")


def _python(module: str, *words: str) -> list[str]:
    return [sys.executable, "-P", "-m", module, *words]
