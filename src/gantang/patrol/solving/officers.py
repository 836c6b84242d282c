"""What an officer may do: one shift a day, rest, days in a row, sums."""

from typing import TYPE_CHECKING, Any

from gantang.patrol.rules.plan import Officer, Rule

if TYPE_CHECKING:
    from gantang.patrol.solving.model import Model

_WEEK = 7


def serve(model: "Model", officer: Officer) -> None:
    """Variables for each day and each need, and the rules that hold for this officer."""
    plan, post = model.plan, officer.post
    for day in range(plan.days):
        model.on[post, day] = model.it.new_bool_var(f"on {post} {day}")
    for one in plan.before:
        if one.post == post:
            model.on[post, one.day] = 1
    for number in range(len(plan.needs)):
        model.serves[post, number] = model.it.new_bool_var(f"x {post} {number}")
    _days(model, officer)
    _rest(model, officer)
    _rows(model, officer)
    _least_rows(model, officer)
    _sums(model, officer)


def _days(model: "Model", officer: Officer) -> None:
    for day in range(model.plan.days):
        shifts, on = model.shifts(officer.post, day), model.on[officer.post, day]
        model.it.add(sum(shifts) >= on)
        for one in shifts:
            model.it.add_implication(one, on)
        if len(shifts) > 1:
            model.hold(model.it.add(sum(shifts) <= 1), Rule("one_a_day"))
        if day in officer.leave:
            model.hold(model.it.add(on == 0), Rule("leave", day))


def _rest(model: "Model", officer: Officer) -> None:
    plan, post, rest = model.plan, officer.post, model.plan.rules_of(officer).rest
    past = [(one.day, one.kind) for one in plan.before if one.post == post]
    for one in [*past, *((day, kind.code) for day in range(plan.days) for kind in plan.kinds)]:
        for other, kinds in plan.too_soon(one, rest):
            before = [1] if one[0] < 0 else model.shifts(post, *one)
            after = [var for kind in kinds for var in model.shifts(post, other, kind)]
            _not_both(model, before, after)


def _not_both(model: "Model", before: list[Any], after: list[Any]) -> None:
    if not model.named:  # one shift a day holds anyway
        model.it.add(sum(before) + sum(after) <= 1)
        return
    for one in before:
        for other in after:
            model.hold(model.it.add(one + other <= 1), Rule("rest"))


def _rows(model: "Model", officer: Officer) -> None:
    rules = model.plan.rules_of(officer)
    for rule, most, window in (
        ("run", rules.run, (rules.run or 0) + 1),
        ("week", rules.week, _WEEK),
    ):
        for last in range(model.plan.days if most is not None else 0):
            days = [model.on.get((officer.post, last - back), 0) for back in range(window)]
            model.hold(model.it.add(sum(days) <= most), Rule(rule))


def _least_rows(model: "Model", officer: Officer) -> None:
    """A row of so few days, of one sort between two of the other, is none."""
    rules, days = model.plan.rules_of(officer), [model.on[officer.post, d] for d in range(model.plan.days)]
    for rule, least, on in (("run_least", rules.run_least, 1), ("off_least", rules.off_least, 0)):
        for many in range(1, least):
            for first in range(1, model.plan.days - many):
                inner = sum(days[first : first + many])
                outer = days[first - 1] + days[first + many]
                apart = (outer + many - inner) if on else (2 - outer + inner)
                model.hold(model.it.add(apart >= 1), Rule(rule))


def _sums(model: "Model", officer: Officer) -> None:
    rules, post, plan = model.plan.rules_of(officer), officer.post, model.plan
    minutes = sum(
        plan.kind[need.kind].minutes * model.serves[post, number] for number, need in enumerate(plan.needs)
    )
    if rules.most is not None:
        served = sum(model.on[post, day] for day in range(plan.days))
        model.hold(model.it.add(served <= rules.most), Rule("most"))
    if rules.most_minutes is not None:
        model.hold(model.it.add(minutes <= rules.most_minutes), Rule("minutes"))
    if rules.least_minutes is not None:
        model.hold(model.it.add(minutes >= rules.least_minutes), Rule("least"))
    if rules.weekends is not None:
        worked = [model.any_of([model.on[post, day] for day in days]) for days in plan.weekends]
        model.hold(model.it.add(sum(worked) <= rules.weekends), Rule("weekends"))
