"""A roster by OR-Tools' CP-SAT, which no other module loads: it costs seconds and 80 MB.

One worker with a fixed seed and a limit in the solver's own time: the same plan gives the same roster on any
machine. Where none fits, the fewest that are missing are found, and rules that cannot hold together.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from gantang.patrol import errors
from gantang.patrol.rules.plan import Breach, Duty, Kind, Need, Officer, Plan, Rule
from gantang.patrol.rules.sizing import Limits
from gantang.patrol.types import Solved

_WEEK = 7


def solve(plan: Plan, limits: Limits | None = None) -> Solved:
    """A roster that keeps every rule, as cheap as the limits allow; else what is missing and why.

    Errors: NoExtraError without gantang[rosters].
    """
    cp, limits = _library(), limits or Limits()
    model = _Model(cp, plan)
    model.cost()
    solver = _solver(cp, limits.search, limits.wall)
    status = solver.solve(model.it)
    if status in (cp.OPTIMAL, cp.FEASIBLE):
        state = "optimal" if status == cp.OPTIMAL else "found"
        value, bound = round(solver.objective_value), round(solver.best_objective_bound)
        return Solved(state, model.duties(solver), value, bound)
    if status != cp.INFEASIBLE:
        return Solved("unknown")
    gaps, fewest = _gaps(cp, plan, limits)
    conflict, minimal = _conflict(cp, plan, limits)
    return Solved("none", gaps=gaps, fewest=fewest, conflict=conflict, minimal=minimal)


def _library() -> Any:
    try:
        from ortools.sat.python import cp_model
    except ImportError:
        raise errors.NoExtraError from None
    return cp_model


def _solver(cp: Any, limit: float, wall: float, *, every_way: bool = True) -> Any:
    """``every_way``: all of the library's strategies in turns, by one worker; else its plain search."""
    solver = cp.CpSolver()
    solver.parameters.interleave_search = every_way
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = limit
    solver.parameters.max_time_in_seconds = wall
    return solver


def _gaps(cp: Any, plan: Plan, limits: Limits) -> tuple[tuple[Breach, ...], bool]:
    """The fewest that are missing if every other rule holds, and whether fewer was proved impossible."""
    model = _Model(cp, plan, short=True)
    model.it.minimize(sum(slack for _rule, slack, _need in model.slacks))
    solver = _solver(cp, limits.explain, limits.wall)
    status = solver.solve(model.it)
    if status not in (cp.OPTIMAL, cp.FEASIBLE):
        return (), False
    missing = [(rule, solver.value(slack), number) for rule, slack, number in model.slacks]
    found = (Breach(rule, rule.day, 0, number - many, number) for rule, many, number in missing if many)
    return tuple(sorted(found)), status == cp.OPTIMAL


def _conflict(cp: Any, plan: Plan, limits: Limits) -> tuple[tuple[Rule, ...], bool]:
    """Rules that cannot hold together, none of which can be left out; False where time did not suffice."""
    model = _Model(cp, plan, named=True)

    def refuted(rules: Iterable[Rule]) -> list[Rule] | None:
        """Of these rules some that cannot hold together; None where they can, or nobody knows."""
        model.it.clear_assumptions()
        model.it.add_assumptions([model.literals[one] for one in rules])
        solver = _solver(cp, limits.probe, limits.wall, every_way=False)
        status = solver.solve(model.it)
        tried.append(status != cp.UNKNOWN)
        if status != cp.INFEASIBLE:
            return None
        core = set(solver.sufficient_assumptions_for_infeasibility())
        return [one for one in rules if model.literals[one].index in core]

    tried: list[bool] = []
    kept = refuted(sorted(model.literals, key=_general_first)) or []
    at = 0
    while at < len(kept) and len(tried) < limits.probes:
        fewer = refuted([*kept[:at], *kept[at + 1 :]])
        at, kept = (at + 1, kept) if fewer is None else (at, fewer)
        at = min(at, len(kept))
    return tuple(sorted(kept)), at >= len(kept) and all(tried)


def _general_first(rule: Rule) -> tuple[bool, Rule]:
    """Rules that hold on every day are left out first, so that what remains names a day where it can."""
    return rule.day >= 0, rule


