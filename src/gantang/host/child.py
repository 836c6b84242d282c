"""Child processes that never outlive the supervisor, whatever ends it."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from gantang.host.account import Account

_LINUX = sys.platform == "linux"
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if _LINUX else None


class Child:
    """One process in a session of its own; ``end`` is the signal that asks it to leave."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        end: signal.Signals,
        env: Mapping[str, str],
        log: Path | None = None,
        cwd: Path | None = None,
        account: Account | None = None,
        watched: bool = not _LINUX,
    ) -> None:
        """Start it. ``watched`` uses a watchdog process instead of the kernel's parent-death signal."""
        if not watched and threading.current_thread() is not threading.main_thread():
            raise RuntimeError(
                "the parent-death signal follows the thread: start children from the main thread"
            )
        self.end = end
        self._process = _start(command, env, log, cwd, account, None if watched else _die_with_parent(end))
        self._watchdog = watch(self._process.pid, end) if watched else None
        self._released = False

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def poll(self) -> int | None:
        """The exit code once it has ended; what it left in its process group is killed then."""
        code = self._process.poll()
        if code is not None:
            self._release()
        return code

    def ask(self, sig: signal.Signals | None = None) -> None:
        """Send the ending signal, or another one."""
        if self._process.poll() is None:
            self._process.send_signal(sig or self.end)

    def wait(self, seconds: float) -> bool:
        """Whether it ended within so many seconds."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return self.poll() is not None

    def kill(self) -> None:
        """End it and its process group at once."""
        self.ask(signal.SIGKILL)
        self._process.wait()
        self._release()

    def _release(self) -> None:
        """Nothing of the group stays behind (workers of a killed web server), and the watchdog goes."""
        if self._released:
            return
        self._released = True  # once only: the number may belong to somebody else later
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        if self._watchdog is not None:
            dismiss(self._watchdog)
            self._watchdog = None


def _start(
    command: Sequence[str],
    env: Mapping[str, str],
    log: Path | None,
    cwd: Path | None,
    account: Account | None,
    before: Callable[[], None] | None,
) -> subprocess.Popen[bytes]:
    output: IO[bytes] | None = None
    if log is not None:
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        output = log.open("ab")
    as_other = account is not None and account.switched
    try:
        return subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            env=dict(env),
            cwd=cwd,
            user=account.uid if account and as_other else None,
            group=account.gid if account and as_other else None,
            extra_groups=[] if as_other else None,
            umask=0o077,
            start_new_session=True,
            preexec_fn=before,
        )
    finally:
        if output is not None:
            output.close()


def _die_with_parent(sig: signal.Signals) -> Callable[[], None]:
    parent = os.getpid()

    def before() -> None:
        # A change of user clears the setting, so it is made last; the parent may have gone meanwhile.
        if _libc is not None:
            _libc.prctl(_PR_SET_PDEATHSIG, int(sig), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(0)

    return before


_WATCHDOG = """import os, sys
pid, sig, group = map(int, sys.argv[1:])
os.read(0, 1) or (os.killpg if group else os.kill)(pid, sig)"""


def watch(pid: int, sig: signal.Signals, *, group: bool = False) -> subprocess.Popen[bytes]:
    """A process that holds the other end of a pipe: its end without a word means that we are gone. Then it
    sends the signal to the process, or to its group where what that one started would stay."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-S", "-E", "-c", _WATCHDOG, str(pid), str(int(sig)), str(int(group))],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )


def dismiss(watchdog: subprocess.Popen[bytes]) -> None:
    """What was watched has ended: the watchdog goes, too."""
    if watchdog.stdin is not None:
        with suppress(BrokenPipeError):
            watchdog.stdin.write(b".")
            watchdog.stdin.close()
    watchdog.wait()
