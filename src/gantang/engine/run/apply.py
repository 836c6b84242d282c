"""Applying steps: mechanical, and never a decision, so that replay gives the case byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from gantang.engine.run.case import Case, Clock, Held, Stop, Wish, but
from gantang.engine.run.values import Step, moment

#: What a step changes of a case, by the names of its columns.
Changes = dict[str, Any]


class StepError(ValueError):
    """A step that cannot follow: an opening on an open case, or an unknown name."""


_DAWN = datetime.min.replace(tzinfo=UTC)
_NONE_YET = Case("", 0, "", "", 0, _DAWN, _DAWN, _DAWN)


def apply(case: Case | None, step: Step) -> Case:
    """The case after the step. Keys of the step's data that the engine does not know are left alone."""
    if case is None:
        first = _FIRST.get(step.name)
        if first is None:
            raise StepError(f"the first step must be opened or taken_over, not {step.name}")
        return first(step.data)
    handler = _HANDLERS.get(step.name)
    if handler is None:
        raise StepError(f"unknown step {step.name}")
    return but(case, **handler(case, step.data), changed_at=moment(step.data["at"]))


def replay(steps: Iterable[Step]) -> Case:
    """The case that the steps add up to; StepError when there are none."""
    case: Case | None = None
    for step in steps:
        case = apply(case, step)
    if case is None:
        raise StepError("no steps")
    return case


def _opened(data: Mapping[str, Any]) -> Case:
    # Opening is no move: it makes nobody a doer under a duty.
    opening = {key: value for key, value in data.items() if key != "by"}
    return but(
        _NONE_YET,
        procedure=data["procedure"],
        version=data["version"],
        hash=data["hash"],
        opened_at=moment(data["opened_at"]),
        changed_at=moment(data["at"]),
        **_acted(_NONE_YET, opening),
        **_entered(_NONE_YET, opening),
    )


def _taken_over(data: Mapping[str, Any]) -> Case:
    return Case.from_dict(data["case"])


def _acted(case: Case, data: Mapping[str, Any]) -> Changes:
    """What every act leaves: who made it, what was chosen, which clocks now run."""
    changes = _timing(data)
    if "by" in data:
        changes["made"] = _made(case, data["by"])
    if data.get("chosen"):
        changes["chosen"] = {**case.chosen, **data["chosen"]}
    if "move" in data:
        changes["uses"] = {**case.uses, data["move"]: case.uses.get(data["move"], 0) + 1}
    if "supervision" in data:
        changes["supervision"] = data["supervision"]
    if "release" in data or "holders" in data:
        changes["holders"] = _holders(case, data)
    return changes


def _timing(data: Mapping[str, Any]) -> Changes:
    found: Changes = {}
    for name in ("clock", "total"):
        if name in data:
            found[name] = Clock.from_dict(data[name]) if data[name] else None
    if "pause" in data:
        stop = data["pause"]
        found["pause"] = stop and Stop(stop["kind"], moment(stop["since"]), moment(stop["until"]))
    if "wish" in data:
        wish = data["wish"]
        found["wish"] = wish and Wish(wish["kind"], wish["of"], moment(wish["at"]))
    return found


def _made(case: Case, by: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(case.made)
    who = (by["account"], by["post"])
    known = made.get(by["duty"], ())
    if who != (None, None) and who not in known:
        made[by["duty"]] = (*known, who)
    return made


def _holders(case: Case, data: Mapping[str, Any]) -> dict[str, Held]:
    holders = {duty: held for duty, held in case.holders.items() if duty not in data.get("release", ())}
    holders.update({duty: Held(**held) for duty, held in data.get("holders", {}).items()})
    return holders


def _entered(case: Case, data: Mapping[str, Any]) -> Changes:
    """Into the state `to`, if the step goes anywhere."""
    if "to" not in data:
        return {}
    at = moment(data["at"])
    return {
        "state": data["to"],
        "visit": case.visit + 1,
        "entered_at": at,
        "outcome": data.get("outcome"),
        "closed_at": at if data.get("ended") else None,
        "until": {move: moment(until) for move, until in data.get("until", {}).items()},
        "reopened": case.reopened + (1 if data.get("reopened") else 0),
    }


def _moved(case: Case, data: Mapping[str, Any]) -> Changes:
    acted = _acted(case, data)
    return acted | _entered(case, data) | _fired(case, data, acted)


def _fired(case: Case, data: Mapping[str, Any], acted: Changes | None = None) -> Changes:
    """Notes that a late rule has fired for this deadline, where its clock still runs: the total's goes on."""
    rule = data.get("rule")
    if rule is None or ("to" in data and rule["of"] == "state"):
        return {}
    name = "total" if rule["of"] == "total" else "clock"
    clock: Clock | None = (acted or {}).get(name, getattr(case, name))
    if clock is None or rule["n"] in clock.fired:
        return {}
    return {name: replace(clock, fired=(*clock.fired, rule["n"]))}


def _told(case: Case, data: Mapping[str, Any]) -> Changes:
    return _fired(case, data) if data.get("last", True) else {}


def _upgraded(case: Case, data: Mapping[str, Any]) -> Changes:
    """From here on the case follows another version; the visit and what it was entered at go on."""
    return _acted(case, data) | {
        "version": data["version"],
        "hash": data["hash"],
        "state": data["state"],
        "uses": dict(data["uses"]),
        "until": {move: moment(until) for move, until in data["until"].items()},
    }


_FIRST: dict[str, Callable[[Mapping[str, Any]], Case]] = {"opened": _opened, "taken_over": _taken_over}
_HANDLERS: dict[str, Callable[[Case, Mapping[str, Any]], Changes]] = {
    "moved": _moved,
    "told": _told,
    "skipped": _fired,
    "asked": _acted,
    "paused": _acted,
    "extended": _acted,
    "declined": _acted,
    "resumed": _acted,
    "rerouted": _acted,
    "recomputed": _acted,
    "outage": _acted,
    "upgraded": _upgraded,
}
