"""One supervised process: started, brought back with back-off, stopped in good order."""

import signal
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from gantang.host.child import Child

_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0
#: A process that lived so long has recovered: the next restart is quick again.
_SETTLED = 60.0


class Service:
    """A process that is meant to run for as long as the supervisor does."""

    def __init__(self, name: str, command: Sequence[str], *, log: Path, say: Callable[[str], None]) -> None:
        self._name, self._command, self._log, self._say = name, command, log, say
        self._child: Child | None = None
        self._pause = _FIRST_PAUSE
        self._next = self._started = 0.0

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._child is not None

    def tick(self, env: Mapping[str, str]) -> None:
        """Start it when it is due; notice its end."""
        now = time.monotonic()
        if self._child is None and now >= self._next:
            self._child = Child(self._command, end=signal.SIGTERM, env=env, log=self._log)
            self._started = now
        elif self._child is not None and (code := self._child.poll()) is not None:
            self._child = None
            settled = now - self._started > _SETTLED
            pause = _FIRST_PAUSE if settled else self._pause
            self._next, self._pause = now + pause, min(pause * 2, _LONGEST_PAUSE)
            self._say(f"{self._name} 停了（{code}），{pause:g} 秒后重新启动 … ended; {self._log}")

    def ask(self, sig: signal.Signals = signal.SIGTERM) -> None:
        """Send a signal, the one that asks it to end by default."""
        if self._child is not None:
            self._child.ask(sig)

    def end(self, seconds: float) -> None:
        """Wait for its end, and enforce it after so many seconds."""
        if self._child is not None and not self._child.wait(seconds):
            self._child.kill()
        self._child = None
