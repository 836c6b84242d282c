"""Work spread over processes beside this one, for what keeps a core busy by the minute.

A process whose parent is gone ends by itself: it reads from a pipe whose other end nobody else holds.
"""

import gc
import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from django.db import connections

R = TypeVar("R")
Task = Callable[[], R]  # something that can be sent: a dataclass with ``__call__``, or a ``partial``
Collide = Callable[[Any, Any], bool]
_WHERE = ("NAME", "HOST", "PORT", "USER", "PASSWORD")


def _never(_one: object, _other: object) -> bool:
    return False


def spread(tasks: Iterable[Task[R]], *, jobs: int, collide: Collide = _never) -> Iterator[tuple[int, R]]:
    """Do the tasks, ``jobs`` at a time, in as many processes; yields (place among the tasks, result) as they
    end, in whatever order. A task is taken when a process is free for it, and no two that ``collide`` run at
    the same time. One job needs no process: its tasks are done here, in their order.

    Errors: RuntimeError where a task failed or a process died; what was yielded is done.
    """
    if jobs == 1:
        yield from ((place, task()) for place, task in enumerate(tasks))
        return
    coming = enumerate(tasks)
    ahead = next(coming, None)
    busy: dict[Connection, tuple[int, Task[R]]] = {}
    with _workers(jobs) as free:
        while ahead or busy:
            while free and ahead and not any(collide(ahead[1], other) for _, other in busy.values()):
                line = free.pop()
                line.send(ahead)
                busy[line] = ahead
                ahead = next(coming, None)
            for line in _heard(busy):
                del busy[line]
                free.append(line)
                yield _answer(line)


def _heard(busy: Iterable[Connection]) -> list[Connection]:
    heard = set(wait(list(busy)))
    return [line for line in busy if line in heard]


def _answer(line: Connection) -> tuple[int, Any]:
    try:
        place, result, failure = line.recv()
    except (EOFError, ConnectionResetError):
        raise RuntimeError("a worker died") from None
    if failure:
        raise RuntimeError(failure)
    return place, result


@contextmanager
def _workers(many: int) -> Iterator[list[Connection]]:
    context = multiprocessing.get_context("spawn")
    lines: list[Connection] = []
    processes = []
    try:
        for _ in range(many):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs, _places()), daemon=True)
            process.start()
            theirs.close()
            lines.append(ours)
            processes.append(process)
        yield [*lines]
    finally:
        for line in lines:
            line.close()
        for process in processes:
            process.join()


def _places() -> dict[str, dict[str, Any]]:
    """Where this process's databases are: a worker asks the same, whatever its environment says."""
    return {name: {key: connections[name].settings_dict[key] for key in _WHERE} for name in connections}


def _work(line: Connection, places: dict[str, dict[str, Any]]) -> None:
    """A worker's life: a task, its answer, the next."""
    import django

    django.setup()
    for name, place in places.items():
        connections[name].settings_dict.update(place)
    gc.freeze()  # what is loaded stays; and of many small values few make circles
    gc.set_threshold(100_000, 10, 10)
    while True:
        try:
            place, task = line.recv()
            line.send((place, *_tried(task)))
        except (EOFError, BrokenPipeError, KeyboardInterrupt):
            return


def _tried(task: Task[R]) -> tuple[R | None, str]:
    try:
        return task(), ""
    except Exception as error:  # noqa: BLE001  it is told to the process that asked
        return None, f"{type(error).__name__}: {error}"
