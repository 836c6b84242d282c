"""A matter's row as a line of the queue: names instead of codes, the clock as a sign. No queries per line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gantang.faces import clocks, names, vocabulary
from gantang.kit.actor import is_apart
from gantang.matters.types import MatterRow
from gantang.posts import queries as posts
from gantang.territory import queries as territory


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the queue."""

    number: str
    gist: str
    state: str
    sign: vocabulary.Sign
    clock: vocabulary.Sign | None
    clock_word: str
    supervision: vocabulary.Sign | None
    class_title: str
    ground: str
    channel: str
    unit: str
    urgent: bool
    opened_at: datetime


def lines(rows: Sequence[MatterRow], *, now: datetime) -> list[Line]:
    """The lines of a page of rows."""
    units = posts.unit_names(row.owner_unit for row in rows if row.owner_unit is not None)
    grounds = territory.names({part for row in rows for part in _steps(row.scope)})
    classes, channels = names.classes(), names.channels()
    return [_line(row, units, grounds, classes, channels, now) for row in rows]


def _line(
    row: MatterRow,
    units: Mapping[int, str],
    grounds: Mapping[str, str],
    classes: Mapping[str, str],
    channels: Mapping[str, str],
    now: datetime,
) -> Line:
    sign, word = clocks.sign_of(due=row.due_at, started=row.entered_at, now=now, ended=row.ended_at)
    return Line(
        number=row.number,
        gist=row.gist,
        state=row.state,
        sign=vocabulary.matter_sign(row.status),
        clock=sign if row.due_at else None,
        clock_word=word,
        supervision=vocabulary.SUPERVISION.get(row.supervision),
        class_title=classes.get(row.class_code, ""),
        ground=" ".join(grounds[part] for part in _steps(row.scope) if part in grounds),
        channel=channels.get(row.channel, row.channel),
        unit=units.get(row.owner_unit or 0, ""),
        urgent=row.urgent,
        opened_at=row.opened_at,
    )


def _steps(scope: str) -> list[str]:
    """The grounds that are named on a line: township, village, grid; the last two of them at most."""
    if is_apart(scope):
        return []
    chain = [scope[:digits] for digits in (4, 6, 9, 12, 15) if len(scope) >= digits]
    return chain[-3:]
