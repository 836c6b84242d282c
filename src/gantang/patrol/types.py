"""What the room hands out and takes in: frozen values, never models."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gantang.patrol.rules.plan import (
    Breach,
    Duty,
    Kind,
    Need,
    Officer,
    Plan,
    Rule,
    Rules,
    Weights,
    Wish,
)
from gantang.patrol.rules.sizing import Limits
from gantang.patrol.rules.water import LEVELS, Lost

__all__ = [
    "FLOOD_ABOVE",
    "HEARD_WITHIN",
    "KEPT_DAYS",
    "LEVELS",
    "LOW_BELOW",
    "ORDER_KINDS",
    "POINT_KINDS",
    "VESSEL_STATES",
    "Breach",
    "ConcernView",
    "Demand",
    "Duty",
    "HandoverView",
    "Kind",
    "LevelView",
    "Limits",
    "LogView",
    "Lost",
    "Need",
    "NewRoster",
    "Officer",
    "OfficerView",
    "OrderView",
    "PastView",
    "Plan",
    "PointView",
    "RosterView",
    "RouteView",
    "Rule",
    "Rules",
    "ShiftView",
    "Solved",
    "VesselView",
    "Weights",
    "Wish",
    "ZoneView",
]


@dataclass(frozen=True, slots=True)
class Solved:
    """What became of a search. ``state``: optimal, found (perhaps not the cheapest), none (none fits),
    unknown (the limit came first) or no_extra (OR-Tools is not there). ``gaps``: the fewest that are
    missing, provably so if ``fewest``. ``conflict``: rules that cannot hold together, none of them to
    spare if ``minimal``."""

    state: str
    duties: tuple[Duty, ...] = ()
    cost: int = 0
    bound: int = 0
    gaps: tuple[Breach, ...] = ()
    fewest: bool = False
    conflict: tuple[Rule, ...] = ()
    minimal: bool = False


#: 联合巡逻点、执法点、码头、卡口、瞭望点.
POINT_KINDS = ("joint", "post", "wharf", "checkpoint", "lookout")
VESSEL_STATES = ("ready", "repair", "laid_up")
#: What an order asks: to go to a point, to look there, to search, to help, to come back.
ORDER_KINDS = ("go_to", "inspect", "search", "assist", "return")
#: Slots that no source rules: days until positions are erased, minutes in which an order is to be heard,
#: metres under and over which the water is low and high.
KEPT_DAYS, HEARD_WITHIN = "patrol.position_days", "patrol.heard_minutes"
LOW_BELOW, FLOOD_ABOVE = "patrol.low_below", "patrol.flood_above"
Outline = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class PointView:
    """A place of the patrol; ``levels``: at which levels of the water it can be reached."""

    id: UUID
    ground: str
    name: str
    kind: str
    at: tuple[float, float] | None
    levels: tuple[str, ...]
    ended: bool


@dataclass(frozen=True, slots=True)
class VesselView:
    """A vessel, the unit that sends it, and how it is since when."""

    id: UUID
    ground: str
    name: str
    plate: str
    unit: int
    state: str
    since: date
    ended: bool


@dataclass(frozen=True, slots=True)
class ZoneView:
    """A zone with its outline at each level: () where it does not lie, no entry where nobody has drawn it."""

    id: UUID
    ground: str
    name: str
    outlines: Mapping[str, Outline]
    ended: bool


@dataclass(frozen=True, slots=True)
class RouteView:
    """Points in their order, and the zones on the way."""

    id: UUID
    ground: str
    name: str
    stops: tuple[UUID, ...]
    zones: tuple[UUID, ...]
    ended: bool


@dataclass(frozen=True, slots=True)
class LevelView:
    """How the water stands: since which day, by which source, said when by which post; metres if they
    were read."""

    ground: str
    level: str
    on: date
    source: str
    post: int | None
    said_at: datetime
    gauge: float | None


@dataclass(frozen=True, slots=True)
class OfficerView:
    """A post that serves; ``held`` as long as whoever held it when it was entered holds it."""

    id: UUID
    ground: str
    post: int
    unit: int
    skills: tuple[str, ...]
    leave: tuple[date, ...]
    held: bool


@dataclass(frozen=True, slots=True)
class Demand:
    """Where a roster needs another number: at a point, in a kind of shift, on a day; in all of them where
    none is named. 0: nobody serves. Who steer and how many agencies: as elsewhere, at most the number."""

    number: int
    point: UUID | None = None
    kind: str = ""
    on: date | None = None
    helm: int | None = None
    mixed: int | None = None


@dataclass(frozen=True, slots=True)
class NewRoster:
    """What a roster is asked for: at each of the points so many in each kind of shift, so many who
    steer, of so many agencies; hours of rest, days in a row, shifts of each at most. ``other``: where it
    needs something else, the later line before the former."""

    ground: str
    first: date
    days: int
    points: tuple[UUID, ...]
    number: int = 2
    helm: int = 1
    mixed: int = 1
    rest: int = 11
    run: int = 5
    most: int | None = None
    other: tuple[Demand, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterView:
    """A roster, how far it is, and what the search came to."""

    id: UUID
    ground: str
    first: date
    days: int
    state: str
    plan: Plan
    found: Solved | None
    asked_by: int | None
    asked_at: datetime
    issued_at: datetime | None


@dataclass(frozen=True, slots=True)
class ShiftView:
    """A shift with its crew, by posts; ``found``: numbers of the matters it came upon."""

    id: UUID
    ground: str
    point: UUID
    kind: str
    starts_at: datetime
    ends_at: datetime
    vessel: UUID | None
    route: UUID | None
    state: str
    crew: tuple[tuple[int, int], ...]
    concerns: int
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PastView:
    """A shift that is over: when its vessel was out and back, the level then, orders given and done."""

    shift: ShiftView
    out_at: datetime | None
    back_at: datetime | None
    level: str
    orders: int
    done: int


@dataclass(frozen=True, slots=True)
class ConcernView:
    """That a shift leads through what there is not at a level of the water."""

    id: UUID
    shift: UUID
    kind: str
    thing: UUID
    level: str
    state: str
    found_at: datetime


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order to a shift: given, heard, done; ``raised`` to the command where nobody heard it in time, to
    the leader after as long again ("" for neither)."""

    id: UUID
    shift: UUID
    kind: str
    point: UUID | None
    matter: str
    state: str
    given_at: datetime
    due_at: datetime | None
    heard_at: datetime | None
    done_at: datetime | None
    raised: str


@dataclass(frozen=True, slots=True)
class LogView:
    """A vessel's log: out, back, the level and the outlines as they were then, where it was (the newest
    first)."""

    id: UUID
    shift: UUID
    vessel: UUID
    level: str
    shapes: tuple[UUID, ...]
    out_at: datetime
    back_at: datetime | None
    positions: tuple[tuple[datetime, float, float], ...]


@dataclass(frozen=True, slots=True)
class HandoverView:
    """What a shift leaves to another: how many orders are open, and whether it is taken."""

    id: UUID
    shift: UUID
    to: UUID
    orders: int
    given_at: datetime
    taken_at: datetime | None
