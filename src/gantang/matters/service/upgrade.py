"""Running matters go over to a new version of their procedure, where an upgrade names their state.

The worker looks through the matters by id, a bite at a time. Each goes over in a transaction of its own, so
that the work can be broken off, done twice or on two machines: what went over is not found again. How far
it is stands with the upgrade. A matter that somebody holds just then is left for the next pass.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

import structlog

from gantang import engine
from gantang.catalogue import queries as catalogue
from gantang.engine import Calendar, Case, Facts, Procedure
from gantang.kit import window
from gantang.kit.errors import GantangError
from gantang.kit.work import Work, reading, work
from gantang.matters.models import Matter
from gantang.matters.queries.holding import holders_of
from gantang.matters.service import documents, record, wake
from gantang.posts import queries as posts
from gantang.procedures import queries as procedures
from gantang.procedures import service as versions
from gantang.procedures.types import UpgradeView

#: So many matters are looked at in one query, and so many of them go over in one bite.
LOOKED, MOST = 5000, 200
_FIRST = UUID(int=0)
log = structlog.get_logger()
Place = tuple[int, UUID, str]  # city, id, scope


def upgrade(*, now: datetime, limit: int = MOST) -> int:
    """Take a bite of the first upgrade that waits; how many matters were looked at, 0 when a pass ends."""
    waiting = procedures.upgrades_due(now)
    return _Upgrading(waiting[0], now).bite(limit) if waiting else 0


@dataclass(frozen=True)
class _Upgrading:
    view: UpgradeView
    now: datetime

    @cached_property
    def old(self) -> Procedure:
        return procedures.by_hash(self.view.old_hash)

    @cached_property
    def new(self) -> Procedure:
        return procedures.by_hash(self.view.new_hash)

    @cached_property
    def mapping(self) -> engine.Upgrade:
        view = self.view
        return engine.Upgrade(
            view.name, view.old_version, view.new_version, view.states, view.uses, view.basis
        )

    def bite(self, limit: int) -> int:
        looked = self._look()
        if not looked:
            versions.pass_ended(upgrade=self.view.id, now=self.now)
            return 0
        named = [(city, id, scope) for city, id, scope, is_named in looked if is_named]
        taken = named[:limit]
        after = looked[-1][1] if len(taken) == len(named) else taken[-1][1]
        calendars = self._calendars(taken)
        done = [self._one(place, calendars[place[2]]) for place in taken]
        kept = [one for one in done if one is not None]
        versions.went_on(upgrade=self.view.id, after=after, found=len(kept), moved=sum(kept), now=self.now)
        return len(looked)

    def _look(self) -> list[tuple[int, UUID, str, bool]]:
        """The next matters, and whether the upgrade names where they are; closed ones only if it names an
        end."""
        rows = Matter.objects.filter(id__gt=self.view.after or _FIRST)
        if not any(self.old.states[state].is_end for state in self.view.states):
            rows = rows.filter(ended_at=None)
        with reading(wake.CLOCK):
            columns = rows.order_by("id").values_list("city", "id", "scope", "procedure_hash", "state")
            return [
                (city, id, scope, digest == self.view.old_hash and state in self.view.states)
                for city, id, scope, digest, state in columns[:LOOKED]
            ]

    def _calendars(self, places: list[Place]) -> Mapping[str, Calendar]:
        with window.window():
            return {scope: catalogue.calendar_for(scope, at=self.now) for _city, _id, scope in places}

    @cached_property
    def _facts(self) -> Callable[[Matter], Facts | None]:
        """Who holds the work is asked only where it comes to another duty."""
        owners = {
            (self.old.states[old].owner, self.new.states[new].owner) for old, new in self.view.states.items()
        }
        if all(old == new for old, new in owners):
            return lambda row: None
        resolver = posts.resolver(self.now.date())
        return lambda row: Facts(
            holders=holders_of(
                self.new, klass=row.class_code, ground=row.scope, now=self.now, resolver=resolver
            )
        )

    def _one(self, place: Place, calendar: Calendar) -> bool | None:
        """Whether the matter went over; None for one that cannot, which must not stop the others."""
        city, matter, _scope = place
        try:
            try:
                return self._taken(city, matter, calendar)
            except documents.Unwritten:  # the clock's documents are set without the lock
                wake.owed(city, matter, self.now)
                return self._taken(city, matter, calendar)
        except GantangError as error:
            log.error("matters.upgrade", matter=str(matter), error=error.code)
            return None

    def _taken(self, city: int, matter: UUID, calendar: Calendar) -> bool:
        with work(wake.CLOCK, ids=[matter]) as w:
            rows = Matter.objects.select_for_update(skip_locked=True)
            row = rows.filter(city=city, id=matter, procedure_hash=self.view.old_hash).first()
            return row is not None and self._go_over(w, row, calendar)

    def _go_over(self, w: Work, row: Matter, calendar: Calendar) -> bool:
        if row.wake_at is not None and row.wake_at <= self.now:
            wake.lapse(w, row, self.now)  # what the clock owed under the old version comes first
        case = Case.from_dict(row.case)
        facts = self._facts(row)
        steps = engine.upgrade(self.old, self.new, self.mapping, case, calendar, self.now, facts=facts)
        items = [(step.name, step.data) for step in steps]
        record.record(w, row, items, actor=wake.CLOCK, now=self.now)
        return bool(steps)
