"""`gantang work`: what goes on behind the pages.

A room that waits for news has ``loop.py`` with ``run(stop_event)``, which returns soon after the event is
set; what is looked for at a pace of its own stands in ``jobs``.
"""

import importlib
import importlib.util
import os
import signal
from collections.abc import Callable
from functools import partial
from threading import Event, Thread
from types import FrameType

import typer

from gantang.cli import surroundings
from gantang.cli.screen import say

_LOOK_EVERY = 1.0
_BUSY = 3.0
_LONGEST_ITEM = 300.0


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("work")(work)


def work() -> None:
    """后台任务，直到收到停止信号。 Background work until told to stop."""
    stop = Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, end)
    with surroundings.django():
        importlib.import_module("gantang.site.traces").start("worker")
        if _is_fit(stop):
            _recover()
            importlib.import_module("gantang.kit.timekeeping").start()
            _run(stop)


def _is_fit(stop: Event) -> bool:
    """Check role and keys, waiting for a database that is away; ends the process where they do not fit. What
    time it is, the database says before anything falls due."""
    from django.db import OperationalError

    from gantang.kit import timekeeping

    start = importlib.import_module("gantang.site.start")
    while not stop.is_set():
        try:
            start.check()
            timekeeping.look()
        except OperationalError:
            stop.wait(_BUSY)
        else:
            return True
    return False


def _recover() -> None:
    """What killed the worker before is counted, so that it cannot go on doing so."""
    from gantang.kit import clock, trouble

    trouble.recover(clock.now())


def _run(stop: Event) -> None:
    threads = [Thread(target=each, name=name) for name, each in _targets(stop)]
    for thread in threads:
        thread.start()
    say(f"后台任务 … working: {', '.join(thread.name for thread in threads)}")
    while not stop.wait(_LOOK_EVERY):
        _end_if_stuck()
        if not all(thread.is_alive() for thread in threads):
            stop.set()
            raise typer.Exit(1)  # the supervisor starts all of it again


def _end_if_stuck() -> None:
    """A thread cannot be ended from outside: the process goes, whoever starts it again counts what it had in
    hand as failed, and after a few times leaves it alone."""
    from gantang.kit import trouble

    for job, item in trouble.stuck(_LONGEST_ITEM):
        say(f"卡住 … stuck: {job} {item}")
        os._exit(1)


def _targets(stop: Event) -> list[tuple[str, Callable[[], None]]]:
    from gantang.cli.worker import jobs

    loops = [(name.split(".")[1], partial(_loop, name, stop)) for name in _loops()]
    return [*loops, *((job.name, partial(jobs.keep, job, stop)) for job in jobs.JOBS)]


def _loops() -> list[str]:
    from django.apps import apps

    rooms = [config.name for config in apps.get_app_configs() if config.name.startswith("gantang.")]
    return [f"{room}.loop" for room in rooms if importlib.util.find_spec(f"{room}.loop")]


def _loop(name: str, stop: Event) -> None:
    importlib.import_module(name).run(stop)
