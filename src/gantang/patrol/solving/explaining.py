"""Where no roster fits: what is missing, and which rules stand in each other's way."""

from collections.abc import Iterable
from typing import Any

from gantang.patrol.rules.plan import Breach, Plan, Rule
from gantang.patrol.rules.sizing import Limits
from gantang.patrol.solving.library import Until
from gantang.patrol.solving.model import Model


def gaps(cp: Any, plan: Plan, limits: Limits) -> tuple[tuple[Breach, ...], bool]:
    """The fewest that are missing if every other rule holds, and whether fewer was proved impossible."""
    until = Until(limits.wall)
    model = Model(cp, plan, short=True)
    model.it.minimize(sum(slack for _rule, slack, _need in model.slacks))
    solver = until.solver(cp, limits.explain)
    status = solver.solve(model.it)
    if status not in (cp.OPTIMAL, cp.FEASIBLE):
        return (), False
    missing = [(rule, solver.value(slack), number) for rule, slack, number in model.slacks]
    found = (Breach(rule, rule.day, 0, number - many, number) for rule, many, number in missing if many)
    return tuple(sorted(found)), status == cp.OPTIMAL


def conflict(cp: Any, plan: Plan, limits: Limits) -> tuple[tuple[Rule, ...], bool]:
    """Rules that cannot hold together, none of which can be left out; False where time did not suffice."""
    until = Until(limits.wall)
    model = Model(cp, plan, named=True)

    def refuted(rules: Iterable[Rule]) -> list[Rule] | None:
        """Of these rules some that cannot hold together; None where they can, or nobody knows."""
        model.it.clear_assumptions()
        model.it.add_assumptions([model.literals[one] for one in rules])
        solver = until.solver(cp, limits.probe, every_way=False)
        status = solver.solve(model.it)
        tried.append(status != cp.UNKNOWN)
        if status != cp.INFEASIBLE:
            return None
        core = set(solver.sufficient_assumptions_for_infeasibility())
        return [one for one in rules if model.literals[one].index in core]

    tried: list[bool] = []
    kept = refuted(sorted(model.literals, key=_general_first)) or []
    at = 0
    while at < len(kept) and len(tried) < limits.probes and until.left():
        fewer = refuted([*kept[:at], *kept[at + 1 :]])
        at, kept = (at + 1, kept) if fewer is None else (at, fewer)
        at = min(at, len(kept))
    return tuple(sorted(kept)), at >= len(kept) and all(tried)


def _general_first(rule: Rule) -> tuple[bool, Rule]:
    """Rules that hold on every day are left out first, so that what remains names a day where it can."""
    return rule.day >= 0, rule
