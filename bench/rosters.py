"""Rosters: a month of the lake's patrol within a minute, a published instance to its proved optimum.

Needs no site and no database, but OR-Tools. The instance (Curtois and Qu, Instance1, 607) is no part of the
project: its file is named by ``--instance`` or ``GANTANG_ROSTER_INSTANCE``.
"""

import os
import random
import time
from datetime import date
from pathlib import Path
from typing import Any

import django

from gantang.patrol.rules import judging
from gantang.patrol.rules.plan import Kind, Need, Officer, Plan, Rules, Weights, Wish

MONDAY, DAYS, OFFICERS, SECONDS, OPTIMUM = date(2026, 11, 30), 28, 60, 60, 607
AGENCIES = ("police", "fishery", "water", "maritime")
KINDS = (Kind("early", 360, 480), Kind("late", 840, 480), Kind("night", 1320, 480, night=True))


def measure(instance: str = "") -> dict[str, Any]:
    """The month, and the instance where its file is named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gantang.site.settings")
    django.setup()
    found = {"month": _month()}
    path = instance or os.environ.get("GANTANG_ROSTER_INSTANCE", "")
    if path and Path(path).is_file():
        found["instance"] = _instance(Path(path))
    else:
        print("  Instance1 is not here: name its file by --instance, to see whether 607 is proved.")
    return found


def _month() -> dict[str, Any]:
    plan = lake(OFFICERS)
    found = _solved(plan)
    print(
        "  {officers} officers, {days} days, {needs} needs: {state}, {shifts} shifts, cost {cost} "
        "(bound {bound}), {breaches} broken rules, {seconds:.1f} s, {cpu:.1f} s of processor time".format(
            officers=OFFICERS, days=DAYS, needs=len(plan.needs), **found
        )
    )
    assert found["state"] in ("optimal", "found") and not found["breaches"]
    return found


def _instance(path: Path) -> dict[str, Any]:
    found = _solved(read(path))
    print("  Instance1: {state}, {cost} (bound {bound}), {cpu:.1f} s of processor time".format(**found))
    assert (found["state"], found["cost"]) == ("optimal", OPTIMUM)
    return found


def _solved(plan: Plan) -> dict[str, Any]:
    from gantang.patrol.service import solve

    begun, cpu = time.perf_counter(), time.process_time()
    found = solve(plan)
    return {
        "state": found.state,
        "shifts": len(found.duties),
        "cost": found.cost,
        "bound": found.bound,
        "breaches": len(judging.breaches(plan, found.duties)),
        "counted": judging.cost(plan, found.duties),
        "seconds": time.perf_counter() - begun,
        "cpu": time.process_time() - cpu,
    }


def lake(officers: int, days: int = DAYS) -> Plan:
    """Two points, three kinds of shift by day and night, crews of four from two agencies or more."""
    dice = random.Random(1)
    crew = tuple(
        Officer(
            number + 1,
            AGENCIES[number % 4],
            frozenset({"helm"} if number % 3 == 0 else ()),
            frozenset(dice.sample(range(days), 2)),
        )
        for number in range(officers)
    )
    needs = tuple(
        Need(day, place, kind.code, 4, {"police": 1}, {"helm": 1}, 2)
        for day in range(days)
        for place in ("A", "B")
        for kind in KINDS
    )
    wishes = tuple(
        Wish(dice.randint(1, officers), dice.randrange(days), dice.random() < 0.5) for _ in range(40)
    )
    return Plan(MONDAY, days, KINDS, crew, needs, Rules(660, 5, 5, 20), Weights(1, 5, 5), wishes)


def read(path: Path) -> Plan:
    """An instance in the text form of schedulingbenchmarks.org; kinds that may not follow are not taken."""
    parts: dict[str, list[list[str]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("SECTION_"):
            part = parts.setdefault(line.strip().removeprefix("SECTION_"), [])
        elif line.strip() and not line.startswith("#"):
            part.append(line.strip().split(","))
    number = {row[0]: place for place, row in enumerate(parts["STAFF"], start=1)}
    kinds = tuple(Kind(code, 0, int(minutes)) for code, minutes, _after in parts["SHIFTS"])
    off = {row[0]: frozenset(int(day) for day in row[1:]) for row in parts["DAYS_OFF"]}
    crew = tuple(
        Officer(number[row[0]], leave=off.get(row[0], frozenset()), rules=_rules(row))
        for row in parts["STAFF"]
    )
    needs = tuple(
        Need(int(day), "", kind, int(many), under=int(under), over=int(over))
        for day, kind, many, under, over in parts["COVER"]
    )
    wishes = tuple(
        Wish(number[who], int(day), wanted == "ON", kind, int(weight))
        for wanted in ("ON", "OFF")
        for who, day, kind, weight in parts[f"SHIFT_{wanted}_REQUESTS"]
    )
    return Plan(MONDAY, int(parts["HORIZON"][0][0]), kinds, crew, needs, wishes=wishes)


def _rules(row: list[str]) -> Rules:
    most, least, run, run_least, off_least, weekends = (int(one) for one in row[2:])
    return Rules(
        most_minutes=most,
        least_minutes=least,
        run=run,
        run_least=run_least,
        off_least=off_least,
        weekends=weekends,
    )
