"""What is needed on a day at a place in a kind of shift."""

from typing import TYPE_CHECKING, Any

from gantang.patrol.rules.plan import Need, Officer, Rule

if TYPE_CHECKING:
    from gantang.patrol.solving.model import Model


def need_of(model: "Model", number: int, need: Need) -> None:
    """So many, of them so many who are able, of agencies, of different ones."""
    crew = [(one, model.serves[one.post, number]) for one in model.plan.officers]
    every = sum(var for _one, var in crew)
    rule = Rule("number", need.day, need.place, need.kind)
    if need.under is None:
        model.at_least(every, need.number, rule)
    if need.over is None:
        model.hold(model.it.add(every <= need.number), rule)
    for skill, least in sorted(need.skills.items()):
        able = sum(var for one, var in crew if skill in one.skills)
        model.at_least(able, least, Rule("skill", need.day, need.place, need.kind, skill))
    for agency, least in sorted(need.agencies.items()):
        sent = sum(var for one, var in crew if one.agency == agency)
        model.at_least(sent, least, Rule("agency", need.day, need.place, need.kind, agency))
    if need.mixed:
        _mixed(model, need, crew)


def _mixed(model: "Model", need: Need, crew: list[tuple[Officer, Any]]) -> None:
    present = []
    for agency in sorted({one.agency for one, _var in crew}):
        there = model.it.new_bool_var("")
        model.it.add(sum(var for one, var in crew if one.agency == agency) >= there)
        present.append(there)
    model.at_least(sum(present), need.mixed, Rule("mixed", need.day, need.place, need.kind))
