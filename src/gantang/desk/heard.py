"""What follows from a call as it is typed: what reads alike nearby, which class, who answers, what to ask."""

from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from gantang.desk import advising, choices
from gantang.desk.panel import LEAD
from gantang.engine import Procedure
from gantang.faces import vocabulary
from gantang.kit.actor import Actor
from gantang.matters import queries as matters
from gantang.matters.errors import MatterNotFoundError
from gantang.matters.types import MatterView, Near
from gantang.procedures import queries as procedures
from gantang.procedures.errors import UnknownProcedureError

#: What the form at hand asks anyway.
ASKED = frozenset({"words", "class", "place", "photos", "danger", "contact", "name", "phone", "email"})


def shown(actor: Actor, *, words: str, ground: str, klass: str, now: datetime) -> dict[str, Any]:
    """The panel beside the form; each part is there when enough was typed for it."""
    near = matters.near(ground=ground, words=words, now=now) if ground else []
    return {
        "advised": advising.while_typed(words) if not klass else None,
        "twins": [_twin(one, found) for one in near if (found := _seen(actor, one, now))],
        "remit": choices.remit(klass=klass, ground=ground, duty=LEAD, on=now.date())
        if klass and ground
        else None,
        "asks": _asks(klass, ground, now) if klass and ground else [],
    }


def _seen(actor: Actor, one: Near, now: datetime) -> MatterView | None:
    """The matter in one's own sight; one that is not is left out."""
    try:
        return matters.get(actor, one.matter, now=now)
    except MatterNotFoundError:
        return None


def _twin(one: Near, found: MatterView) -> dict[str, Any]:
    sign = vocabulary.matter_sign(one.status)
    return {"number": found.number, "gist": one.gist, "sign": sign, "at": one.opened_at}


def _asks(klass: str, ground: str, now: datetime) -> list[tuple[str, str]]:
    """What the procedure of a class asks of whoever reports beyond this form, each with its help."""
    try:
        procedure: Procedure = procedures.in_force(klass, ground, now)
    except UnknownProcedureError:
        return []
    lang = get_language() or "zh-hans"
    return [
        (one.title.of(lang), one.help.of(lang) if one.help else "")
        for name, one in procedure.form.fields.items()
        if name not in ASKED
    ]
