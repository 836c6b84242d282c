"""Tasks of a verification in several processes. A worker whose parent is gone ends by itself: it reads from
a pipe whose other end nobody else holds."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from django.db import connections

from gantang.ledger.parts import Task
from gantang.ledger.verifying import Part

_WHERE = ("NAME", "HOST", "PORT", "USER", "PASSWORD")
Numbered = tuple[int, Task]


def run(
    tasks: Sequence[Numbered], elsewhere: Path | None, *, jobs: int, done: Callable[[int, Part], None]
) -> None:
    """Do the tasks, ``jobs`` at a time; ``done`` hears of each in this process, in whatever order.

    Errors: RuntimeError where a worker failed or died; what was done before stays done.
    """
    if jobs == 1 or len(tasks) < 2:
        for number, task in tasks:
            done(number, task.run(elsewhere))
        return
    waiting = deque(tasks)
    with _workers(min(jobs, len(tasks)), elsewhere) as lines:
        busy = [line for line in lines if _give(line, waiting)]
        while busy:
            heard = set(wait(busy))
            for line in [line for line in busy if line in heard]:
                done(*_answer(line))
                if not _give(line, waiting):
                    busy.remove(line)


def _give(line: Connection, waiting: deque[Numbered]) -> bool:
    if waiting:
        line.send(waiting.popleft())
        return True
    return False


def _answer(line: Connection) -> tuple[int, Part]:
    try:
        number, part, failure = line.recv()
    except EOFError:
        raise RuntimeError("a worker died") from None
    if failure:
        raise RuntimeError(failure)
    return number, part


@contextmanager
def _workers(many: int, elsewhere: Path | None) -> Iterator[list[Connection]]:
    context = multiprocessing.get_context("spawn")
    lines: list[Connection] = []
    processes = []
    try:
        for _ in range(many):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs, elsewhere, _places()), daemon=True)
            process.start()
            theirs.close()
            lines.append(ours)
            processes.append(process)
        yield lines
    finally:
        for line in lines:
            line.close()
        for process in processes:
            process.join()


def _places() -> dict[str, dict[str, Any]]:
    """Where this process's databases are: a worker asks the same, whatever its environment says."""
    return {name: {key: connections[name].settings_dict[key] for key in _WHERE} for name in connections}


def _work(line: Connection, elsewhere: Path | None, places: dict[str, dict[str, Any]]) -> None:
    """A worker's life: a task, its answer, the next."""
    import django

    django.setup()
    for name, place in places.items():
        connections[name].settings_dict.update(place)
    while True:
        try:
            number, task = line.recv()
            line.send(_tried(number, task, elsewhere))
        except (EOFError, BrokenPipeError, KeyboardInterrupt):
            return


def _tried(number: int, task: Task, elsewhere: Path | None) -> tuple[int, Part | None, str]:
    try:
        return number, task.run(elsewhere), ""
    except Exception as error:  # noqa: BLE001  it is told to the process that asked
        return number, None, f"{type(error).__name__}: {error}"
