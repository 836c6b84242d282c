"""Ground while a change is worked out: what is there, what ends, what is made, what follows what. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, NamedTuple

from gantang.territory.rules import prefix
from gantang.territory.rules.plane import Part
from gantang.territory.rules.schemes import Scheme

#: Where a shape comes from: the code of a grid that has it, or the parts themselves.
Source = str | tuple[Part, ...]
_MILLIONTH = Decimal("0.000001")


class PlanError(ValueError):
    """An operation that cannot be done on this ground; ``fault`` is a word for why, ``details`` say where."""

    def __init__(self, fault: str, **details: Any) -> None:
        super().__init__(fault)
        self.fault, self.details = fault, details


@dataclass(frozen=True, slots=True)
class Place:
    """A division, past ones too: their codes are used."""

    prefix: str
    name: str
    level: int
    urban_class: str = ""
    in_force: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """A grid; ``shape`` says where its outline comes from, its own where it was there before."""

    code: str
    village: str
    name: str
    kind: str
    households: int | None = None
    urban_class: str = ""
    schematic: bool = False
    in_force: bool = True
    shape: tuple[Source, ...] = ()


class Succeeded(NamedTuple):
    """An old code and what followed it, as ``models.Succession``."""

    kind: str
    old: str
    new: str
    share: Decimal | None
    heir: bool


@dataclass
class Ground:
    """The part of the ground that a change is about, and what the operations so far made of it."""

    scheme: Scheme
    places: dict[str, Place]
    cells: dict[str, Cell]
    made: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    classed: dict[str, str] = field(default_factory=dict)
    redrawn: dict[str, tuple[tuple[Part, ...], int | None]] = field(default_factory=dict)
    successions: dict[tuple[str, str], Succeeded] = field(default_factory=dict)
    settled: list[Mapping[str, Any]] = field(default_factory=list)

    def place(self, code: str) -> Place:
        """A division in force. Errors: PlanError."""
        found = self.places.get(code)
        if found is None or not found.in_force:
            raise PlanError("no_division", ground=code)
        return found

    def cell(self, code: str) -> Cell:
        """A grid in force. Errors: PlanError."""
        found = self.cells.get(code)
        if found is None or not found.in_force:
            raise PlanError("no_grid", code=code)
        return found

    def below(self, code: str) -> list[str]:
        """The divisions in force one level down, in the order of their codes."""
        length = prefix.LENGTHS[prefix.level_of(code) + 1]
        return [one for one in self._used_below(code, length) if self.places[one].in_force]

    def used_below(self, code: str) -> list[int]:
        """Every number ever given one level down."""
        length = prefix.LENGTHS[prefix.level_of(code) + 1]
        return [int(one[len(code) :]) for one in self._used_below(code, length)]

    def _used_below(self, code: str, length: int) -> list[str]:
        return sorted(one for one in self.places if len(one) == length and one.startswith(code))

    def grids_of(self, village: str) -> list[Cell]:
        """The grids in force of a village, in the order of their codes."""
        return [self.cells[c] for c in sorted(self.cells) if c[:12] == village and self.cells[c].in_force]

    def used_in(self, village: str) -> Iterator[int]:
        """Every sequence ever given in a village."""
        return (int(code[12:]) for code in self.cells if code[:12] == village)

    def make_place(self, place: Place) -> None:
        """Errors: PlanError where the code was ever used, or nothing stands above it."""
        if place.prefix in self.places:
            raise PlanError("code_used", ground=place.prefix)
        above = prefix.parent_of(place.prefix)
        if above is not None:
            self.place(above)
        self.places[place.prefix] = place
        self.made.append(place.prefix)

    def make_cell(self, cell: Cell) -> None:
        """Errors: PlanError where the code was ever used, or no village is there."""
        if cell.code in self.cells:
            raise PlanError("code_used", ground=cell.code)
        self.place(cell.village)
        self.cells[cell.code] = cell
        self.made.append(cell.code)

    def end(self, code: str) -> None:
        """A code goes out of force; it stays used for ever."""
        if len(code) == prefix.LENGTHS[prefix.GRID]:
            self.cells[code] = replace(self.cells[code], in_force=False)
        else:
            self.places[code] = replace(self.places[code], in_force=False)
        self.ended.append(code)

    def succeed(self, kind: str, old: str, new: Iterable[tuple[str, int | None]], heir: str) -> None:
        """What follows ``old``: codes with their households, and which of them takes what has no point."""
        found = list(new)
        shares = _shares(found, heir)
        for code, _households in found:
            self.successions[old, code] = Succeeded(kind, old, code, shares[code], code == heir)

    def source(self, cell: Cell) -> tuple[Source, ...]:
        """Where the outline of a grid comes from; a made one's is not in the tables yet."""
        if cell.code in self.redrawn:
            return (self.redrawn[cell.code][0],)
        return cell.shape if cell.code in self.made else (cell.code,)


def _shares(new: list[tuple[str, int | None]], heir: str) -> dict[str, Decimal | None]:
    """By households; of one successor, all; unknown where nobody said. They add up to one exactly."""
    if len(new) == 1:
        return {new[0][0]: Decimal(1)}
    counts = [households for _code, households in new if households is not None]
    if len(counts) < len(new) or not sum(counts):
        return dict.fromkeys((code for code, _households in new), None)
    total = Decimal(sum(counts))
    shares = {code: (Decimal(n or 0) / total).quantize(_MILLIONTH) for code, n in new if code != heir}
    found: dict[str, Decimal | None] = {**shares, heir: 1 - sum(shares.values(), Decimal(0))}
    return found
