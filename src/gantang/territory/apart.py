"""A file of grids looked at beside us, for a page: `python -m gantang.territory.apart`, asked and answering
in JSON on the standard streams.

Outlines load shapely, and a file from outside may be of any shape: neither belongs into the process that
answers everybody. Nothing is written here; what the page is to take goes back as plain rows, their outlines
as they are stored.
"""

import base64
import json
import resource
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gantang.territory.types import GridRow, GroundLine, GroundPlan

#: Address space in bytes.
_SPACE = 4 * 1024**3


def look(asked: Mapping[str, Any]) -> dict[str, Any]:
    """What the file is and what taking it would do: ``columns``, then the plan, or the ``fault`` of the file
    as a whole."""
    from django.utils import translation

    from gantang.kit.errors import GantangError
    from gantang.territory import formats

    found: dict[str, Any] = {"columns": []}
    with translation.override(asked["lang"]):
        try:
            found["columns"] = list(formats.opened(Path(asked["path"])).columns)
            return {**found, **_planned(Path(asked["path"]), asked)}
        except GantangError as error:
            fault = [error.code, error.words, error.remedy_words]
            return {**found, "fault": fault}


def _planned(path: Path, asked: Mapping[str, Any]) -> dict[str, Any]:
    from gantang.territory import queries, service

    on = date.fromisoformat(asked["on"])
    read = service.read_ground(path, columns_told=asked["told"], ground=asked["within"], most=asked["most"])
    plan = service.plan_ground(read, datum=asked["datum"], on=on)
    within, lines = _within(plan, asked["within"])
    return {
        "fields": dict(read.fields),
        "unused": list(read.unused),
        "encoding": read.encoding,
        "fit": asdict(queries.fit_datum(read.rows, on=on)),
        "lines": [asdict(line) for line in lines],
        "take": within,
        "returned": _returned(path, lines),
    }


def _within(plan: "GroundPlan", ground: str) -> tuple[list[Any], list["GroundLine"]]:
    """The rows to take, plain, and all lines; a row of another ground is an error."""
    from dataclasses import replace

    from gantang.territory import errors
    from gantang.territory.service.importing import stored_parts

    out = {row.row: row.village for row in plan.rows if not row.village.startswith(ground)}
    lines = []
    for line in plan.lines:
        if line.row in out and line.kind != "error":
            fault = errors.asset("asset_elsewhere", out[line.row])
            line = replace(line, kind="error", reason=fault.words, remedy=fault.remedy_words)
        lines.append(line)
    take = [
        [_plain(row), stored_parts(row, plan.datum), asdict(line)]
        for row, line in plan.take
        if row.row not in out
    ]
    return take, lines


def _plain(row: "GridRow") -> dict[str, Any]:
    names = ("row", "code", "village", "name", "kind", "schematic", "households", "urban_class")
    return {**{name: getattr(row, name) for name in names}, "since": row.since and row.since.isoformat()}


def _returned(path: Path, lines: list["GroundLine"]) -> str:
    """The rows with errors in a workbook, packed; nothing where there are none."""
    from gantang.territory import service

    if not any(line.kind == "error" for line in lines):
        return ""
    back = path.with_name("errors.xlsx")
    service.write_faults(back, source=path, lines=lines)
    return base64.b64encode(back.read_bytes()).decode()


def main() -> None:
    """Answer the one question on the standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (_SPACE, _SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import django

    django.setup()
    sys.stdout.write(json.dumps(look(json.load(sys.stdin)), ensure_ascii=False))


if __name__ == "__main__":
    main()
