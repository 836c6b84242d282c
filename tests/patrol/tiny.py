"""Plans so small that every roster there is can be looked at."""

import random
from collections.abc import Iterator
from datetime import date
from itertools import combinations, product

from gantang.patrol.rules import judging
from gantang.patrol.rules.plan import Breach, Duty, Kind, Need, Officer, Plan, Rules, Weights, Wish

FRIDAY = date(2026, 12, 4)
KINDS = (Kind("day", 480, 480), Kind("night", 1320, 480, night=True))


def plan_of(seed: int) -> Plan:
    """Three officers of two agencies, two days: some fit, many do not."""
    dice = random.Random(seed)
    days = 2
    officers = tuple(
        Officer(
            number,
            dice.choice("ab"),
            frozenset({"helm"} if dice.random() < 0.5 else ()),
            frozenset(day for day in range(days) if dice.random() < 0.2),
        )
        for number in (1, 2, 3)
    )
    needs = tuple(
        Need(
            day, "P", kind, dice.choice((0, 1, 1, 2)),
            agencies={"a": 1} if dice.random() < 0.2 else {},
            skills={"helm": 1} if dice.random() < 0.3 else {},
            mixed=2 if dice.random() < 0.1 else 0,
        )
        for day in range(days)
        for kind in ("day", "night")
    )  # fmt: skip
    wishes = tuple(
        Wish(
            dice.choice(officers).post, dice.randrange(days), dice.random() < 0.5, dice.choice(("", "day")), 2
        )
        for _ in range(3)
    )
    rules = Rules(
        rest=dice.choice((0, 660)), run=dice.choice((None, 1, 2)), week=dice.choice((None, 2)), most=2
    )
    before = (Duty(-1, "", "night", 1),) if dice.random() < 0.5 else ()
    return Plan(FRIDAY, days, KINDS, officers, needs, rules, Weights(1, 2, 3), wishes, before)


def every_roster(plan: Plan) -> Iterator[frozenset[Duty]]:
    """Every set of duties at what the plan asks for, too few and too many ones among them."""
    posts = [one.post for one in plan.officers]
    crews = [crew for many in range(len(posts) + 1) for crew in combinations(posts, many)]
    for chosen in product(crews, repeat=len(plan.needs)):
        yield frozenset(
            Duty(need.day, need.place, need.kind, post)
            for need, crew in zip(plan.needs, chosen, strict=True)
            for post in crew
        )


def judged(plan: Plan) -> list[tuple[frozenset[Duty], list[Breach]]]:
    """Every roster with what it breaks."""
    return [(one, judging.breaches(plan, one)) for one in every_roster(plan)]
