"""Gates: what has to be passed before a matter may go on, read at the moment of the move.

A gate belongs to one subject: the matter that opened it as a child, or the one it was tied to by hand before
it was decided. Nothing else counts: no other subject's gate, no other kind of link, none opened again.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from gantang.engine import Procedure
from gantang.kit import keys, scope
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError
from gantang.kit.once import once
from gantang.kit.work import work
from gantang.matters.errors import GateInvalidError
from gantang.matters.models import Link, Matter
from gantang.matters.queries.each import any_of
from gantang.matters.service import record
from gantang.matters.service.taking import take
from gantang.procedures import queries as procedures

#: What a gate is to its subject, and the subject to its gate.
GATE, SUBJECT = "gate", "subject"
CHILD, PARENT = "child", "parent"
_TOLD = ("procedure_hash", "outcome", "ended_at")
WORDS = ("gate_open", "gate_absent")


def of(procedure: Procedure, city: int, matter: UUID) -> dict[str, bool]:
    """The gates of a matter by name: True is passed, False under way; one that is not named does not stand.

    Of a gate that was passed and then opened again nothing is left: it is under way.
    """
    return of_each([(procedure, (city, matter))])[matter]


def of_each(asked: Sequence[tuple[Procedure, tuple[int, UUID]]]) -> dict[UUID, dict[str, bool]]:
    """The same of several matters at (city, id), at the cost of one."""
    wanted = {matter: names(procedure) for procedure, (_city, matter) in asked}
    named = frozenset[str]().union(*wanted.values())
    rows = _rows([place for _procedure, place in asked if wanted[place[1]]], named)
    return {
        matter: {name: is_open for name in mine if (is_open := _last_word(rows, matter, name)) is not None}
        for matter, mine in wanted.items()
    }


def _last_word(rows: Mapping[UUID, Sequence[Matter]], matter: UUID, name: str) -> bool | None:
    return _standing([row for row in rows.get(matter, ()) if row.procedure == name])


def names(procedure: Procedure) -> frozenset[str]:
    """The gates that a procedure's moves ask about."""
    needs = (guard for move in procedure.moves.values() for guard in move.needs)
    return frozenset(guard.args[0] for guard in needs if guard.name in WORDS)


def _rows(places: Sequence[tuple[int, UUID]], named: frozenset[str]) -> dict[UUID, list[Matter]]:
    """By matter, what opened or was tied to it as one of these procedures."""
    links = Link.objects.filter(any_of(places), kind__in=(CHILD, GATE)) if places else Link.objects.none()
    ends = list(links.values_list("matter_id", "other_city", "other_id"))
    if not ends:
        return {}
    scope.name([other for _matter, _city, other in ends])
    rows = Matter.objects.filter(pk__in=[end[1:] for end in ends], procedure__in=named)
    known = {row.id: row for row in rows.only("city", "id", "procedure", *_TOLD)}
    found: dict[UUID, list[Matter]] = {}
    for matter, _city, other in dict.fromkeys(ends):
        if other in known:
            found.setdefault(matter, []).append(known[other])
    return found


def _standing(rows: Sequence[Matter]) -> bool | None:
    """The last word of all gates of one kind: one that is under way, else the one that ended last."""
    if any(row.ended_at is None for row in rows):
        return False
    ended = [(row.ended_at, row.id, row) for row in rows if row.ended_at is not None]
    if not ended:
        return None
    last = max(ended, key=lambda one: one[:2])[2]
    gate = procedures.by_hash(last.procedure_hash).gate
    return True if gate is not None and last.outcome in gate.opens else None


def check_tie(subject: Matter, gate: Matter) -> None:
    """Whether a gate may be tied to a subject by hand. Errors: GateInvalidError."""
    asks, made = procedures.by_hash(subject.procedure_hash), procedures.by_hash(gate.procedure_hash)
    if made.gate is None or gate.procedure not in names(asks):
        raise GateInvalidError(details={"why": "no_gate"})
    if subject.ended_at is not None or gate.ended_at is not None:
        raise GateInvalidError(details={"why": "decided"})
    has = Link.objects.filter(city=gate.city, matter_id=gate.id, kind__in=(PARENT, SUBJECT))
    if gate.parent_id is not None or has.exists():
        raise GateInvalidError(details={"why": "other_subject"})
    if made.gate.once and gate.procedure in of(asks, subject.city, subject.id):
        raise GateInvalidError(details={"why": "twice"})


def note(actor: Actor, matter: UUID, move: str, refusal: GantangError, *, key: str, now: datetime) -> None:
    """Put a move that a gate refused on the matter's ledger: which move, which gate, who tried.

    In a transaction of its own, since that of the move is undone; once for each key.
    """
    reasons = [one.get("code") for one in refusal.details.get("reasons", ())]
    if "guard.gate_open" in reasons:
        _bar(actor, matter, move, "", key, now)


def note_tie(
    actor: Actor, matter: UUID, gate: UUID, refusal: GateInvalidError, *, key: str, now: datetime
) -> None:
    """The same for a gate that was to be borrowed from elsewhere."""
    if refusal.details.get("why") in ("other_subject", "decided"):
        _bar(actor, matter, "link", str(gate), key, now)


def _bar(actor: Actor, matter: UUID, move: str, gate: str, key: str, now: datetime) -> None:
    with work(actor, ids=[matter]) as w:
        body = {"barred": str(matter), "move": move}
        claim = once(w, actor=actor, key=_key(key, move), body=body)
        if claim.again:
            return
        taken = take(actor, matter, now=now)
        asked = gate or ",".join(_asked(taken.procedure, move))
        data = {"at": now.isoformat(), "move": move, "gate": asked, "by": _by(actor, taken.duties)}
        record.record(w, taken.row, [("barred", data)], actor=actor, now=now)
        claim.keep(200, {"city": keys.city_of(matter), "matter": str(matter)})


def _asked(procedure: Procedure, move: str) -> list[str]:
    return [guard.args[0] for guard in procedure.moves[move].needs if guard.name == "gate_open"]


def _by(actor: Actor, duties: frozenset[str]) -> Mapping[str, Any]:
    return {
        "duties": sorted(duties),
        "account": actor.account,
        "unit": actor.unit,
        "post": actor.post,
    }


def _key(key: str, move: str) -> str:
    """The act's own key stays free: what was refused may be tried again under it, or something else."""
    return f"barred:{hashlib.sha256(f'{move} {key}'.encode()).hexdigest()}"
