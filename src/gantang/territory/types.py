"""What the room hands out: frozen values, never models."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from gantang.kit.errors import GantangError

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class DivisionView:
    """``prefix`` has 2 to 12 digits, ``code`` always 12; ``level`` is 1 (province) to 5 (village)."""

    prefix: str
    code: str
    name: str
    level: int
    parent: str | None
    urban: bool | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One line of a division's history; ``kind`` is recoded, renamed, ceded or abolished, in ``year``."""

    prefix: str
    name: str
    kind: str
    since: int
    year: int | None
    successor: str | None


@dataclass(frozen=True, slots=True)
class GridView:
    """``kind`` as in ``rules.kinds``, (``lon``, ``lat``) the centre; a ``schematic`` shape is 示意.

    ``households`` is None where nobody counted; ``urban`` is the grid's own class, else its village's.
    """

    code: str
    village: str
    name: str
    kind: str
    version: int
    lon: float | None
    lat: float | None
    schematic: bool
    valid_from: date | None
    valid_to: date | None
    households: int | None = None
    urban: bool | None = None


@dataclass(frozen=True, slots=True)
class NewGrid:
    """A grid to be made. ``parts`` are polygons: an outer ring and its holes each, in (lon, lat) degrees.

    ``code`` is one that the grid has already, from elsewhere; without it the next free number is given.
    """

    village: str
    parts: tuple[tuple[Ring, tuple[Ring, ...]], ...] = ()
    name: str = ""
    kind: str = "basic"
    schematic: bool = False
    households: int | None = None
    urban_class: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Located:
    """Where a point lies. ``problem`` is None, "outside" (no grid holds it) or "swapped" (lat and lon)."""

    grid: str | None
    division: str | None
    problem: str | None = None


#: An operation of a change set: its kind (``rules.changing.OPERATIONS``) and its data, as JSON.
Operation = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class SuccessionView:
    """What became of ``old``; ``new`` is empty where nothing followed, and the same code after a redrawing.

    ``share`` is the part of the old ground's households, None where nobody said.
    """

    kind: str
    old: str
    new: str
    share: Decimal | None
    heir: bool
    on: date
    change: UUID | None = None


@dataclass(frozen=True, slots=True)
class ChangeSetView:
    """``state`` is draft, reviewed (waits for its day), in_force or withdrawn; ``fault`` is the code of the
    error that kept it from coming into force."""

    id: UUID
    title: str
    basis: str
    effective_on: date
    state: str
    made_by: int | None
    made_at: datetime
    reviewed_by: int | None
    reviewed_at: datetime | None
    applied_at: datetime | None
    fault: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """Whose rules hold where several codes become one: those of ``ground``; or, where ``ends``, that its
    rules go on nowhere. ``what`` is calendar or procedure, the latter with its ``name``."""

    what: str
    ground: str
    name: str = ""
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Inherited:
    """Rules of its own that ``ground`` takes over in a change: those of the code ``of``.

    ``options`` are the codes whose could hold. ``of`` is None where somebody has to say it first, "" where
    they end; ``fault`` says why those of ``unfit`` cannot hold here.
    """

    what: str
    ground: str
    options: tuple[str, ...]
    of: str | None
    name: str = ""
    fault: str = ""
    unfit: str = ""


@dataclass(frozen=True, slots=True)
class GroundChange:
    """What a change set does, told to the rooms above: before it is taken, and when it is in force.

    ``roots`` are the outermost codes whose matters are looked at; ``made`` (code, name) and ``ended`` are
    divisions and grids; ``settled`` is whose rules hold where several codes become one.
    """

    on: date
    roots: tuple[str, ...]
    made: tuple[tuple[str, str], ...]
    ended: tuple[str, ...]
    successions: tuple[SuccessionView, ...]
    settled: tuple[Settled, ...] = ()


@dataclass(frozen=True, slots=True)
class SchemeView:
    """A code scheme: its code, its words, its source, its length, and whether it can be the primary one."""

    code: str
    zh: str
    en: str
    source: str
    length: int
    primary: bool


@dataclass(frozen=True, slots=True)
class CodeFinding:
    """A grid's code that breaks what the primary scheme promises; ``fault`` is a word for what."""

    code: str
    fault: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class GridRecord:
    """A grid as it goes out to a file, with its outline in (lon, lat), CGCS2000."""

    code: str
    name: str
    kind: str
    village: str
    village_name: str
    valid_from: date | None
    schematic: bool
    households: int | None = None
    urban_class: str = ""
    parts: Sequence[tuple[Sequence[Sequence[float]], Sequence[Sequence[Sequence[float]]]]] = ()


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a file of grids, read: "" and None are what it does not say. ``shape`` is a shapely geometry
    in degrees of the file's own datum, or plain parts as they are stored."""

    row: int
    code: str = ""
    village: str = ""
    name: str = ""
    kind: str = ""
    since: date | None = None
    schematic: bool | None = None
    households: int | None = None
    urban_class: str = ""
    shape: Any = None