class _Model:
    """A plan as constraints. ``short``: needs may go unmet by slacks. ``named``: each rule holds under a
    literal of its own, to be assumed."""

    def __init__(self, cp: Any, plan: Plan, *, short: bool = False, named: bool = False) -> None:
        self.it, self.plan, self.short, self.named = cp.CpModel(), plan, short, named
        self.literals: dict[Rule, Any] = {}
        self.slacks: list[tuple[Rule, Any, int]] = []
        self.serves: dict[tuple[int, int], Any] = {}
        self.on: dict[tuple[int, int], Any] = {}
        self.at: dict[tuple[int, str], list[int]] = defaultdict(list)
        for number, need in enumerate(plan.needs):
            self.at[need.day, ""].append(number)
            self.at[need.day, need.kind].append(number)
        for officer in plan.officers:
            self._officer(officer)
        for number, need in enumerate(plan.needs):
            self._need(number, need)

    # --- what an officer may do ----------------------------------------------------------------------

    def _officer(self, officer: Officer) -> None:
        plan, post = self.plan, officer.post
        for day in range(plan.days):
            self.on[post, day] = self.it.new_bool_var(f"on {post} {day}")
        for one in plan.before:
            if one.post == post:
                self.on[post, one.day] = 1
        for number in range(len(plan.needs)):
            self.serves[post, number] = self.it.new_bool_var(f"x {post} {number}")
        self._days(officer)
        self._rest(officer)
        self._rows(officer)
        self._least_rows(officer)
        self._sums(officer)

    def _days(self, officer: Officer) -> None:
        for day in range(self.plan.days):
            shifts, on = self._shifts(officer.post, day), self.on[officer.post, day]
            self.it.add(sum(shifts) >= on)
            for one in shifts:
                self.it.add_implication(one, on)
            if len(shifts) > 1:
                self._hold(self.it.add(sum(shifts) <= 1), Rule("one_a_day"))
            if day in officer.leave:
                self._hold(self.it.add(on == 0), Rule("leave", day))

    def _rest(self, officer: Officer) -> None:
        plan, post, rest = self.plan, officer.post, self.plan.rules_of(officer).rest
        past = [(one.day, one.kind) for one in plan.before if one.post == post]
        for one in [*past, *((day, kind.code) for day in range(plan.days) for kind in plan.kinds)]:
            for other, kinds in plan.too_soon(one, rest):
                before = [1] if one[0] < 0 else self._shifts(post, *one)
                after = [var for kind in kinds for var in self._shifts(post, other, kind)]
                self._not_both(before, after)

    def _not_both(self, before: list[Any], after: list[Any]) -> None:
        if not self.named:  # one shift a day holds anyway
            self.it.add(sum(before) + sum(after) <= 1)
            return
        for one in before:
            for other in after:
                self._hold(self.it.add(one + other <= 1), Rule("rest"))

    def _rows(self, officer: Officer) -> None:
        rules = self.plan.rules_of(officer)
        for rule, most, window in (
            ("run", rules.run, (rules.run or 0) + 1),
            ("week", rules.week, _WEEK),
        ):
            for last in range(self.plan.days if most is not None else 0):
                days = [self.on.get((officer.post, last - back), 0) for back in range(window)]
                self._hold(self.it.add(sum(days) <= most), Rule(rule))

    def _least_rows(self, officer: Officer) -> None:
        """A row of so few days, of one sort between two of the other, is none."""
        rules, days = self.plan.rules_of(officer), [self.on[officer.post, d] for d in range(self.plan.days)]
        for rule, least, on in (("run_least", rules.run_least, 1), ("off_least", rules.off_least, 0)):
            for many in range(1, least):
                for first in range(1, self.plan.days - many):
                    inner = sum(days[first : first + many])
                    outer = days[first - 1] + days[first + many]
                    apart = (outer + many - inner) if on else (2 - outer + inner)
                    self._hold(self.it.add(apart >= 1), Rule(rule))

    def _sums(self, officer: Officer) -> None:
        rules, post, plan = self.plan.rules_of(officer), officer.post, self.plan
        minutes = sum(
            plan.kind[need.kind].minutes * self.serves[post, number] for number, need in enumerate(plan.needs)
        )
        if rules.most is not None:
            served = sum(self.on[post, day] for day in range(plan.days))
            self._hold(self.it.add(served <= rules.most), Rule("most"))
        if rules.most_minutes is not None:
            self._hold(self.it.add(minutes <= rules.most_minutes), Rule("minutes"))
        if rules.least_minutes is not None:
            self._hold(self.it.add(minutes >= rules.least_minutes), Rule("least"))
        if rules.weekends is not None:
            worked = [self._any([self.on[post, day] for day in days]) for days in plan.weekends]
            self._hold(self.it.add(sum(worked) <= rules.weekends), Rule("weekends"))

    # --- what is needed ------------------------------------------------------------------------------

    def _need(self, number: int, need: Need) -> None:
        crew = [(one, self.serves[one.post, number]) for one in self.plan.officers]
        every = sum(var for _one, var in crew)
        rule = Rule("number", need.day, need.place, need.kind)
        if need.under is None:
            self._at_least(every, need.number, rule)
        if need.over is None:
            self._hold(self.it.add(every <= need.number), rule)
        for skill, least in sorted(need.skills.items()):
            able = sum(var for one, var in crew if skill in one.skills)
            self._at_least(able, least, Rule("skill", need.day, need.place, need.kind, skill))
        for agency, least in sorted(need.agencies.items()):
            sent = sum(var for one, var in crew if one.agency == agency)
            self._at_least(sent, least, Rule("agency", need.day, need.place, need.kind, agency))
        if need.mixed:
            self._mixed(need, crew)

    def _mixed(self, need: Need, crew: list[tuple[Officer, Any]]) -> None:
        present = []
        for agency in sorted({one.agency for one, _var in crew}):
            there = self.it.new_bool_var("")
            self.it.add(sum(var for one, var in crew if one.agency == agency) >= there)
            present.append(there)
        self._at_least(sum(present), need.mixed, Rule("mixed", need.day, need.place, need.kind))

    def _at_least(self, have: Any, least: int, rule: Rule) -> None:
        if self.short and least:
            slack = self.it.new_int_var(0, least, "")
            self.slacks.append((rule, slack, least))
            self.it.add(have + slack >= least)
        else:
            self._hold(self.it.add(have >= least), rule)

    # --- what is wished ------------------------------------------------------------------------------

    def cost(self) -> None:
        """To be as small as can be."""
        weights = self.plan.weights
        terms = [*self._cover(), *self._wishes()]
        if weights.weekend:
            terms += [weights.weekend * one for one in self._split()]
        if weights.share:
            terms.append(weights.share * self._spread(self.plan.kinds))
        if weights.nights:
            terms.append(weights.nights * self._spread([one for one in self.plan.kinds if one.night]))
        self.it.minimize(sum(terms))

    def _cover(self) -> list[Any]:
        terms = []
        for number, need in enumerate(self.plan.needs):
            have = sum(self.serves[one.post, number] for one in self.plan.officers)
            for weight, more in ((need.under, need.number - have), (need.over, have - need.number)):
                if weight:
                    off = self.it.new_int_var(0, len(self.plan.officers) + need.number, "")
                    self.it.add(off >= more)
                    terms.append(weight * off)
        return terms

    def _wishes(self) -> list[Any]:
        terms = []
        for one in self.plan.wishes:
            kind = (one.kind,) if one.kind else ()
            served = self._any(self._shifts(one.post, one.day, *kind))
            terms.append(one.weight * (1 - served if one.wanted else served))
        return terms

    def _split(self) -> list[Any]:
        terms = []
        for officer in self.plan.officers:
            for days in self.plan.weekends:
                if len(days) > 1:
                    first, second = (self.on[officer.post, day] for day in days)
                    split = self.it.new_bool_var("")
                    self.it.add(split >= first - second)
                    self.it.add(split >= second - first)
                    terms.append(split)
        return terms

    def _spread(self, kinds: Iterable[Kind]) -> Any:
        codes, needs = {one.code for one in kinds}, self.plan.needs
        low, high = (self.it.new_int_var(0, len(needs), name) for name in ("low", "high"))
        for officer in self.plan.officers:
            counted = sum(self.serves[officer.post, n] for n, need in enumerate(needs) if need.kind in codes)
            self.it.add(low <= counted)
            self.it.add(high >= counted)
        return high - low

    # --- pieces --------------------------------------------------------------------------------------

    def duties(self, solver: Any) -> tuple[Duty, ...]:
        """What was found."""
        chosen = (at for at, var in self.serves.items() if solver.boolean_value(var))
        needs = self.plan.needs
        return tuple(sorted(Duty(needs[n].day, needs[n].place, needs[n].kind, post) for post, n in chosen))

    def _shifts(self, post: int, day: int, kind: str = "") -> list[Any]:
        return [self.serves[post, number] for number in self.at[day, kind]]

    def _any(self, variables: list[Any]) -> Any:
        if len(variables) == 1:
            return variables[0]
        found = self.it.new_bool_var("")
        self.it.add_max_equality(found, variables or [0])
        return found

    def _hold(self, constraint: Any, rule: Rule) -> None:
        if self.named:
            if rule not in self.literals:
                self.literals[rule] = self.it.new_bool_var(f"{rule}")
            constraint.only_enforce_if(self.literals[rule])
