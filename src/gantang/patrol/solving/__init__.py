"""A roster by OR-Tools' CP-SAT, which no other package loads: it costs seconds and 80 MB.

One worker with a fixed seed and a limit in the solver's own time: the same plan gives the same roster on any
machine. Where none fits, the fewest that are missing are found, and rules that cannot hold together.
"""

from gantang.patrol.rules.plan import Plan
from gantang.patrol.rules.sizing import Limits
from gantang.patrol.solving.explaining import conflict, gaps
from gantang.patrol.solving.library import Until, library
from gantang.patrol.solving.model import Model
from gantang.patrol.solving.wishes import cost
from gantang.patrol.types import Solved

__all__ = ["solve"]


def solve(plan: Plan, limits: Limits | None = None) -> Solved:
    """A roster that keeps every rule, as cheap as the limits allow; else what is missing and why.

    Errors: NoExtraError without gantang[rosters].
    """
    limits = limits or Limits()
    until, cp = Until(limits.wall), library()
    model = Model(cp, plan)
    cost(model)
    solver = until.solver(cp, limits.search)
    status = solver.solve(model.it)
    if status in (cp.OPTIMAL, cp.FEASIBLE):
        state = "optimal" if status == cp.OPTIMAL else "found"
        value, bound = round(solver.objective_value), round(solver.best_objective_bound)
        return Solved(state, model.duties(solver), value, bound)
    if status != cp.INFEASIBLE:
        return Solved("unknown")
    missing, fewest = gaps(cp, plan, limits)
    rules, minimal = conflict(cp, plan, limits)
    return Solved("none", gaps=missing, fewest=fewest, conflict=rules, minimal=minimal)
