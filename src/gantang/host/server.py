"""The embedded database server: started, watched, brought back and stopped, one small step at a time.

``tick()`` never waits; the supervisor and the commands call it a few times a second from the main thread.
"""

import os
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from gantang.host import cluster, disk, replay, residents
from gantang.host import programs as programs_of
from gantang.host.child import Child
from gantang.host.errors import HostError
from gantang.host.places import Places, socket_folder
from gantang.host.programs import Programs

#: A killed server's children leave by themselves within this time; then they are sent away.
_LEFTOVERS = 6.0
#: So many starts in a row may fail before a server that never ran is given up.
_ATTEMPTS = 8
#: A replay may take this long and longer; only silence of the log for as long ends the wait.
START_LIMIT = 600.0

_NO_SPACE = b"No space left on device"

Say = Callable[[str], None]


class Server:
    """One cluster's server; ``state`` is new, leaving, starting, ready or stopped."""

    def __init__(self, here: Places, programs: Programs, say: Say) -> None:
        self.here, self.say = here, say
        self.programs = programs_of.copied(programs, here.home) if here.account.switched else programs
        self.sockets: Path | None = None
        self.state = "new"
        self._child: Child | None = None
        self._since = time.monotonic()
        self._next = 0.0
        self._failures = 0
        self._log_from = 0
        self.ran = False
        #: More words for the server's command line: what a restore asks of it.
        self.more: tuple[str, ...] = ()

    def prepare(self) -> None:
        """Make the cluster if there is none, write its settings, lay the ballast."""
        for draft in self.here.home.glob("new-*"):
            _remove(draft)
        if not cluster.exists(self.here):
            self.say("正在建立数据库 … making the database")
            cluster.create(self.here, self.programs)
        made_for = cluster.made_for(self.here)
        if made_for != self.programs.major:
            raise HostError(
                f"数据库 {self.here.data} 属于 PostgreSQL {made_for}，现有程序是 {self.programs.version}。",
                f"The database in {self.here.data} is {made_for}; the programs are {self.programs.version}.",
            )
        cluster.write_settings(self.here, self.programs)
        disk.lay_ballast(self.here.ballast)
        self.sockets = socket_folder(self.here)

    def tick(self) -> None:
        """Go on by one step: wait for leftovers, start, notice that it is ready or that it has ended."""
        if self.state == "stopped":
            return
        if self._child is None:
            self._begin()
        elif (code := self._child.poll()) is not None:
            self._ended(code)
        else:
            self._watch(self._child)

    def _watch(self, child: Child) -> None:
        status = self.status()
        if self.state == "starting" and status == "ready":
            self.state, self.ran, self._failures = "ready", True, 0
        elif self.state == "ready" and status == "starting":
            self.state = "starting"  # one of its processes was killed: it replays by itself
        elif status == "stopping":
            # Somebody told it to stop when its last client leaves; ours never leave. It comes back at once.
            child.ask(signal.SIGINT)
        elif self.state == "starting" and time.monotonic() - self._last_sign() > START_LIMIT:
            child.ask(signal.SIGQUIT)

    @property
    def recovering(self) -> bool:
        """Whether it is coming back from an end that was not in good order."""
        return self.ran or replay.is_needed(self._log_tail())

    def share_replayed(self) -> float | None:
        """How much of its log a starting server has replayed, if it is replaying."""
        return replay.share_done(self.here.data, self._log_tail()) if self.state == "starting" else None

    def stop(self, patience: float = 120.0) -> None:
        """Fast shutdown with a checkpoint; after ``patience`` seconds at once, replayed at the next start."""
        self.state = "stopped"
        if self._child is None:
            return
        self._child.ask()
        if not self._child.wait(patience):
            self.hurry()
            if not self._child.wait(10):
                self._child.kill()
        self._child = None
        if self.sockets is not None:
            with suppress(OSError):
                self.sockets.rmdir()

    def hurry(self) -> None:
        """Leave without a checkpoint."""
        if self._child is not None:
            self._child.ask(signal.SIGQUIT)

    def status(self) -> str:
        """What our server says of itself in its pid file: starting, ready, stopping, or nothing."""
        if self._child is None or residents.pid_in_file(self.here.data) != self._child.pid:
            return ""
        return status_in_file(self.here.data)

    def _begin(self) -> None:
        if time.monotonic() < self._next or self._leftovers():
            return
        self._drop_stale_numbers()
        log = self.here.log
        self._log_from = log.stat().st_size if log.exists() else 0
        self._child = Child(
            [self.programs.path("postgres"), "-D", str(self.here.data), *self._on_the_command_line()],
            end=signal.SIGINT,
            env=cluster.server_env(),
            log=log,
            cwd=self.here.data,
            account=self.here.account,
        )
        self.state, self._since = "starting", time.monotonic()

    def _drop_stale_numbers(self) -> None:
        """Nobody lives here: numbers left in lock files may by now be other processes' and stop a start."""
        (self.here.data / "postmaster.pid").unlink(missing_ok=True)
        for left in self.sockets.iterdir() if self.sockets else ():
            left.unlink(missing_ok=True)

    def _on_the_command_line(self) -> list[str]:
        return ["-c", "listen_addresses=", "-c", f"unix_socket_directories={self.sockets}", *self.more]

    def _leftovers(self) -> bool:
        """Whether processes of an earlier server are still leaving; late ones are helped along."""
        left = residents.residents(self.here.data, at_least=residents.pid_in_file(self.here.data))
        if not left:
            return False
        if self.state != "leaving":
            self.state, self._since = "leaving", time.monotonic()
        head = residents.pid_in_file(self.here.data)
        waited = time.monotonic() - self._since
        if head in left:
            # A whole server without a supervisor: it ends in good order, however long its checkpoint takes.
            _send(head, signal.SIGINT if waited < START_LIMIT else signal.SIGKILL)
        elif waited > _LEFTOVERS:
            for number in left:
                _send(number, signal.SIGKILL)
        return True

    def _ended(self, code: int) -> None:
        self._child = None
        self._failures += 1
        self.state = "new"
        self._next = time.monotonic() + min(5.0, 0.2 * 2**self._failures)
        if disk.drop_ballast(self.here.ballast):
            self.say("磁盘已满，已让出备用空间 … the disk is full: the ballast was given up")
        elif _NO_SPACE in self._log_tail():
            self.say("磁盘已满，腾出空间后自行恢复 … a disk is full: make room, and it comes back by itself")
        if not self.ran and self._failures >= _ATTEMPTS:
            tail = self._log_tail().decode("utf-8", "replace").strip()[-1500:]
            raise HostError(f"数据库不能启动（{code}）。", f"The database does not start ({code}):\n{tail}")
        self.say(f"数据库停了（{code}），正在恢复 … the database ended ({code}), bringing it back")

    def _last_sign(self) -> float:
        """When the starting server was last heard of, on the monotonic clock."""
        with suppress(OSError):
            age = time.time() - self.here.log.stat().st_mtime
            return max(self._since, time.monotonic() - age)
        return self._since

    def _log_tail(self) -> bytes:
        with suppress(OSError), self.here.log.open("rb") as file:
            file.seek(max(self._log_from, os.fstat(file.fileno()).st_size - 2**16))
            return file.read()
        return b""


def _send(number: int | None, sig: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        if number is not None:
            os.kill(number, sig)


def status_in_file(data: Path) -> str:
    """The last line of a pid file: starting, stopping, ready."""
    with suppress(OSError):
        lines = (data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
        return lines[7].strip() if len(lines) > 7 else ""
    return ""


def _remove(draft: Path) -> None:
    """Remove a cluster that was never finished. Whoever was making it may only just be leaving, and takes
    its files away at the same time."""
    until = time.monotonic() + _LEFTOVERS
    while draft.exists():
        shutil.rmtree(draft, ignore_errors=time.monotonic() < until)
