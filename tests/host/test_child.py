"""A child never outlives its supervisor, nor its own end."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from gantang.host.child import Child
from tests.faults.bench import alive, until

_PARENT = """
import os, signal, sys, time
from pathlib import Path
from gantang.host.child import Child
child = Child(["/bin/sleep", "600"], end=signal.SIGTERM, env=dict(os.environ), watched=sys.argv[1] == "watchdog")
print(child.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("means", ["kernel", "watchdog"])
def test_child_ends_when_its_parent_is_killed(means: str) -> None:
    if means == "kernel" and sys.platform != "linux":
        pytest.skip("only Linux has the signal")
    parent = subprocess.Popen([sys.executable, "-c", _PARENT, means], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    until(lambda: child not in alive(), 10, "the child is gone")


def test_watchdog_leaves_quietly_when_the_child_has_ended() -> None:
    child = Child(["/bin/true"], end=signal.SIGTERM, env=dict(os.environ), watched=True)
    watchdog = child._watchdog
    assert watchdog is not None
    assert child.wait(5)
    assert watchdog.returncode == 0


def test_what_a_child_leaves_in_its_group_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    child = Child(
        ["/bin/sh", "-c", f"sleep 600 & echo $! > {note}"], end=signal.SIGTERM, env=dict(os.environ)
    )
    assert child.wait(5)
    left = int(note.read_text())
    until(lambda: left not in alive(), 5, "the leftover is gone")


@pytest.mark.skipif(sys.platform != "linux", reason="the signal follows the thread on Linux")
def test_child_is_not_started_from_another_thread() -> None:
    faults: list[Exception] = []

    def start() -> None:
        try:
            Child(["/bin/true"], end=signal.SIGTERM, env={})
        except RuntimeError as error:
            faults.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert faults
