"""`gantang work`: what goes on behind the pages.

A room with such work has ``loop.py`` with ``run(stop_event)``, which returns soon after the event is set.
"""

import importlib
import importlib.util
import signal
import sys
from threading import Event, Thread
from types import FrameType

import typer

from gantang.cli import surroundings
from gantang.cli.screen import say

_LOOK_EVERY = 1.0


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
        threads = [Thread(target=_loop, args=(name, stop), name=name) for name in _loops()]
        for thread in threads:
            thread.start()
        say(f"后台任务 … working: {', '.join(thread.name for thread in threads)}")
        while not stop.wait(_LOOK_EVERY):
            if not all(thread.is_alive() for thread in threads):
                stop.set()
                sys.exit(1)  # the supervisor starts all of it again


def _loops() -> list[str]:
    from django.apps import apps

    rooms = [config.name for config in apps.get_app_configs() if config.name.startswith("gantang.")]
    return [f"{room}.loop" for room in rooms if importlib.util.find_spec(f"{room}.loop")]


def _loop(name: str, stop: Event) -> None:
    importlib.import_module(name).run(stop)
