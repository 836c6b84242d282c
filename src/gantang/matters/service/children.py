"""Child matters: opened by a move of the parent, settled when the parent ends."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from gantang import engine
from gantang.engine import Doer, Procedure, Step
from gantang.kit.actor import Actor
from gantang.kit.work import Work
from gantang.matters.models import Link, Matter
from gantang.matters.service import record
from gantang.matters.service.facts import CHILD, facts_for
from gantang.matters.service.ground import Place, find
from gantang.matters.service.links import pair
from gantang.matters.service.opening import Opening, open_matter
from gantang.matters.service.taking import Taken
from gantang.procedures import queries as procedures

PARENT = "parent"
#: Who may let go of a child when its parent ends: the parent itself, by whoever ended it.
ENDING = frozenset({"handler", "receiver", "dispatcher", "reporter"})


def open_all(
    w: Work, taken: Taken, procedure: Procedure, steps: Sequence[Step], answers: Mapping[str, Any]
) -> tuple[UUID, ...]:
    """The children that the steps say; each is linked to its parent and shared with the unit that leads."""
    wanted = [
        (child, _row(procedure, step, at, answers))
        for step in steps
        for at, child in enumerate(step.data.get("opens", ()))
    ]
    opened = [_open(w, taken, child, procedure, {**answers, **row}) for child, row in wanted]
    if opened:
        said = [
            (
                "opened_child",
                {
                    "at": taken.now.isoformat(),
                    "city": row.city,
                    "matter": str(row.id),
                    "procedure": row.procedure,
                },
            )
            for row in opened
        ]
        record.record(w, taken.row, said, actor=taken.actor, now=taken.now)
    return tuple(row.id for row in opened)


def _row(procedure: Procedure, step: Step, at: int, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """The row that a child is opened for, empty where there is none: each row has one, in their order."""
    move = procedure.moves.get(str(step.data.get("move")))
    each = move.opens.each if move is not None and move.opens is not None else None
    rows = answers.get(each) if each and procedure.fields[each].columns else None
    return rows[at] if isinstance(rows, list) and at < len(rows) else {}


def _task(procedure: Procedure, child: Procedure, answers: Mapping[str, Any]) -> str:
    """What the child is asked to do: the texts that came with the move or with its own row, of those that its
    form asks for. A gist is made of them, so that nothing else of the vault may be among them."""
    own, form = _texts(procedure), child.form.vault_fields()
    wanted = [name for name in answers if name in own and name in (form or own)]
    texts = [answers[name] for name in wanted]
    return "\n".join(text for text in texts if isinstance(text, str))


def _texts(procedure: Procedure) -> frozenset[str]:
    """The texts that a procedure asks for, in its moves or in the columns of their rows."""
    fields = [one for field in procedure.fields.values() for one in (field, *field.columns)]
    return frozenset(one.name for one in fields if one.kind == "text")


def _open(
    w: Work, taken: Taken, child: Mapping[str, Any], procedure: Procedure, answers: Mapping[str, Any]
) -> Matter:
    row, now = taken.row, taken.now
    place = _place(row, child.get("ground"), now)
    follows = procedures.named(child["procedure"], place.scope, now)
    made, _entered = open_matter(
        w,
        Opening(
            procedure=follows,
            place=place,
            words=_task(procedure, follows, answers) or row.gist,
            channel=row.channel,
            people=(),
            doer=taken.doer,
            class_code=str(child.get("class") or row.class_code),
            parent=(row.city, row.id),
            campaign=row.campaign,
            answers=_begins_with(child),
        ),
        actor=taken.actor,
        now=now,
    )
    pair(w, row, made, kinds=(CHILD, PARENT), required=bool(child.get("required")), now=now)
    if taken.actor.unit is not None:
        record.share(w, made, taken.actor.unit, "handler", now)
    if child.get("unit") is not None:
        record.share(w, row, int(child["unit"]), "cooperator", now)
    return made


def _begins_with(child: Mapping[str, Any]) -> dict[str, Any]:
    """What the child knows from its parent: the unit asked, and the closed columns of its row."""
    unit = {"unit": child["unit"]} if child.get("unit") is not None else {}
    return {**child.get("answers", {}), **unit}


def _place(row: Matter, ground: Any, now: datetime) -> Place:
    if ground and not row.scope.startswith(str(ground)):
        return find(str(ground), None, on=now.date())
    lon, lat = (None if one is None else round(one * 1_000_000) for one in (row.lon, row.lat))
    return Place(row.scope, row.urban, lon, lat)


def asked_about(procedure: Procedure, last: Step) -> bool:
    """Whether the move that ended a matter asks what becomes of its children (withdrawal, merge, transfer):
    by all other ends they go on."""
    move = procedure.moves.get(str(last.data.get("move")))
    return move is not None and any(ask.field == "children" for ask in move.asks)


def settle(w: Work, taken: Taken, wish: str) -> None:
    """Open children of a matter that ended: withdrawn, or left to go on (``carry``)."""
    if wish == "carry":
        return
    links = Link.objects.filter(city=taken.row.city, matter_id=taken.row.id, kind=CHILD)
    ends = [(link.other_city, link.other_id) for link in links.order_by("other_city", "other_id")]
    w.name([matter for _, matter in ends])
    for city, matter in ends:
        child = Matter.objects.select_for_update().filter(city=city, id=matter, ended_at=None).first()
        if child is not None:
            _withdraw(w, taken, child)


def _withdraw(w: Work, taken: Taken, child: Matter) -> None:
    held = replace(taken, row=child, duties=ENDING)
    procedure = held.procedure
    facts = facts_for(procedure, held.case, child, klass=child.class_code, now=taken.now)
    decision = engine.decide(
        procedure, held.case, "withdraw", {}, _ender(taken.actor), facts, held.calendar, taken.now
    )
    if decision.allowed:
        items = [(step.name, step.data) for step in decision.steps]
        record.record(w, child, items, actor=taken.actor, now=taken.now)


def _ender(actor: Actor) -> Doer:
    return Doer(actor.account, actor.unit, actor.post, ENDING)
