"""What a move asks, answered from the kinds of its fields and from what its own guards want to be chosen."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from gantang.engine import Field, Move, Procedure

if TYPE_CHECKING:
    from tests.world import World

#: Who is asked to do something: a centre holds the work itself, a department helps.
CENTRE, DEPARTMENT = "360428101", "360428:justice"


def filled(
    procedure: Procedure, move: Move, given: Mapping[str, Any], *, world: "World", now: datetime, klass: str
) -> dict[str, Any]:
    """The given answers, and one for everything else that the move must know."""
    wanted = {"class": klass, **_chosen(move), **given}
    known = {ask.field: wanted.get(ask.field) for ask in move.asks if ask.required or ask.field in wanted}
    unit = world.unit(DEPARTMENT if move.opens else CENTRE)
    answers = {
        name: answer(procedure.fields[name], world=world, now=now, unit=unit) if value is None else value
        for name, value in known.items()
    }
    return {**answers, **given}  # what the move does not ask is refused, not left out


def _chosen(move: Move) -> dict[str, str]:
    return {guard.args[0]: guard.args[1] for guard in move.needs if guard.name == "chosen"}


def answer(field: Field, *, world: "World", now: datetime, unit: int) -> Any:
    """An answer of the field's kind; a matter has to be given."""
    simple: dict[str, Any] = {
        "text": "示例的话。",
        "unit": unit,
        "units": [world.unit("360428:housing"), world.unit("360428:power")],
        "rating": 3,
        "number": 12,
        "amount": 320_000,
        "yes_no": True,
        "date": (now.date() + timedelta(days=10)).isoformat(),
        "moment": (now + timedelta(days=1)).isoformat(),
        "case_number": "（2026）赣0102民初123号",
        "ground": world.foreign_township,
        "class": "facility.lighting",
    }
    if field.kind == "rows":
        row = {one.name: answer(one, world=world, now=now, unit=unit) for one in field.columns}
        return [row, row, row]
    if field.kind == "choices":
        return list(field.codes()[:2])
    return field.codes()[0] if field.codes() else simple[field.kind]
