"""What opening many matters looks up, each thing once: good for one batch, then made anew."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache

from gantang import engine
from gantang.catalogue import queries as catalogue
from gantang.engine import Calendar, Facts, Procedure
from gantang.engine.run.values import stamp
from gantang.kit.actor import lies_apart
from gantang.kit.canonical import canonical
from gantang.matters.service import record
from gantang.matters.service.act import refused
from gantang.matters.service.ground import Place, find, placed
from gantang.matters.service.opening import Opening, opening_facts
from gantang.posts import queries as posts
from gantang.procedures import queries as procedures
from gantang.territory import queries as territory
from gantang.territory.types import Located

Point = tuple[float, float]
Locate = Callable[[str, Point], Located]
#: Wider ground than a county is located point by point: its shapes would fill the memory.
COUNTY = 6


class Book:
    """Terms, places, procedures, remits and calendars as they stand at ``now``."""

    def __init__(self, now: datetime, locate: Locate) -> None:
        self.now, self._locate = now, locate
        self.channels = frozenset(one.code for one in catalogue.channels())
        self.classes = frozenset(one.code for one in catalogue.classes() if not lies_apart(one.code))
        self._procedure = procedures.chooser()
        self._resolver = posts.resolver(now.date())
        self._plain: dict[str, Place] = {}
        self._opened: dict[tuple[object, ...], record.Item] = {}
        self._ended: dict[tuple[object, ...], list[record.Item]] = {}
        self._named: dict[tuple[str, str], Procedure] = {}
        self._calendars: dict[str, Calendar] = {}

    def expect(self, grounds: Iterable[str]) -> None:
        """Read at once what ``place`` will be asked."""
        territory.expect(filter(None, grounds), self.now.date())

    def place(self, ground: str, point: Point | None) -> Place:
        """As ``ground.find``, leniently. Errors: ReportInvalidError."""
        if ground not in self._plain:
            self._plain[ground] = find(ground, None, on=self.now.date())
        if point is None:
            return self._plain[ground]
        return placed(ground, point, self._locate(ground, point), lenient=True)

    def procedure(self, klass: str, scope: str, at: datetime) -> Procedure:
        """Errors: UnknownProcedureError."""
        return self._procedure(klass, scope, at)

    def named(self, name: str, scope: str) -> Procedure:
        """The procedure of that name, looked up once for each county. Errors: UnknownProcedureError."""
        place = (name, scope[:COUNTY])
        if place not in self._named:
            self._named[place] = procedures.named(name, scope, self.now)
        return self._named[place]

    def opened(self, opening: Opening, at: datetime) -> record.Item:
        """The engine's first step of a matter raised ``at``, whose clocks start now. Errors: TieError."""
        key = (opening.place.scope, *_alike(opening))
        if key not in self._opened:
            self._opened[key] = self._open(opening)
        name, data = self._opened[key]
        return name, {**data, "opened_at": stamp(at)}

    def _open(self, opening: Opening) -> record.Item:
        decision = engine.open_case(
            opening.procedure,
            doer=opening.doer,
            facts=opening_facts(opening, self.now, resolver=self._resolver),
            calendar=self.calendar(opening.place.scope),
            now=self.now,
            answers=opening.known,
        )
        return decision.steps[0].name, decision.steps[0].data

    def ended(self, opening: Opening, at: datetime, until: datetime) -> list[record.Item]:
        """The engine's steps of a matter that is over: they hold no other moments than its own. Errors:
        MoveRefusedError."""
        key = _alike(opening)
        if key not in self._ended:
            self._ended[key] = self._end(opening, at, until)
        (first, opened), (then, over) = self._ended[key]
        begun = stamp(at)
        return [
            (first, {**opened, "at": begun, "opened_at": begun}),
            (then, {**over, "at": stamp(until)}),
        ]

    def _end(self, opening: Opening, at: datetime, until: datetime) -> list[record.Item]:
        """None of our units ever held it."""
        decision = engine.open_past(
            opening.procedure,
            doer=opening.doer,
            facts=Facts(
                holders={}, reachable=opening.reachable, classed=bool(opening.class_code), imported=True
            ),
            calendar=self.calendar(opening.place.scope),
            opened_at=at,
            closed_at=until,
            answers=opening.known,
        )
        if not decision.allowed:
            raise refused(decision)
        return [(step.name, step.data) for step in decision.steps]

    def calendar(self, scope: str) -> Calendar:
        if scope not in self._calendars:
            self._calendars[scope] = catalogue.calendar_for(scope, at=self.now)
        return self._calendars[scope]


def _alike(opening: Opening) -> tuple[object, ...]:
    """What the engine's first steps depend on, but for moments, and for the place where clocks start."""
    known = opening.class_code, opening.reachable, opening.doer
    return (opening.procedure.hash, *known, canonical(opening.answers))


def locating(now: datetime) -> Locate:
    """Finds the grid of a point; a county's shapes are read once and kept for the length of an import."""
    on = now.date()
    locator = lru_cache(maxsize=16)(lambda county: territory.locator(county, on=on))

    def locate(ground: str, point: Point) -> Located:
        if len(ground) < COUNTY:
            return territory.locate(*point, on=on)
        return next(locator(ground[:COUNTY]).locate([point]))

    return locate
