"""What the tests of imports have in common: rows from elsewhere, and a database of its own for the command."""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import psycopg

from gantang.kit import clock
from gantang.matters import service
from gantang.matters.types import Imported, Incoming, Report
from tests.conftest import ROOT
from tests.copies import copied
from tests.matters.acting import fresh

MAPPINGS = Path(__file__).parent / "mappings"


def arriving(ground: str, words: str = "村口路灯不亮有一个星期了。", **given: Any) -> Incoming:
    """A row from elsewhere under a key of its own."""
    times = {name: given.pop(name) for name in ("opened_at", "ended_at", "key") if name in given}
    given.setdefault("anonymous", given.get("reporter") is None)
    given.setdefault("on_behalf", True)
    report = Report(words=words, channel=given.pop("channel", "letter"), ground=ground, **given)
    return Incoming(**{"key": fresh(), **times}, report=report)


def brought(*rows: Incoming, now: datetime | None = None, batch: int = 1000) -> list[Any]:
    """What becomes of the rows."""
    moment = now or clock.now()
    done = service.import_many(source="test", rows=rows, clock=lambda: moment, batch=batch)
    return [outcome for _row, outcome in done]


def added(outcomes: Iterable[Any]) -> list[bool]:
    return [isinstance(one, Imported) and not one.again for one in outcomes]


def days_ago(n: int) -> datetime:
    return (clock.now() - timedelta(days=n)).replace(hour=10, minute=0, second=0, microsecond=0)


@dataclass
class Place:
    """A database of its own, with the small world, as a command finds it."""

    outer: dict[str, str]

    @property
    def env(self) -> dict[str, str]:
        return {**self.outer, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "200"}

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """The command, running."""
        return subprocess.Popen(
            [sys.executable, "-m", "gantang", *words],
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *words: str) -> tuple[int, str, float]:
        """Exit code, what was printed, and the most memory the command held, in MB."""
        child = self.start(*words)
        held: list[float] = []
        watcher = Thread(target=_watch, args=(child, held))
        watcher.start()
        told, _ = child.communicate()
        watcher.join()
        return child.returncode, told, max(held)

    def count(self, query: str) -> int:
        """A number by the owner's eye."""
        with psycopg.connect(self.outer["DATABASE_URL"]) as link:
            row = link.execute(query).fetchone()  # type: ignore[arg-type]
        assert row is not None
        return int(row[0])


def _watch(child: "subprocess.Popen[str]", held: list[float]) -> None:
    """Note the most memory a process held so far, in MB, until it ends. Its usage as told at the end would
    count what the test's own process held when it was forked."""
    while child.poll() is None:
        try:
            status = Path(f"/proc/{child.pid}/status").read_text()
        except FileNotFoundError:  # it ended in between
            return
        held += [int(kb) / 1024 for kb in re.findall(r"VmHWM:\s+(\d+) kB", status)]
        sleep(0.05)


@contextmanager
def own_place(name: str) -> Iterator[Place]:
    """A copy of the template, dropped behind the block."""
    with copied(name) as env:
        yield Place(env)
