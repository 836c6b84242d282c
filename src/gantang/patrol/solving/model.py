"""A plan as constraints: who serves when, each rule under its name."""

from collections import defaultdict
from typing import Any

from gantang.patrol.rules.plan import Duty, Plan, Rule
from gantang.patrol.solving import needs, officers


class Model:
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
            officers.serve(self, officer)
        for number, need in enumerate(plan.needs):
            needs.need_of(self, number, need)

    def at_least(self, have: Any, least: int, rule: Rule) -> None:
        """So many at least, or fewer by a slack where needs may go unmet."""
        if self.short and least:
            slack = self.it.new_int_var(0, least, "")
            self.slacks.append((rule, slack, least))
            self.it.add(have + slack >= least)
        else:
            self.hold(self.it.add(have >= least), rule)

    def duties(self, solver: Any) -> tuple[Duty, ...]:
        """What was found."""
        chosen = (at for at, var in self.serves.items() if solver.boolean_value(var))
        needs = self.plan.needs
        return tuple(sorted(Duty(needs[n].day, needs[n].place, needs[n].kind, post) for post, n in chosen))

    def shifts(self, post: int, day: int, kind: str = "") -> list[Any]:
        """Whether somebody serves in each shift of a day, of all kinds or of one."""
        return [self.serves[post, number] for number in self.at[day, kind]]

    def any_of(self, variables: list[Any]) -> Any:
        """Whether any of these holds."""
        if len(variables) == 1:
            return variables[0]
        found = self.it.new_bool_var("")
        self.it.add_max_equality(found, variables or [0])
        return found

    def hold(self, constraint: Any, rule: Rule) -> None:
        """A rule's constraint, which may be assumed by the rule's name."""
        if self.named:
            if rule not in self.literals:
                self.literals[rule] = self.it.new_bool_var(f"{rule}")
            constraint.only_enforce_if(self.literals[rule])
