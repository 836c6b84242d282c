"""Rosters against every roster there is: found where one fits, the cheapest, and the rules in the way where none does."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from gantang.patrol.rules import judging
from gantang.patrol.rules.plan import Breach, Duty, Kind, Need, Officer, Plan, Rule, Rules, Wish
from gantang.patrol.rules.sizing import Limits
from gantang.patrol.types import Solved
from tests.patrol.tiny import KINDS, judged, plan_of

pytest.importorskip("ortools")

SEEDS = range(10)
QUICK = Limits(search=2.0, explain=2.0, probe=1.0, wall=120.0)


@cache
def solved(seed: int) -> Solved:
    from gantang.patrol.service import solve

    return solve(plan_of(seed), QUICK)


@cache
def everything(seed: int) -> list[tuple[frozenset[Duty], list[Breach]]]:
    return judged(plan_of(seed))


def test_the_plans_are_of_both_sorts():
    found = {solved(seed).state for seed in SEEDS}
    assert found == {"optimal", "none"}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_roster_is_found_where_one_fits_and_it_is_the_cheapest(seed: int):
    plan, found = plan_of(seed), solved(seed)
    fitting = [one for one, broken in everything(seed) if not broken]
    assert (found.state == "optimal") == bool(fitting)
    if fitting:
        assert judging.breaches(plan, found.duties) == []
        assert (
            judging.cost(plan, found.duties) == found.cost == min(judging.cost(plan, one) for one in fitting)
        )


@pytest.mark.parametrize("seed", SEEDS)
def test_where_none_fits_the_rules_named_cannot_hold_together_and_none_of_them_is_to_spare(seed: int):
    found, named = solved(seed), set(solved(seed).conflict)
    if found.state != "none":
        return
    assert found.minimal and named
    broken = [{one.rule for one in rules} for _roster, rules in everything(seed)]
    assert all(named & one for one in broken)
    for spared in named:
        assert any(not (named - {spared}) & one for one in broken), f"{spared} is to spare"


@pytest.mark.parametrize("seed", SEEDS)
def test_where_none_fits_no_fewer_can_be_missing(seed: int):
    found, kept = solved(seed), {"number", "skill", "agency", "mixed"}
    if found.state != "none":
        return
    short = [
        sum(one.need - one.have for one in broken)
        for _roster, broken in everything(seed)
        if all(one.rule.rule in kept and one.have < one.need for one in broken)
    ]
    assert found.fewest and sum(one.need - one.have for one in found.gaps) == min(short)


def test_the_same_plan_gives_the_same_roster():
    from gantang.patrol.service import solve

    seed = next(one for one in SEEDS if solved(one).state == "optimal")
    assert solve(plan_of(seed), QUICK) == solved(seed)


MONDAY = date(2026, 11, 30)


def month(officers: int, days: int = 14) -> Plan:
    """So many officers, two points, three kinds of shift a day, each with four of two agencies and one who steers."""
    kinds = (Kind("early", 360, 480), Kind("late", 840, 480), Kind("night", 1320, 480, night=True))
    crew = tuple(
        Officer(number + 1, f"agency{number % 4}", frozenset({"helm"} if number % 3 == 0 else ()))
        for number in range(officers)
    )
    needs = tuple(
        Need(day, place, kind.code, 4, {"agency0": 1}, {"helm": 1}, 2)
        for day in range(days) for place in ("A", "B") for kind in kinds
    )  # fmt: skip
    return Plan(MONDAY, days, kinds, crew, needs, Rules(rest=660, run=5, week=5, most=10))


def test_an_impossible_demand_is_named_with_its_day_and_place():
    from gantang.patrol.service import solve

    plan = month(40, 7)
    asked = Need(3, "A", "night", 4, {"agency0": 1}, {"helm": 30}, 2)
    needs = tuple(asked if (n.day, n.place, n.kind) == (3, "A", "night") else n for n in plan.needs)
    found = solve(replace(plan, needs=needs), replace(QUICK, explain=6.0))
    assert found.state == "none"
    assert set(found.conflict) <= {Rule("number", 3, "A", "night"), Rule("skill", 3, "A", "night", "helm")}
    (gap,) = found.gaps
    assert (gap.rule, gap.have, gap.need) == (Rule("skill", 3, "A", "night", "helm"), 4, 30)


# --- the judge, rule by rule --------------------------------------------------------------------------

LONE = Plan(MONDAY, 14, KINDS, (Officer(1, "a", frozenset({"helm"}), frozenset({5})),), ())


def broken(rules: Rules, *shifts: tuple[int, str], before: tuple[Duty, ...] = ()) -> set[str]:
    needs = tuple(Need(day, "P", kind, 1) for day, kind in shifts)
    plan = replace(LONE, rules=rules, needs=needs, before=before)
    return {
        one.rule.rule for one in judging.breaches(plan, [Duty(day, "P", kind, 1) for day, kind in shifts])
    }


@pytest.mark.parametrize(
    ("rules", "shifts", "named"),
    [
        (Rules(), [(0, "day"), (0, "night")], {"one_a_day"}),
        (Rules(rest=661), [(0, "night"), (1, "day")], {"rest"}),
        (Rules(rest=120), [(0, "night"), (1, "day")], set()),
        (Rules(run=2), [(0, "day"), (1, "day"), (2, "day")], {"run"}),
        (Rules(week=2), [(0, "day"), (2, "day"), (6, "day")], {"week"}),
        (Rules(week=2), [(0, "day"), (2, "day"), (7, "day")], set()),
        (Rules(most=1), [(0, "day"), (9, "day")], {"most"}),
        (Rules(), [(5, "day")], {"leave"}),
        (Rules(most_minutes=480), [(0, "day"), (9, "day")], {"minutes"}),
        (Rules(least_minutes=961), [(0, "day"), (9, "day")], {"least"}),
        (Rules(run_least=2), [(3, "day")], {"run_least"}),
        (Rules(run_least=2), [(0, "day"), (13, "day")], set()),
        (Rules(off_least=2), [(0, "day"), (2, "day")], {"off_least"}),
        (Rules(weekends=0), [(6, "day")], {"weekends"}),
    ],
)
def test_each_rule_is_broken_by_its_own_breach_alone(
    rules: Rules, shifts: list[tuple[int, str]], named: set[str]
):
    assert broken(rules, *shifts) == named


def test_what_was_served_before_the_period_counts_for_rest_and_for_days_in_a_row():
    before = (Duty(-1, "", "night", 1), Duty(-2, "", "day", 1))
    assert broken(Rules(rest=661, run=2), (0, "day"), before=before) == {"rest", "run"}
    assert broken(Rules(rest=661, run=2), (1, "day"), before=before) == set()


def test_a_duty_that_nobody_asked_for_is_a_breach():
    plan = replace(LONE, needs=(Need(0, "P", "day", 1),))
    stray = [Duty(0, "P", "day", 1), Duty(0, "Q", "day", 1), Duty(0, "P", "day", 9)]
    assert {one.post for one in judging.breaches(plan, stray)} >= {1, 9}


def test_a_wish_costs_its_weight_where_it_is_not_met():
    plan = replace(
        LONE, needs=(Need(0, "P", "day", 1),), wishes=(Wish(1, 0, False, "day", 3), Wish(1, 1, True))
    )
    assert judging.cost(plan, [Duty(0, "P", "day", 1)]) == 4
    assert judging.cost(plan, []) == 1
