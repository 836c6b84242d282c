"""What opening many matters looks up, each thing once: good for one batch, then made anew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from gantang.catalogue import queries as catalogue
from gantang.engine import Calendar, Facts, Procedure
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
        self.classes = frozenset(one.code for one in catalogue.classes())
        self._procedure = procedures.chooser()
        self._resolver = posts.resolver(now.date())
        self._plain: dict[str, Place] = {}
        self._facts: dict[tuple[object, ...], Facts] = {}
        self._calendars: dict[str, Calendar] = {}

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

    def facts(self, opening: Opening) -> Facts:
        """The facts of a matter that opens now. Errors: TieError."""
        place = (opening.procedure.hash, opening.class_code, opening.place.scope)
        if place not in self._facts:
            self._facts[place] = opening_facts(opening, self.now, resolver=self._resolver)
        return replace(self._facts[place], reachable=opening.reachable)

    def past_facts(self, opening: Opening) -> Facts:
        """The facts of a matter that is over: none of our units ever held it."""
        classed = bool(opening.class_code)
        return Facts(holders={}, reachable=opening.reachable, classed=classed, imported=True)

    def calendar(self, scope: str) -> Calendar:
        if scope not in self._calendars:
            self._calendars[scope] = catalogue.calendar_for(scope, at=self.now)
        return self._calendars[scope]


def locating(now: datetime) -> Locate:
    """Finds the grid of a point; a county's shapes are read once and kept for the length of an import."""
    on = now.date()
    locator = lru_cache(maxsize=16)(lambda county: territory.locator(county, on=on))

    def locate(ground: str, point: Point) -> Located:
        if len(ground) < COUNTY:
            return territory.locate(*point, on=on)
        return next(locator(ground[:COUNTY]).locate([point]))

    return locate
