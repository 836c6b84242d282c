"""A row of a table as a report from elsewhere, by a mapping. Pure."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from gantang.matters.rules.mapping import Cells, MappingFile, Value
from gantang.matters.types import Incoming, Report
from gantang.sheets.queries import as_moment, is_empty

HOME = ZoneInfo("Asia/Shanghai")
T = TypeVar("T")
zone_of = lru_cache(maxsize=8)(ZoneInfo)


class MisfitError(ValueError):
    """A row that cannot become a report: (key of the mapping, code of ``errors.FAULTS``), one or several."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__(str(faults))
        self.faults = faults


def incoming(mapping: MappingFile, row: int, cells: Cells) -> Incoming:
    """The report that a row makes; it knows nothing of what is in the database. Errors: MisfitError."""
    faults: list[tuple[str, str]] = []

    def told(name: str, code: str, read: Callable[[], T | None]) -> T | None:
        try:
            return read()
        except (ValueError, OverflowError):
            faults.append((name, code))
            return None

    codes = {
        name: told(name, "unknown_value", lambda part=part: _code(part, cells))  # type: ignore[misc]
        for name, part in (("channel", mapping.channel), ("class", mapping.klass), ("ground", mapping.ground))
    }
    key = told("key", "no_key", lambda: _key(mapping, cells))
    point = told("point", "unreadable_point", lambda: mapping.point.of(cells) if mapping.point else None)
    opened = told("opened", "unreadable_time", lambda: _moment(mapping, mapping.opened, cells))
    ended = told("ended", "unreadable_time", lambda: _moment(mapping, mapping.ended, cells))
    if mapping.past and opened is None and not faults:
        faults.append(("opened", "unreadable_time"))
    if faults:
        raise MisfitError(faults)
    reporter = mapping.reporter.of(cells)
    report = Report(
        words=mapping.words.text(cells),
        channel=codes["channel"] or "",
        class_code=codes["class"] or "",
        ground=codes["ground"] or "",
        point=point,
        place=mapping.place.text(cells) if mapping.place else "",
        reporter=reporter,
        anonymous=reporter is None,
        on_behalf=True,
    )
    return Incoming(key or "", report, opened, ended or (opened if mapping.past else None), row)


def _code(part: Value, cells: Cells) -> str:
    found = part.of(cells)
    if found is None:
        raise ValueError
    return found


def _key(mapping: MappingFile, cells: Cells) -> str:
    """What names the row in its source; without a column for it, all it says."""
    if mapping.key is None:
        spelled = json.dumps(dict(cells), ensure_ascii=False, sort_keys=True)
        return "row:" + hashlib.sha256(spelled.encode()).hexdigest()
    parts = [cells[one] for one in mapping.key.columns]
    if not any(parts):
        raise ValueError
    return json.dumps(parts, ensure_ascii=False)


def _moment(mapping: MappingFile, column: str | None, cells: Cells) -> datetime | None:
    """A time of the source's zone, as a moment here; None where there is none."""
    if column is None or is_empty(cells[column]):
        return None
    return as_moment(cells[column]).replace(tzinfo=zone_of(mapping.zone)).astimezone(HOME)
