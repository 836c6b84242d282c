"""The row of a matter as a projection of its steps: the one place where a step becomes columns.

Used by every act, one step at a time, and by the rebuild from the first step on; so they cannot differ. The
engine's steps go through ``engine.apply``; the others are this room's own and never share a name with them.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from gantang import engine
from gantang.engine import Case, Procedure, Step
from gantang.kit.actor import is_apart
from gantang.matters.rules import campaigns, counts
from gantang.matters.rules.derive import derived
from gantang.matters.rules.measures import counted

Fields = dict[str, Any]
Item = tuple[str, Mapping[str, Any]]
ProcedureOf = Callable[[str], Procedure]

ENGINE = frozenset(
    [
        "opened",
        "taken_over",
        "moved",
        "told",
        "skipped",
        "asked",
        "paused",
        "extended",
        "declined",
        "resumed",
        "rerouted",
        "recomputed",
        "outage",
        "upgraded",
    ]
)


def follow(fields: Fields, name: str, data: Mapping[str, Any], procedure_of: ProcedureOf) -> Fields:
    """The columns after a step. Keys are the row's attribute names; ``gist`` is no part of it."""
    return through(fields, [(name, data)], procedure_of)


def through(fields: Fields, items: Iterable[Item], procedure_of: ProcedureOf) -> Fields:
    """The same after several steps, those of the engine that stand together taken as one."""
    found = dict(fields)
    for is_engine, group in groupby(items, key=lambda item: item[0] in ENGINE):
        if is_engine:
            found |= _decided(found, [Step(name, dict(data)) for name, data in group], procedure_of)
            continue
        for name, data in group:
            found |= OWN[name](found, data)
    return found


def _decided(fields: Fields, steps: Iterable[Step], procedure_of: ProcedureOf) -> Fields:
    case = Case.from_dict(fields["case"]) if fields.get("case") else None
    klass, entries = fields["class_code"], fields["counted"]
    for step in steps:
        before, case = case, engine.apply(case, step)
        procedure = procedure_of(case.hash)
        new = [*counted(procedure, before, case, step.name, step.data, entries)]
        if fields["campaign"] is not None:
            new += campaigns.counted(procedure, before, case, step.name, step.data)
        klass = (step.data.get("chosen") or {}).get("class") or klass
        entries = counts.add(entries, new)
    if case is None:
        return {}
    return {**derived(procedure_of(case.hash), case), "class_code": klass, "counted": entries}


def _received(fields: Fields, data: Mapping[str, Any]) -> Fields:
    parent = data.get("parent")
    return {
        "number": data["number"],
        "channel": data["channel"],
        **_place(data),
        "grid_then": data["scope"],
        "urban_then": data["urban"],
        "class_code": data["class"],
        "cause_code": data["cause"],
        "urgent": data["urgent"],
        "anonymous": data["anonymous"],
        "reachable": data["reachable"],
        "gist_mac": bytes.fromhex(data["gist"]),
        "parent_city": parent[0] if parent else None,
        "parent_id": UUID(parent[1]) if parent else None,
        "campaign": data.get("campaign"),
        "facility": UUID(data["facility"]) if data.get("facility") else None,
        "barred": 0,
        "erased_at": None,
        "legal_hold_until": None,
        "counted": [],
        "case": None,
    }


def _place(data: Mapping[str, Any]) -> Fields:
    return {
        "scope": data["scope"],
        "division": data["division"],
        "grid_now": data["scope"],
        "urban": data["urban"],
        "lon": _degrees(data.get("lon")),
        "lat": _degrees(data.get("lat")),
        "point_mac": bytes.fromhex(data["point"]) if data.get("point") else None,
    }


def _relocated(fields: Fields, data: Mapping[str, Any]) -> Fields:
    """The ground changed, not the place: the point stays, and where it began."""
    return {
        "scope": data["scope"],
        "division": data["division"],
        "grid_now": data["scope"],
        "urban": data["urban"],
    }


def _degrees(micro: int | None) -> float | None:
    """Steps once held millionths of a degree; now they hold the point's hash alone."""
    return None if micro is None else micro / 1_000_000


def _classed(fields: Fields, data: Mapping[str, Any]) -> Fields:
    return {"class_code": data["class"], "cause_code": data["cause"]}


def _gist(fields: Fields, data: Mapping[str, Any]) -> Fields:
    return {"gist_mac": bytes.fromhex(data["gist"])}


def _erased(fields: Fields, data: Mapping[str, Any]) -> Fields:
    """What is still open goes on: it is forgotten once more when its own term has passed."""
    ended = fields["ended_at"] is not None
    gone = {"erased_at": datetime.fromisoformat(data["at"]) if ended else None}
    return {**_gist(fields, data), **gone, **_pointless(data), **_nowhere(fields)}


def _handed_over(fields: Fields, data: Mapping[str, Any]) -> Fields:
    return {"legal_hold_until": None, **_pointless(data)}


def _pointless(data: Mapping[str, Any]) -> Fields:
    """The point goes where the step says so; steps of before did not."""
    return {"lon": None, "lat": None, "point_mac": None} if "point" in data else {}


def _nowhere(fields: Fields) -> Fields:
    """Of what lay apart, class, county and unit go as well; its steps never said them."""
    return {"scope": "~", "division": "", "class_code": ""} if is_apart(fields["scope"]) else {}


def _legal_hold(fields: Fields, data: Mapping[str, Any]) -> Fields:
    return {"legal_hold_until": date.fromisoformat(data["review_on"])}


def _reached(fields: Fields, data: Mapping[str, Any]) -> Fields:
    return {"reachable": data["reachable"]}


def _barred(fields: Fields, data: Mapping[str, Any]) -> Fields:
    return {"barred": fields["barred"] + 1}


def _nothing(fields: Fields, data: Mapping[str, Any]) -> Fields:
    return {}


OWN: dict[str, Callable[[Fields, Mapping[str, Any]], Fields]] = {
    "received": _received,
    "classed": _classed,
    "caused": lambda fields, data: {"cause_code": data["cause"]},
    "placed": lambda fields, data: _place(data),
    "relocated": _relocated,
    "gist_mended": _gist,
    "reached": _reached,
    "linked": _nothing,
    "unlinked": _nothing,
    "joined": _nothing,
    "opened_child": _nothing,
    "attached": _nothing,
    "messaged": _nothing,
    "code_issued": _nothing,
    "party_added": _nothing,
    "willing": _nothing,
    "erased": _erased,
    "removal_asked": _nothing,
    "legal_hold_placed": _legal_hold,
    "legal_hold_lifted": lambda fields, data: {"legal_hold_until": None},
    "person_corrected": _nothing,
    "file_removed": _nothing,
    "handed_over": _handed_over,
    "document_made": _nothing,
    "document_superseded": _nothing,
    "document_corrected": _nothing,
    "session_planned": _nothing,
    "session_moved": _nothing,
    "session_cancelled": _nothing,
    "session_held": _nothing,
    "signed": _nothing,
    "signatures_witnessed": _nothing,
    "barred": _barred,
}
