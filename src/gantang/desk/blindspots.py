"""Blind spots: which classes nobody answers for, with which duty, on which ground; a step down at a time."""

from datetime import date
from typing import Any

from gantang.catalogue import queries as catalogue
from gantang.desk import mapped
from gantang.engine.check import Blind, blind, needs_of
from gantang.faces import names, vocabulary
from gantang.kit import clock
from gantang.posts import queries as posts
from gantang.procedures import queries as procedures
from gantang.territory import queries as territory

#: So many rows of a place are told in words.
SHOWN = 30


def shown(ground: str, on: date) -> dict[str, Any]:
    """A ground's map and the places below it, each with how many blind spots touch it."""
    found = spots(ground, on)
    page = mapped.shown(ground)
    for place in page["places"]:
        place["lacking"] = sum(_touches(one.ground, place["code"]) for one in found)
    return {**page, "spots": _lines(found[:SHOWN]), "more": max(0, len(found) - SHOWN), "total": len(found)}


def spots(ground: str, on: date) -> list[Blind]:
    """What nobody in office answers for on a ground and below it, each at the highest that lacks it."""
    working = {one.id for one in posts.units(on=on)}
    held = [(one.ground, one.klass, one.duty) for one in posts.remits(on=on) if one.unit in working]
    inforce = [procedures.by_hash(one.hash) for one in procedures.all_in_force(clock.now()) if one.hash]
    needs = needs_of(inforce, [one.code for one in catalogue.classes(on=on)])
    tree = territory.tree(on=on)
    return list(blind(needs, held, [ground], lambda place: tree.get(place, [])))


def _touches(spot: str, place: str) -> bool:
    return spot.startswith(place) or place.startswith(spot)


def _lines(found: list[Blind]) -> list[dict[str, Any]]:
    places, classes = territory.names({one.ground for one in found}), names.classes()
    return [
        {
            "code": one.ground,
            "where": places.get(one.ground, one.ground),
            "duty": vocabulary.DUTIES.get(one.duty, one.duty),
            "classes": [classes.get(code, code) for code in one.classes],
        }
        for one in found
    ]
