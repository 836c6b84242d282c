"""What a step counts, as a pure function of the case before and after it.

``in`` and ``out`` give the stock: a reopening is ``reopened``, a transfer to another city ``transferred``
(+1 where it left, -1 where it arrived), so that stock = in - out + reopened - transferred on every ground.

A closed answer that a pack counts is ``answer.<field>.<code>``, its amount of money ``fen``: each matter
once, by its last answer. Asked again, the old one is taken back on the day of the new one.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from gantang.engine import PEOPLE_DUTIES, Case, Procedure
from gantang.engine.model import ABOVE
from gantang.matters.rules.derive import unit_of

Entry = tuple[date, str, int | None, int]
#: Steps of the engine that are counted under a name of their own.
PLAIN = {"paused": "paused", "extended": "extended"}
#: Ends by which a matter is neither closed nor good or bad work; what was recorded was done elsewhere, and
#: before our clocks.
RECORDED = "recorded"
ELSEWHERE = ("moved", "merged", RECORDED)


def counted(
    procedure: Procedure,
    before: Case | None,
    after: Case,
    name: str,
    data: Mapping[str, Any],
    known: Iterable[Iterable[Any]] = (),
) -> Iterator[Entry]:
    """The entries of one step; none for procedures that are not counted. ``known``: those before it."""
    if not procedure.counted:
        return
    if name in ("opened", "moved"):
        yield from _chosen(procedure, before, after, data)
        yield from _fen(procedure, after, data, known)
    if name == "opened":
        yield after.opened_at.date(), "in", None, 1
    elif name == "taken_over":
        yield after.changed_at.date(), "transferred", None, -1
    elif name == "moved" and before is not None:
        yield from _moved(procedure, before, after, data)
    elif name in PLAIN:
        yield after.changed_at.date(), PLAIN[name], unit_of(after), 1


def _moved(procedure: Procedure, before: Case, after: Case, data: Mapping[str, Any]) -> Iterator[Entry]:
    day, unit = after.changed_at.date(), unit_of(before)
    if "to" in data:
        for measure in _turns(procedure, before, after, data):
            yield day, measure, unit, 1
    if after.is_closed and not before.is_closed:
        yield from _ended(before, after, day)
        if not data.get("left", {}).get("total_in_time", True) and after.outcome != RECORDED:
            yield day, "late_closed", unit, 1
        elif after.outcome not in ELSEWHERE:
            yield day, "on_time", unit, 1
    if data.get("supervision"):
        yield day, "supervised", unit, 1
        yield day, f"supervised.{data['supervision']}", unit, 1
    yield from _rated(data.get("answers", {}), day, unit)


def _turns(procedure: Procedure, before: Case, after: Case, data: Mapping[str, Any]) -> Iterator[str]:
    """What the edge means by the duties at its two ends."""
    by, owner = data["by"]["duty"], procedure.states[before.state].owner
    target = procedure.states[after.state].owner
    if data.get("reopened"):
        yield "reopened"
    if owner == "receiver" and not after.is_closed:
        yield "accepted"
    if by == "handler" and target in ("dispatcher", "arbiter"):
        yield "refused"
    if by in PEOPLE_DUTIES and target in ABOVE:
        yield "disputed"
    if not data.get("left", {}).get("in_time", True) and after.outcome != RECORDED:
        yield "late"


def _ended(before: Case, after: Case, day: date) -> Iterator[Entry]:
    unit = unit_of(before)
    yield day, f"end.{after.outcome}", unit, 1
    if after.outcome == "moved":
        yield day, "transferred", unit, 1
        return
    yield day, "out", unit, 1
    if after.outcome not in ELSEWHERE:
        yield day, "closed", unit, 1
        yield day, "days", unit, (day - after.opened_at.date()).days


def _rated(answers: Mapping[str, Any], day: date, unit: int | None) -> Iterator[Entry]:
    if isinstance(answers.get("rating"), int):
        yield day, "rated", unit, 1
        yield day, "rating", unit, answers["rating"]


def _chosen(
    procedure: Procedure, before: Case | None, after: Case, data: Mapping[str, Any]
) -> Iterator[Entry]:
    day, unit = after.changed_at.date(), unit_of(before or after)
    for name in procedure.counts:
        field, new = procedure.fields.get(name), data.get("chosen", {}).get(name)
        old = before.chosen.get(name) if before is not None else None
        if field is None or field.kind != "choice" or new in (None, old):
            continue
        yield day, f"answer.{name}.{new}", unit, 1
        if old is not None:
            yield day, f"answer.{name}.{old}", unit, -1


def _fen(
    procedure: Procedure, after: Case, data: Mapping[str, Any], known: Iterable[Iterable[Any]]
) -> Iterator[Entry]:
    """The money of the one amount that the procedure counts."""
    amounts = [name for name in procedure.counts if _is_amount(procedure, name)]
    new = data.get("answers", {}).get(amounts[0]) if amounts else None
    if isinstance(new, int):
        old = sum(n for _day, measure, _unit, n in known if measure == "fen")
        yield after.changed_at.date(), "fen", unit_of(after), new - old


def _is_amount(procedure: Procedure, name: str) -> bool:
    return name in procedure.fields and procedure.fields[name].kind == "amount"
