"""Verification: every chain recomputed, every head and every leaf compared, in one pass over the three
tables in the same order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from gantang.ledger.checkpoints import checking
from gantang.ledger.checkpoints.line import Line
from gantang.ledger.judging import Head, Leaf, judge
from gantang.ledger.rules import Link, Row
from gantang.ledger.snapshot import Link as Database
from gantang.ledger.snapshot import Place, Range, cities, snapshot, stream_rows, together
from gantang.ledger.types import ChainFault, Fault, Report

KEPT_FAULTS = 1000

_COLUMNS = "city, id, stream, seq, kind, name, data, client, account, post, happened_at, hash"
_STEPS = f"SELECT {_COLUMNS} FROM ledger_step WHERE {{where}} ORDER BY city, stream, seq, id"  # noqa: S608
_HEADS = (
    "SELECT city, stream, kind, count, hash, seal FROM ledger_streamhead WHERE {where} ORDER BY city, stream"
)
_LEAVES = "SELECT city, stream, count, hash FROM ledger_leaf WHERE {where} ORDER BY city, stream"


@dataclass(slots=True)
class Part:
    """What a part of the verification found; parts add up to a report."""

    streams: int = 0
    steps: int = 0
    checkpoints: int = 0
    more: int = 0
    faults: list[Fault] = field(default_factory=list)
    chain: list[ChainFault] = field(default_factory=list)

    def add(self, other: "Part") -> None:
        """Take another part in."""
        self.streams, self.steps = self.streams + other.streams, self.steps + other.steps
        self.checkpoints, self.more = self.checkpoints + other.checkpoints, self.more + other.more
        for fault in other.faults:
            self.note(fault)
        self.chain += other.chain

    def note(self, fault: Fault) -> None:
        """Keep a fault, or count it where there are too many to keep."""
        if len(self.faults) < KEPT_FAULTS:
            self.faults.append(fault)
        else:
            self.more += 1

    def report(self) -> Report:
        """The report of all that was taken in."""
        return Report(
            self.streams, self.steps, tuple(self.faults), self.more, self.checkpoints, tuple(self.chain)
        )


def verify_streams(city: int | None, elsewhere: Sequence[Line] = ()) -> Report:
    """Verify all chains, or those of one city, and the checkpoints; ``elsewhere`` is a copy kept outside."""
    whole = Part()
    with snapshot() as link:
        for each in [city] if city is not None else _all(link, elsewhere):
            whole.add(verify_range(link, Range(each)))
            whole.add(verify_checkpoints(link, each, elsewhere))
    return whole.report()


def _all(link: Database, elsewhere: Sequence[Line]) -> list[int]:
    """Every city that is here, or is told of elsewhere."""
    return sorted({*cities(link), *(line.city for line in elsewhere), *checking.kept_cities()})


def verify_checkpoints(link: Database, city: int, elsewhere: Sequence[Line] = ()) -> Part:
    """The checkpoints of a city, and what the last one saw."""
    many, faults = checking.check(link, city, elsewhere)
    return Part(checkpoints=many, chain=faults)


def verify_range(link: Database, part: Range) -> Part:
    """The chains of a range of streams."""
    found = Part()
    where, params = part.where
    for _place, (head, rows, leaf) in together(
        _heads(link, where, params), _steps(link, where, params), _leaves(link, where, params)
    ):
        found.streams, found.steps = found.streams + 1, found.steps + len(rows or ())
        fault = judge(head, rows or [], leaf)
        if fault:
            found.note(fault)
    return found


def _heads(link: Database, where: str, params: list[Any]) -> Iterator[tuple[Place, Head]]:
    for row in stream_rows(link, "verify_heads", _HEADS.format(where=where), params):
        yield (row[0], row[1]), Head(*row)


def _steps(link: Database, where: str, params: list[Any]) -> Iterator[tuple[Place, list[Row]]]:
    told = stream_rows(link, "verify_steps", _STEPS.format(where=where), params)
    for place, group in groupby(told, key=lambda row: (row[0], row[2])):
        yield place, [(Link(*row[:-1]), row[-1]) for row in group]


def _leaves(link: Database, where: str, params: list[Any]) -> Iterator[tuple[Place, Leaf]]:
    for row in stream_rows(link, "verify_leaves", _LEAVES.format(where=where), params):
        yield (row[0], row[1]), Leaf(*row)
