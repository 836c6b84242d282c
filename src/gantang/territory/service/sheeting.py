"""A file of grids at a door: looked at in a process beside us, taken whole, and nothing that needs a second
administrator is done by one.

New grids come in, and so does what no change set is about (kind, households, whether an outline is a sketch).
An outline, a name, a class of town or country of a grid that is there becomes one change set to be reviewed,
as if it had been put together by hand; what waits in another one already is not drafted again.
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from gantang.kit.actor import Actor
from gantang.kit.canonical import canonical
from gantang.kit.work import work
from gantang.territory import errors, planning
from gantang.territory.errors import GroundError
from gantang.territory.models import ChangeOperation, ChangeSet, Grid
from gantang.territory.rules.changing.grids import parts_of
from gantang.territory.service.changes import draft_change
from gantang.territory.service.common import must_administer
from gantang.territory.service.importing import amended, take_ground
from gantang.territory.types import DatumFit, GridRow, GroundLine, GroundLook, GroundPlan, Operation

#: So many rows of a file are taken by a page; more by the command.
AT_A_DOOR = 3000
_SECONDS = 120


def look_at_ground(
    path: Path, *, datum: str, on: date, within: str, columns_told: Mapping[str, str]
) -> GroundLook:
    """What taking a file at a door would do. Errors: GroundError where the file cannot be looked at at all; a
    fault of the file as a whole stands in the answer, with its columns."""
    asked = {
        "path": str(path),
        "datum": datum,
        "on": on.isoformat(),
        "within": within,
        "told": dict(columns_told),
        "most": AT_A_DOOR,
        "lang": get_language() or "zh-hans",
    }
    return _answered(_beside(asked), datum)


def _beside(asked: Mapping[str, Any]) -> dict[str, Any]:
    command = [sys.executable, "-P", "-m", "gantang.territory.apart"]
    try:
        done = subprocess.run(  # noqa: S603 - our own words only
            command, input=json.dumps(asked).encode(), capture_output=True, timeout=_SECONDS, check=True
        )
        found: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise errors.not_looked_at() from None
    return found


def _answered(found: Mapping[str, Any], datum: str) -> GroundLook:
    columns = tuple(found["columns"])
    if "fault" in found:
        code, sentence, remedy = found["fault"]
        return GroundLook(columns, fault=GroundError(code, sentence, remedy=remedy))
    lines = [GroundLine(**one) for one in found["lines"]]
    take = [_step(*one) for one in found["take"]]
    return GroundLook(
        columns,
        fields=found["fields"],
        unused=tuple(found["unused"]),
        fit=DatumFit(**found["fit"]),
        plan=GroundPlan(take, lines, datum),
        returned=found["returned"],
    )


def _step(row: dict[str, Any], parts: Any, line: dict[str, Any]) -> tuple[GridRow, GroundLine]:
    since = date.fromisoformat(row["since"]) if row["since"] else None
    return GridRow(**{**row, "since": since, "shape": parts_of(parts) or None}), GroundLine(**line)


def parted(plan: GroundPlan) -> tuple[GroundPlan, list[Operation]]:
    """What may come in at once, and the operations that somebody else has to agree to."""
    known = Grid.objects.in_bulk([line.code for _row, line in plan.take if line.kind != "new"])
    direct: list[tuple[GridRow, GroundLine]] = []
    operations: list[Operation] = []
    for row, line in plan.take:
        if line.kind == "new":
            direct.append((row, line))
        else:
            rest = amended(row, known[line.code])
            operations += _reviewed(row, line, rest)
            if rest:
                silent = GridRow(row.row, line.code, row.village)
                direct.append((replace(silent, **rest), replace(line, kind="amended")))
    waiting = _waiting()
    fresh = [one for one in operations if _packed(one) not in waiting]
    return GroundPlan(direct, plan.lines, plan.datum), fresh


def _reviewed(row: GridRow, line: GroundLine, told: dict[str, Any]) -> list[Operation]:
    """The operations of a row, taken out of what it says."""
    found: list[Operation] = []
    if line.kind == "redrawn":
        households = {"households": told.pop("households")} if "households" in told else {}
        parts = [
            [list(map(list, outer)), [list(map(list, hole)) for hole in holes]] for outer, holes in row.shape
        ]
        found.append(("redraw", {"grid": line.code, "parts": parts, **households}))
    if "name" in told:
        found.append(("rename", {"ground": line.code, "name": told.pop("name")}))
    if "urban_class" in told:
        found.append(("classify", {"ground": line.code, "urban_class": told.pop("urban_class")}))
    return found


def _waiting() -> set[bytes]:
    open_ = ChangeOperation.objects.filter(change__state__in=(ChangeSet.DRAFT, ChangeSet.REVIEWED))
    kinds = open_.filter(kind__in=("redraw", "rename", "classify"))
    return {_packed(one) for one in kinds.values_list("kind", "data")}


def _packed(operation: Operation) -> bytes:
    return canonical(json.loads(json.dumps(list(operation))))


def take_at_a_door(
    *, actor: Actor, plan: GroundPlan, head: Mapping[str, Any], since: date, now: datetime
) -> tuple[Counter[str], UUID | None]:
    """Take a plan, all of it in one transaction: what may come in at once, the rest as a draft under ``head``
    (title, basis, effective_on). How many were new, amended; the draft.

    Errors: NotAdminError, ChangeFieldsError; GroundError where the ground is another by now (look again).
    """
    must_administer(actor)
    with work(actor):
        direct, operations = parted(plan)
        change = None
        if operations:
            planning.carried_out(operations)
            change = draft_change(actor=actor, **head, operations=operations, now=now)
        done = take_ground(actor=actor, plan=direct, since=since, now=now)
    return done, change
