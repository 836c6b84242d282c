"""From the values of `matters` to what goes out: a matter, its deadlines, its moves."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language

from gantang import engine
from gantang.exchange.api.v1.problem import reasons
from gantang.exchange.api.v1.shapes.matter import (
    Acted,
    Clock,
    Holding,
    Matter,
    Possible,
    Receipt,
    Row,
    Stop,
)
from gantang.kit import numbers
from gantang.matters import types


def lang() -> str:
    """The language in force."""
    return get_language() or "zh-hans"


def row(one: types.MatterRow) -> Row:
    """A line of a list."""
    return Row(**_line(one))


def _line(one: types.MatterRow) -> dict[str, Any]:
    found = {name: getattr(one, name) for name in Row.model_fields if name not in ("ground", "number")}
    return {**found, "number": numbers.show(one.number), "ground": one.scope}


def matter(one: types.MatterView) -> Matter:
    """A matter opened."""
    return Matter(
        **_line(one),
        id=one.id,
        division=one.division,
        grid=one.grid_now if len(one.grid_now) == 15 else "",
        lon=one.lon,
        lat=one.lat,
        cause=one.cause_code,
        anonymous=one.anonymous,
        reachable=one.reachable,
        procedure_version=one.procedure_version,
        procedure_hash=one.procedure_hash,
        parent=one.parent[1] if one.parent else None,
        holdings=[Holding(duty=held.duty, unit=held.unit, post=held.post) for held in one.holdings],
        clocks=clocks(one.clocks),
        duties=sorted(one.duties),
    )


def clocks(given: Iterable[types.Clock]) -> list[Clock]:
    """Deadlines with their working in words."""
    return [
        Clock(
            of=one.of,
            due_at=one.due_at,
            paused=one.paused,
            provisional=one.provisional,
            explanation=one.explanation.words(lang()),
            start_at=one.start_at,
            span=one.span,
            stops=[Stop(since=since, until=until) for since, until in one.stops],
            unextended_at=one.unextended_at,
        )
        for one in given
    ]


def receipt(one: types.Receipt) -> Receipt:
    """A receipt."""
    return Receipt(
        id=one.matter,
        number=numbers.show(one.number),
        access_code=one.access_code,
        due_at=one.due_at,
        warnings=list(one.warnings),
    )


def acted(one: types.Acted) -> Acted:
    """What an act left."""
    return Acted(
        number=numbers.show(one.number),
        version=one.version,
        state=one.state,
        status=one.status,
        opened=list(one.opened),
    )


def possible(given: Iterable[engine.Possible]) -> list[Possible]:
    """Moves in the language in force."""
    return [
        Possible(
            move=one.move,
            title=one.title.of(lang()),
            here=one.here,
            allowed=one.allowed,
            duty=one.duty,
            asks=list(one.asks),
            optional=list(one.optional),
            outcomes=list(one.outcomes),
            grounds=[words.of(lang()) for words in one.grounds],
            refusals=reasons(one.refusals),
            because=one.because.of(lang()) if one.because else None,
        )
        for one in given
    ]
