"""What a document must contain, beside the form that writes it: checked by the page while one types."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language

from gantang import engine
from gantang.engine import Field
from gantang.faces.forms import Questions
from gantang.matters import queries
from gantang.matters.types import MatterView
from gantang.procedures import queries as procedures

#: A form that writes fewer texts of a document is no editor of it.
FEWEST = 3
AMOUNT = "amount"


def contents_of(matter: MatterView, possible: engine.Possible, form: Questions) -> dict[str, Any] | None:
    """The questions that must be answered before the move's document stands, with the law that says so."""
    procedure = procedures.by_hash(matter.procedure_hash)
    move = procedure.moves.get(possible.move)
    if move is None or not _writes(move, procedure):
        return None
    asked = [one for one in form if one.field.required]
    return {
        "items": [{"name": one.name, "title": one.label, "at": _first_id(one)} for one in asked],
        "summed": _summed(procedure.fields[name] for name in form.fields if name in procedure.fields),
        "law": move.law or "",
        "title": procedure.documents[move.documents[0]].title.of(get_language() or "zh-hans"),
        "has_parties": queries.asks_parties(procedure),
    }


def _writes(move: engine.Move, procedure: engine.Procedure) -> bool:
    uses = {name for kind in move.documents for name in procedure.documents[kind].uses}
    asked = {ask.field for ask in move.asks if ask.required} & uses
    return sum(procedure.fields[name].kind == "text" for name in asked) >= FEWEST


def _summed(asked: Iterable[Field]) -> dict[str, str] | None:
    """The lines of a form whose amounts must come to its amount: names of field, column, whole."""
    fields = list(asked)
    whole = next((one.name for one in fields if one.kind == AMOUNT), None)
    lines = ((one.name, cell.name) for one in fields for cell in one.columns if cell.kind == AMOUNT)
    found = next(lines, None)
    return {"lines": found[0], "cell": found[1], "whole": whole} if found and whole else None


def _first_id(one: Any) -> str:
    return f"{one.auto_id}_0" if one.use_fieldset else str(one.id_for_label)
