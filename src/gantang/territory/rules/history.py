"""What a line of the history means: which code became which, when, and for how long a code was in force."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

RECORDS_BEGIN = 1981


@dataclass(frozen=True, slots=True)
class Known:
    """One division in force today."""

    prefix: str
    name: str
    level: int
    parent: str | None


@dataclass(frozen=True, slots=True)
class Past:
    """One line of the history: ``state`` is current, renamed or ended, ``successors`` are (prefix, year)."""

    prefix: str
    name: str
    level: int
    state: str
    since: int
    until: int | None
    successors: tuple[tuple[str, int | None], ...]


class Change(NamedTuple):
    """``kind``: recoded, renamed (same code), ceded (a part went over) or abolished (no successor)."""

    kind: str
    year: int | None
    successor: str


def changes(line: Past) -> Iterator[Change]:
    """A successor with a year of its own took a part in that year; one without took the whole at the end."""
    for successor, year in line.successors:
        if year is not None:
            yield Change("ceded", year, successor)
        else:
            yield Change("renamed" if successor == line.prefix else "recoded", line.until, successor)
    if line.state != "current" and not line.successors:
        yield Change("abolished", line.until, "")


def first_day(since: int) -> date | None:
    """None where the code is as old as the records."""
    return date(since, 1, 1) if since > RECORDS_BEGIN else None


def spans(lines: Iterable[Past]) -> dict[str, tuple[int, int | None, Past]]:
    """For each code: the year of its first line, the year it ended (None: in force), and its last line."""
    found: dict[str, tuple[int, int | None, Past]] = {}
    for line in sorted(lines, key=lambda line: line.since):
        first = found[line.prefix][0] if line.prefix in found else line.since
        found[line.prefix] = (first, None if line.state == "current" else line.until, line)
    return found
