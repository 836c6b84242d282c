"""What waits for a post: each matter with what is due, and the moves it may make, each with its form."""

from datetime import datetime
from typing import Any

from gantang import engine
from gantang.faces import clocks, events, vocabulary, words
from gantang.field import forms
from gantang.kit import numbers
from gantang.kit.actor import Actor, is_apart
from gantang.matters import queries
from gantang.matters.types import Filters, MatterRow, MatterView, Moves
from gantang.posts import queries as posts
from gantang.procedures import queries as procedures
from gantang.territory import queries as territory

#: As many as a day can hold; what is beyond is told as a number.
MOST = 30


def waiting(actor: Actor, *, now: datetime) -> tuple[list[dict[str, Any]], bool]:
    """The matters whose turn is the post's, by deadline, and whether there are more."""
    page = queries.worklist(actor, filters=Filters(view="mine"), now=now, size=MOST)
    return [_task(matter, moves, now) for matter, moves in page.items], bool(page.next)


def task(actor: Actor, matter: MatterView, *, now: datetime) -> dict[str, Any]:
    """One matter in sight, as the phone keeps it: the masked gist and codes, no words of people."""
    return _task(matter, queries.possible_moves(actor, matter.id, now=now), now)


def _task(matter: MatterView, moves: Moves, now: datetime) -> dict[str, Any]:
    procedure = procedures.by_hash(matter.procedure_hash)
    open_ = [one for one in moves.possible if one.allowed]
    return {
        "number": matter.number,
        "shown": numbers.show(matter.number),
        "title": matter.gist,
        "procedure": procedure.title.of(forms.lang()),
        "version": matter.version,
        "place": _place(matter),
        "ground": matter.scope,
        "at": None if matter.lon is None or matter.lat is None else [matter.lon, matter.lat],
        "sign": _sign(vocabulary.matter_sign(matter.status)),
        "due": _due(matter, now=now),
        "moves": [move(one, procedure) for one in open_ if one.here],
    }


def move(one: engine.Possible, procedure: engine.Procedure) -> dict[str, Any]:
    """A move with its form; ``edge``: it leads to another state; ``zero``: it says that nothing was found."""
    declared = procedure.moves.get(one.move)  # none: stops and extensions, which every procedure has
    zero = procedure.campaign.zero if procedure.campaign else ()
    return {
        "name": one.move,
        "title": one.title.of(forms.lang()),
        "because": one.because.of(forms.lang()) if one.because else "",
        "edge": declared is not None and declared.is_edge,
        "zero": declared is not None and bool(set(declared.outcomes) & set(zero)),
        "fields": forms.asked(procedure.fields_of(one.move), one.asks, one.optional),
    }


def since(actor: Actor, matter: MatterView, version: int, *, now: datetime) -> list[dict[str, Any]]:
    """What others did after the version a phone had: to be shown beside what its owner wrote."""
    procedure = procedures.by_hash(matter.procedure_hash)
    newer = [one for one in queries.timeline(actor, matter.id) if one.seq > version]
    written = queries.texts(actor, matter.id, now=now)
    units = posts.unit_names({one.unit for one in newer if one.unit})
    return [
        {
            "title": str(events.describe(one.name, one.data, procedure).title),
            "at": words.moment(one.at, now=now),
            "by": units.get(one.unit or 0, ""),
            "lines": list(events.describe(one.name, one.data, procedure).lines),
            "texts": [text for text in written.get(one.seq, {}).values() if text],
        }
        for one in newer
    ]


def _place(matter: MatterRow) -> str:
    return "" if is_apart(matter.scope) else " ".join(territory.path(matter.scope)[-2:])


def _due(matter: MatterView, *, now: datetime) -> dict[str, Any] | None:
    if matter.due_at is None:
        return None
    sign, left = clocks.sign_of(due=matter.due_at, started=matter.entered_at, now=now)
    moment = words.moment(matter.due_at, now=now)
    return {"at": matter.due_at.isoformat(), "words": moment, "left": left, "tone": sign.tone}


def _sign(sign: vocabulary.Sign) -> dict[str, str]:
    return {"tone": sign.tone, "icon": sign.icon, "word": str(sign.word)}
