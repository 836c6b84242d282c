"""The wall of a ground, composed: all that its template shows, from counts and public offices."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from gantang.kit.actor import Actor
from gantang.screen import charts, figures, flows, house
from gantang.screen.measures import BASES, FIRST, LOOKS, MEASURES, OPEN, SPANS, Asked, rows
from gantang.screen.places import places
from gantang.screen.rules.hiding import shown
from gantang.screen.sight import Seen, grounds
from gantang.territory import queries as territory

#: The page asks again after so many seconds, and turns to the next picture after so many.
REFRESH, TURN = 60, 60


def picture(actor: Actor, seen: Seen, asked: Asked, now: datetime) -> dict[str, Any]:
    """What the fragment shows; as many statements for a province as for a village."""
    days, open_now = figures.days(seen, asked), figures.stock(seen, asked)
    by_unit = figures.units(seen, asked)
    ways = figures.channels(seen, asked)
    return {
        "now": now,
        "seen": seen,
        "asked": asked,
        "name": _name(seen.ground),
        "trail": _trail(actor, seen, asked),
        "others": _others(actor, seen, asked),
        "flows": flows.flows(seen, asked, days),
        "places": places(seen, asked, figures.below(seen, asked)),
        "open_shown": shown(open_now),
        "open_rows": rows(seen, OPEN, basis=asked.basis),
        "functions": house.functions(seen, asked, days, open_now, ways),
        "duty": house.duty(seen, asked, now),
        "unowned": house.unowned(seen, asked),
        "coverages": house.coverages(seen, asked),
        "trend": charts.trend(seen, asked, days),
        "units": charts.by_unit(seen, asked, by_unit),
        **_choices(seen, asked),
    }


def _name(ground: str) -> str:
    return territory.names([ground]).get(ground, ground)


def _trail(actor: Actor, seen: Seen, asked: Asked) -> list[tuple[str, str]]:
    """The grounds from the top down: name, and where it leads where the actor sees it."""
    chain = [seen.ground[:digits] for digits in (2, 4, 6, 9, 12, 15) if digits <= len(seen.ground)]
    names, tops = territory.names(chain), grounds(actor)
    return [
        (names[one], asked.address(one) if any(one.startswith(top) for top in tops) else "")
        for one in chain
        if one in names
    ]


def _others(actor: Actor, seen: Seen, asked: Asked) -> list[tuple[str, str]]:
    """The actor's other grounds."""
    rest = [one for one in grounds(actor) if not seen.ground.startswith(one)][:6]
    names = territory.names(rest)
    return [(names.get(one, one), asked.address(one)) for one in rest]


def _choices(seen: Seen, asked: Asked) -> dict[str, Any]:
    """The ways to look, each with its address and whether it is the one shown."""
    measures = [
        (one, asked.address(seen.ground, measure=one.code), one is asked.measure) for one in MEASURES.values()
    ]
    return {
        "measures": measures[:FIRST],
        "more": measures[FIRST:],
        "spans": [
            (code, words, asked.address(seen.ground, span=code), code == asked.span)
            for code, (_days, words) in SPANS.items()
        ],
        "bases": [
            (code, words, asked.address(seen.ground, basis=code), code == asked.basis)
            for code, words in BASES.items()
        ],
        "looks": [
            (code, words, asked.address(seen.ground, look=code), code == asked.look)
            for code, words in LOOKS.items()
        ],
        "span_words": SPANS[asked.span][1],
        "fresh_url": reverse("screen:fresh"),
    }