@dataclass(frozen=True, slots=True)
class GroundLine:
    """What is to be said of a row: ``kind`` is new, redrawn, amended, same, warning or error; ``code`` the
    grid's, where it has one already."""

    row: int
    kind: str
    code: str = ""
    reason: str = ""
    remedy: str = ""


@dataclass
class GroundFile:
    """A file of grids, read. ``fields`` says which of its columns is what, ``doubtful`` which columns claim
    the same; ``system`` is what the file says of its coordinates."""

    name: str
    rows: list[GridRow]
    faults: list[GroundLine]
    fields: Mapping[str, str]
    doubtful: Mapping[str, tuple[str, ...]]
    unused: tuple[str, ...]
    encoding: str = ""
    system: str = ""


@dataclass(frozen=True, slots=True)
class DatumFit:
    """How well a file fits what is known under each datum: ``misfits`` are shares of area (0 fits wholly),
    ``compared`` the rows that could be compared, ``metres`` how far the best of them moves the file."""

    misfits: Mapping[str, float]
    compared: int
    best: str
    metres: float = 0.0


@dataclass
class GroundPlan:
    """What taking a file would do: the rows to take, and a line for each row that the file has; ``rows`` are
    those that could be read."""

    take: list[tuple[GridRow, GroundLine]]
    lines: list[GroundLine]
    datum: str
    rows: list[GridRow] = field(default_factory=list)


@dataclass
class GroundLook:
    """A file of grids as a page sees it: its columns, and the plan or the fault of the file as a whole.
    ``returned`` is a packed workbook of the rows with errors."""

    columns: tuple[str, ...]
    fields: Mapping[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    fit: DatumFit | None = None
    plan: GroundPlan | None = None
    returned: str = ""
    fault: GantangError | None = None


#: Households that a grid may have: least and most; None says nothing.
Size = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class GroundFinding:
    """Something wrong with the ground: ``kind``, the grids (or the village) it is about, where (lon, lat),
    and how much: square metres of a gap or an overlap, households of a size."""

    kind: str
    grids: tuple[str, ...]
    place: tuple[float, float] | None = None
    amount: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FacilityKindView:
    """A kind of facility. ``inspect_days`` is None and ``needs`` (kind of grid → how many working ones) empty
    where nobody has ruled; ``basis`` is the document that did."""

    code: str
    zh: str
    en: str
    position: int = 0
    class_code: str = ""
    inspect_days: int | None = None
    needs: Mapping[str, int] = field(default_factory=dict)
    basis: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class ServiceView:
    """A service that places may offer."""

    code: str
    zh: str
    en: str
    position: int = 0
    basis: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class NewFacility:
    """A facility to be entered. ``code`` is printed on its label; without one it is given. ``ground`` is a
    village or grid, "" where the point says it; the point is CGCS2000."""

    kind: str
    name: str
    ground: str = ""
    code: str = ""
    point: tuple[float, float] | None = None
    installed_on: date | None = None
    keeper: int | None = None
    condition: str = "working"


@dataclass(frozen=True, slots=True)
class FacilityView:
    """A facility. ``condition`` is working, faulty or out_of_service; ``keeper`` a unit's id; ``due_on`` the
    day of the next inspection, None where no rule asks for one; ``valid_to`` the day it was taken away."""

    id: UUID
    code: str
    kind: str
    name: str
    ground: str
    lon: float | None
    lat: float | None
    installed_on: date | None
    keeper: int | None
    condition: str
    inspected_on: date | None
    due_on: date | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class InspectionView:
    """A look at a facility; ``faults`` from the closed list, ``post`` the post that looked."""

    id: int
    on: date
    condition: str
    faults: tuple[str, ...]
    post: int | None


@dataclass(frozen=True, slots=True)
class FacilityCoverage:
    """How far the rule of a kind is kept on a ground: ``grids`` that must have some, ``short`` of them that
    have too few working ones."""

    ground: str
    kind: str
    grids: int
    short: int


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place that combines services, to be entered; ``services`` are codes of the list."""

    name: str
    ground: str = ""
    address: str = ""
    point: tuple[float, float] | None = None
    services: tuple[str, ...] = ()
    hours: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place that combines services."""

    id: UUID
    name: str
    ground: str
    address: str
    lon: float | None
    lat: float | None
    services: tuple[str, ...]
    hours: str
    phone: str
    valid_from: date
    valid_to: date | None


@dataclass
class AssetPlan:
    """What taking a file of facilities or places would do: what to take, as (row, what it says, the id of the
    known one), and a line for each row. ``fields`` says which column is what."""

    name: str
    take: list[tuple[int, NewFacility | NewPlace, UUID | None]]
    lines: list[GroundLine]
    fields: Mapping[str, str]
    unused: tuple[str, ...]
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class LayerMade:
    """A map that was made: its bytes before packing, how coarse it is (degrees), whether its pieces fit
    together; where they do not, borders may drift apart."""

    ground: str
    size: int
    tolerance: float
    sound: bool


@dataclass(frozen=True, slots=True)
class LayerView:
    """The map of a ground as GeoJSON packed by gzip, since when, and a mark that changes with it."""

    ground: str
    packed: bytes
    etag: str
    made_at: datetime
