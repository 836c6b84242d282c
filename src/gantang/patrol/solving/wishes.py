"""What is wished, and what it costs where it is not met."""

from collections.abc import Iterable
from typing import Any

from gantang.patrol.rules.plan import Kind
from gantang.patrol.solving.model import Model


def cost(model: Model) -> None:
    """To be as small as can be."""
    weights = model.plan.weights
    terms = [*_cover(model), *_wishes(model)]
    if weights.weekend:
        terms += [weights.weekend * one for one in _split(model)]
    if weights.share:
        terms.append(weights.share * _spread(model, model.plan.kinds))
    if weights.nights:
        terms.append(weights.nights * _spread(model, [one for one in model.plan.kinds if one.night]))
    model.it.minimize(sum(terms))


def _cover(model: Model) -> list[Any]:
    terms = []
    for number, need in enumerate(model.plan.needs):
        have = sum(model.serves[one.post, number] for one in model.plan.officers)
        for weight, more in ((need.under, need.number - have), (need.over, have - need.number)):
            if weight:
                off = model.it.new_int_var(0, len(model.plan.officers) + need.number, "")
                model.it.add(off >= more)
                terms.append(weight * off)
    return terms


def _wishes(model: Model) -> list[Any]:
    terms = []
    for one in model.plan.wishes:
        kind = (one.kind,) if one.kind else ()
        served = model.any_of(model.shifts(one.post, one.day, *kind))
        terms.append(one.weight * (1 - served if one.wanted else served))
    return terms


def _split(model: Model) -> list[Any]:
    terms = []
    for officer in model.plan.officers:
        for days in model.plan.weekends:
            if len(days) > 1:
                first, second = (model.on[officer.post, day] for day in days)
                split = model.it.new_bool_var("")
                model.it.add(split >= first - second)
                model.it.add(split >= second - first)
                terms.append(split)
    return terms


def _spread(model: Model, kinds: Iterable[Kind]) -> Any:
    codes, needs = {one.code for one in kinds}, model.plan.needs
    low, high = (model.it.new_int_var(0, len(needs), name) for name in ("low", "high"))
    for officer in model.plan.officers:
        counted = sum(model.serves[officer.post, n] for n, need in enumerate(needs) if need.kind in codes)
        model.it.add(low <= counted)
        model.it.add(high >= counted)
    return high - low
