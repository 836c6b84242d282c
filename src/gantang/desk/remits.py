"""What the page of remits shows: who answers and why, what changed, what a sheet would change."""

import base64
import binascii
import csv
import io
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

from gantang.desk import choices
from gantang.kit.actor import Actor
from gantang.matters import queries as matters
from gantang.posts import errors, queries, service
from gantang.posts.types import RemitChange, RemitView, SheetReport

#: So many lines of a table are shown; what is more stands in the sheet that goes back.
SHOWN = 200


def units(ground: str, on: date) -> choices.Pairs:
    """The units of a ground, for a list; each by the name that a sheet would call it."""
    return [(f"{one.name}@{one.ground}", one.name) for one in queries.units(ground, on=on)]


def changed(before: date, after: date, ground: str) -> dict[str, Any]:
    """What the remits say differently, as lines; how many more there are."""
    found = queries.remit_changes(before, after, ground=ground)
    return {"lines": lines_of(found[:SHOWN]), "count": len(found), "more": max(0, len(found) - SHOWN)}


def lines_of(found: list[RemitChange]) -> list[dict[str, Any]]:
    """Each change in words."""
    held = [one for change in found for one in (change.before, change.after) if one is not None]
    names = queries.unit_names(u for one in held for u in (one.unit, *one.cooperating))
    return [
        {
            "kind": one.kind,
            "klass": queries.class_words(one.klass),
            "ground": queries.ground_words(one.ground),
            "duty": queries.DUTY_WORDS.get(one.duty, one.duty),
            "before": _said(one.before, names),
            "after": _said(one.after, names),
        }
        for one in found
    ]


def _said(one: RemitView | None, names: Mapping[int, str]) -> dict[str, Any] | None:
    if one is None:
        return None
    beside = [names.get(unit, "") for unit in one.cooperating]
    return {
        "unit": names.get(one.unit, ""),
        "cooperating": beside,
        "basis": one.basis,
        "since": one.valid_from,
        "until": one.valid_to,
    }


def preview(actor: Actor, report: SheetReport, *, now: Any) -> dict[str, Any]:
    """What a sheet that was only read would change: rows by what becomes of them, matters that would move."""
    context: dict[str, Any] = {
        "report": report,
        "errors": report.errors[:SHOWN],
        "more_errors": max(0, len(report.errors) - SHOWN),
        "counts": {one: report.count(one) for one in ("added", "changed", "same", "error")},
    }
    if report.errors:
        context["returned"] = base64.b64encode(b"".join(service.returned(report))).decode()
        return context
    context["lines"] = lines_of(list(report.changes[:SHOWN]))
    context["more_lines"] = max(0, len(report.changes) - SHOWN)
    if report.changes:
        context["moving"] = moving(actor, report.changes, now=now)
    return context


def moving(actor: Actor, changes: tuple[RemitChange, ...], *, now: Any) -> dict[str, Any]:
    """Which open matters would go from where to where."""
    found = matters.moved_by(actor, changes, now=now)
    names = queries.unit_names(unit for one in found.handed for unit in (one.before, one.after))
    handed = [
        {
            "duty": queries.DUTY_WORDS.get(one.duty, one.duty),
            "before": names.get(one.before, ""),
            "after": names.get(one.after, ""),
            "count": one.count,
        }
        for one in found.handed
    ]
    return {"found": found, "handed": handed}


def sheet_of(cells: Mapping[str, str]) -> bytes:
    """A sheet of one row."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(cells)
    writer.writerow(cells.values())
    return out.getvalue().encode()


def packed(data: bytes) -> str:
    """A sheet as the preview's form carries it; the service reads it anew."""
    return base64.b64encode(data).decode()


def unpacked(text: str) -> BytesIO:
    """The sheet again. Errors: WrongError for what no preview wrote."""
    try:
        return BytesIO(base64.b64decode(text, validate=True))
    except binascii.Error:
        raise errors.wrong_columns([], [""]) from None
