"""Applying steps: mechanical, and never a decision, so that replay gives the case byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from gantang.engine.run.case import Case, Clock, Held, Stop, Wish, but
from gantang.engine.run.values import Step, moment


class StepError(ValueError):
    """A step that cannot follow: an opening on an open case, or an unknown name."""


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
    return but(handler(case, step.data), changed_at=moment(step.data["at"]))


def replay(steps: Iterable[Step]) -> Case:
    """The case that the steps add up to; StepError when there are none."""
    case: Case | None = None
    for step in steps:
        case = apply(case, step)
    if case is None:
        raise StepError("no steps")
    return case


def _opened(data: Mapping[str, Any]) -> Case:
    at = moment(data["at"])
    bare = Case(
        data["procedure"],
        data["version"],
        data["hash"],
        data["to"],
        0,
        moment(data["opened_at"]),
        at,
        at,
    )
    # Opening is no move: it makes nobody a doer under a duty.
    opening = {key: value for key, value in data.items() if key != "by"}
    return _entered(_acted(bare, opening), opening)


def _taken_over(data: Mapping[str, Any]) -> Case:
    return Case.from_dict(data["case"])


def _acted(case: Case, data: Mapping[str, Any]) -> Case:
    """What every act leaves: who made it, what was chosen, which clocks now run."""
    changes: dict[str, Any] = {}
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
    return but(case, **changes, **_timing(data))


def _timing(data: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
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


def _entered(case: Case, data: Mapping[str, Any]) -> Case:
    """Into the state `to`, if the step goes anywhere."""
    if "to" not in data:
        return case
    at = moment(data["at"])
    return but(
        case,
        state=data["to"],
        visit=case.visit + 1,
        entered_at=at,
        outcome=data.get("outcome"),
        closed_at=at if data.get("ended") else None,
        until={move: moment(until) for move, until in data.get("until", {}).items()},
        reopened=case.reopened + (1 if data.get("reopened") else 0),
    )


def _moved(case: Case, data: Mapping[str, Any]) -> Case:
    return _fired(_entered(_acted(case, data), data), data)


def _fired(case: Case, data: Mapping[str, Any]) -> Case:
    """Notes that a late rule has fired for this deadline, where its clock still runs: the total's goes on."""
    rule = data.get("rule")
    if rule is None or ("to" in data and rule["of"] == "state"):
        return case
    name = "total" if rule["of"] == "total" else "clock"
    clock: Clock | None = getattr(case, name)
    if clock is None or rule["n"] in clock.fired:
        return case
    fired: dict[str, Any] = {name: replace(clock, fired=(*clock.fired, rule["n"]))}
    return but(case, **fired)


def _told(case: Case, data: Mapping[str, Any]) -> Case:
    return _fired(case, data) if data.get("last", True) else case


def _set(case: Case, data: Mapping[str, Any]) -> Case:
    return _acted(case, data)


def _upgraded(case: Case, data: Mapping[str, Any]) -> Case:
    """From here on the case follows another version; the visit and what it was entered at go on."""
    return replace(
        _acted(case, data),
        version=data["version"],
        hash=data["hash"],
        state=data["state"],
        uses=dict(data["uses"]),
        until={move: moment(until) for move, until in data["until"].items()},
    )


_FIRST: dict[str, Callable[[Mapping[str, Any]], Case]] = {"opened": _opened, "taken_over": _taken_over}
_HANDLERS: dict[str, Callable[[Case, Mapping[str, Any]], Case]] = {
    "moved": _moved,
    "told": _told,
    "skipped": _fired,
    "asked": _set,
    "paused": _set,
    "extended": _set,
    "declined": _set,
    "resumed": _set,
    "rerouted": _set,
    "recomputed": _set,
    "outage": _set,
    "upgraded": _upgraded,
}
