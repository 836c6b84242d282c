"""Where: a ladder of lists from the city down to the grid, or a point that finds its own rung."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gantang.territory import queries as territory

#: Digits of a code on each rung below the province.
RUNGS = {
    4: gettext_lazy("市"),
    6: gettext_lazy("县（市、区）"),
    9: gettext_lazy("乡镇、街道"),
    12: gettext_lazy("村、社区"),
    15: gettext_lazy("网格（可以不选）"),
}


#: A village or community: the rung where neighbours know each other's street lamps.
VILLAGE = 12


@dataclass(frozen=True, slots=True)
class Rung:
    """One list: the codes one level below what was chosen above it."""

    digits: int
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """The lists down to the first one not yet chosen from; ``ground`` is the deepest code chosen."""

    rungs: tuple[Rung, ...]
    ground: str
    words: str
    point: tuple[str, str] | None = None
    problem: str = ""

    @property
    def deeper(self) -> bool:
        """Whether a further list would appear once the last one is chosen from."""
        return bool(self.rungs) and self.rungs[-1].digits < 15


def ladder(ground: str, *, on: date, point: tuple[str, str] | None = None, problem: str = "") -> Ladder:
    """The ladder for a chosen ground ("" for the province's cities)."""
    rungs: list[Rung] = []
    above = str(settings.GANTANG_PROVINCE)
    deepest = above
    for digits, label in RUNGS.items():
        options = _below(above, digits, on)
        chosen = ground[:digits] if any(code == ground[:digits] for code, _name in options) else ""
        if options:
            rungs.append(Rung(digits, str(label), options, chosen))
        if not chosen:
            break
        above = deepest = chosen
    found = deepest if len(deepest) > 2 else ""
    return Ladder(tuple(rungs), found, " ".join(territory.path(found)[1:]) if found else "", point, problem)


def located(lon: str, lat: str, *, on: date) -> Ladder:
    """The ladder of the grid that holds a point; a point outside, or with its numbers swapped, is told."""
    try:
        found = territory.locate(float(lon), float(lat), on=on)
    except ValueError:
        return ladder("", on=on)
    if found.problem == "swapped":
        return ladder("", on=on, problem=_("经度和纬度像是写反了，没有用这个位置。请按单子选。"))
    if found.problem:
        return ladder("", on=on, problem=_("这个位置不在服务范围的网格里。请按单子选。"))
    return ladder(found.grid or found.division or "", on=on, point=(lon, lat))


def chosen(given: Mapping[str, str]) -> str:
    """The deepest code chosen from the lists of a form; one that contradicts the list above is left out."""
    ground = ""
    for digits in RUNGS:
        code = given.get(f"at{digits}", "")
        if code and code.isdigit() and len(code) == digits and code.startswith(ground):
            ground = code
    return ground


def _below(ground: str, digits: int, on: date) -> tuple[tuple[str, str], ...]:
    if digits == 15:
        return tuple((grid.code, _grid_name(grid.code, grid.name)) for grid in territory.grids(ground, on=on))
    return tuple((one.prefix, one.name) for one in territory.children(ground, on=on))


def _grid_name(code: str, name: str) -> str:
    return name or _("%(number)s号网格") % {"number": code[12:]}
