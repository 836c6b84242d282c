"""A tiny calendar, the shipped packs and a cast of posts, for tests that need no database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import gantang
from gantang import engine
from gantang.engine.run.values import CHINA
from gantang.engine.time import Calendar, Day, DayKind

PACKS = Path(gantang.__file__).parent / "packs"
#: One unit per duty; the post is ten times the unit, the account a hundred more.
UNITS = {
    "receiver": 1,
    "dispatcher": 2,
    "handler": 3,
    "verifier": 4,
    "arbiter": 5,
    "supervisor": 6,
    "leader": 7,
    "cooperator": 8,
    "mediator": 9,
}


@cache
def calendar() -> Calendar:
    """2025–2027 announced, New Year's Day free, no other holidays."""
    free = {date(year, 1, 1): Day(DayKind.REST, "元旦", "New Year's Day") for year in (2025, 2026, 2027)}
    return Calendar("tiny-1", free, published=range(2025, 2028))


@cache
def packs() -> Mapping[str, engine.Pack]:
    return engine.load_packs(PACKS)


@cache
def procedures() -> Mapping[str, engine.Procedure]:
    return {name: one for pack in packs().values() for name, one in pack.procedures.items()}


def request() -> engine.Procedure:
    return procedures()["request"]


def at(text: str) -> datetime:
    """`2026-11-16 09:30`, local time."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def doer(*duties: str) -> engine.Doer:
    """The usual holder of the first duty; people have neither unit nor account."""
    unit = UNITS.get(duties[0])
    if unit is None:
        return engine.Doer(duties=frozenset(duties))
    return engine.Doer(100 + unit, unit, unit * 10, frozenset(duties))


def facts(**changes: Any) -> engine.Facts:
    holders = {duty: engine.Holder(unit, unit * 10, unit) for duty, unit in UNITS.items()}
    return engine.Facts(**{"holders": holders, "classed": True, **changes})


class Walk:
    """A case being played: `walk.go("accept", …)` decides, keeps the steps and gives the decision."""

    def __init__(
        self, procedure: engine.Procedure | None = None, start: str = "2026-11-16 09:30", **known: Any
    ) -> None:
        self.procedure = procedure or request()
        self.facts = facts(**known)
        self.now = at(start)
        opened = engine.open_case(
            self.procedure, doer=doer("reporter"), facts=self.facts, calendar=calendar(), now=self.now
        )
        self.steps = list(opened.steps)

    @property
    def case(self) -> engine.Case:
        return engine.replay(self.steps)

    def go(
        self, move: str, by: str | engine.Doer, when: str | None = None, /, **answers: Any
    ) -> engine.Decision:
        self.now = at(when) if when else self.now
        who = doer(by) if isinstance(by, str) else by
        made = engine.decide(self.procedure, self.case, move, answers, who, self.facts, calendar(), self.now)
        self.steps.extend(made.steps)
        return made

    def wait(self, when: str) -> tuple[engine.Step, ...]:
        self.now = at(when)
        steps = engine.lapse(self.procedure, self.case, self.facts, calendar(), self.now)
        self.steps.extend(steps)
        return steps

    def refused(
        self, move: str, by: str | engine.Doer, when: str | None = None, /, **answers: Any
    ) -> list[str]:
        return [refusal.code for refusal in self.go(move, by, when, **answers).refusals]


def handling(**known: Any) -> Walk:
    """A request in work since 2026-11-16 09:50, ordinary track."""
    walk = Walk(**known)
    walk.go("accept", "receiver", "2026-11-16 09:40", **{"class": "facility.lighting", "track": "ordinary"})
    walk.go("take_on", "handler", "2026-11-16 09:50")
    return walk
