"""Verification in parts: ranges of streams, in several processes, noted in a file as they are done, so that
a run that was ended goes on where it stood."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from gantang.ledger.checkpoints import book, checking
from gantang.ledger.snapshot import HIGH, LOW, Link, Range, cities, snapshot
from gantang.ledger.types import ChainFault, Fault, Report
from gantang.ledger.verifying import Part, verify_checkpoints, verify_range

EACH = 5000
_OLDEST = timedelta(days=7)
_BOUNDS = """
SELECT stream FROM (
    SELECT stream, row_number() OVER (ORDER BY stream) AS place FROM ledger_streamhead WHERE city = %s) told
WHERE place %% %s = 0 ORDER BY stream
"""


@dataclass(frozen=True, slots=True)
class Task:
    """A range of streams, or (``whole``) the checkpoints of a city."""

    city: int
    low: UUID = LOW
    high: UUID = HIGH
    whole: bool = False

    @property
    def is_full(self) -> bool:
        """Whether it is a range of its full size."""
        return self.high != HIGH

    def run(self, elsewhere: Path | None) -> Part:
        """Verify it, on one moment's state of its own."""
        with snapshot() as link:
            if self.whole:
                return verify_checkpoints(link, self.city, book.read(elsewhere) if elsewhere else ())
            return verify_range(link, Range(self.city, self.low, self.high))


def plan(city: int | None, elsewhere: Path | None, *, each: int = EACH) -> list[Task]:
    """The tasks that together are the verification of all, or of one city."""
    with snapshot() as link:
        told = {line.city for line in book.read(elsewhere)} if elsewhere else set()
        every = sorted({*cities(link), *checking.kept_cities(), *told})
        return [task for one in ([city] if city is not None else every) for task in _tasks(link, one, each)]


def _tasks(link: Link, city: int, each: int) -> Iterator[Task]:
    bounds = [row[0] for row in link.execute(_BOUNDS, [city, each]).fetchall()]
    for low, high in zip([LOW, *bounds], [*bounds, HIGH], strict=True):
        yield Task(city, low, high)
    yield Task(city, whole=True)


class State:
    """What is done of a plan, in a file of lines: the plan first, then each part as it is done."""

    def __init__(self, place: Path, asked: dict[str, Any], now: datetime) -> None:
        self._place, self._asked, self._now = place, asked, now
        self.tasks: list[Task] = []
        self.done: dict[int, Part] = {}

    def resume(self) -> bool:
        """Take up a run that asked for the same within the last days; whether there was one."""
        try:
            head, *lines = self._place.read_text(encoding="ascii").split("\n")[:-1]
            told = json.loads(head)
            begun = datetime.fromisoformat(told["begun"])
        except (OSError, ValueError, KeyError):
            return False
        if told["asked"] != self._asked or self._now - begun > _OLDEST:
            return False
        self.tasks = [_task(one) for one in told["tasks"]]
        self.done = {one["task"]: _part(one["part"]) for one in map(json.loads, lines)}
        return True

    def begin(self, tasks: Sequence[Task]) -> None:
        """Start afresh."""
        self.tasks, self.done = list(tasks), {}
        told = {"asked": self._asked, "begun": self._now.isoformat(), "tasks": [asdict(one) for one in tasks]}
        self._place.parent.mkdir(parents=True, exist_ok=True)
        self._place.write_text(json.dumps(told, default=str) + "\n", encoding="ascii")

    def note(self, number: int, part: Part) -> None:
        """A task is done."""
        self.done[number] = part
        with self._place.open("a", encoding="ascii") as file:
            file.write(json.dumps({"task": number, "part": asdict(part)}, default=str) + "\n")

    def left(self) -> list[tuple[int, Task]]:
        """The tasks that are not done, with their numbers."""
        return [(number, task) for number, task in enumerate(self.tasks) if number not in self.done]

    def end(self) -> Report:
        """The report; the file goes."""
        whole = Part()
        for number in sorted(self.done):
            whole.add(self.done[number])
        self._place.unlink(missing_ok=True)
        return whole.report()


def _task(told: dict[str, Any]) -> Task:
    return Task(told["city"], UUID(told["low"]), UUID(told["high"]), told["whole"])


def _part(told: dict[str, Any]) -> Part:
    faults = [Fault(**{**one, "stream": UUID(one["stream"])}) for one in told["faults"]]
    return Part(**{**told, "faults": faults, "chain": [ChainFault(**one) for one in told["chain"]]})
