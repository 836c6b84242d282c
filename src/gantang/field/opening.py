"""Which procedures a post may open from the phone, and by which class."""

from datetime import datetime
from typing import Any

from gantang import engine
from gantang.faces import names
from gantang.field import forms
from gantang.kit.actor import Actor, lies_apart
from gantang.procedures import queries as procedures
from gantang.procedures.errors import UnknownProcedureError


def offered(actor: Actor, ground: str, *, now: datetime) -> dict[str, Any]:
    """``classes``: code, full name, short name and form of each; ``forms`` by their key."""
    titles, found = names.classes(), []
    drawn: dict[str, dict[str, Any]] = {}
    choose = procedures.chooser()
    for code, title in titles.items():
        if lies_apart(code):
            continue
        try:
            procedure = choose(code, ground, now)
        except UnknownProcedureError:
            continue
        if may_open(actor, procedure, code, ground):
            if procedure.key not in drawn:
                drawn[procedure.key] = forms.opening(procedure)
            found.append([code, names.class_path(code, titles), title, procedure.key])
    return {"classes": found, "forms": drawn}


def may_open(actor: Actor, procedure: engine.Procedure, klass: str, ground: str) -> bool:
    """What is open to everybody; of the staff's own work that which begins with a duty of the post. Sealed
    work never begins here."""
    if procedure.sealed:
        return False
    first = next(iter(procedure.states.values()))
    return procedure.access_code or first.owner in actor.duties(klass, ground)
