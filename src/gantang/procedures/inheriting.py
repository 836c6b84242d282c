"""Procedures of a ground's own where the ground changes: whose hold on what became of it. Writes nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gantang.engine.language.source import unordered
from gantang.kit.errors import GantangError
from gantang.procedures import queries, rules
from gantang.procedures.models import ProcedureVersion
from gantang.territory import queries as territory
from gantang.territory.types import GroundChange, Inherited

#: A ground's own rows for one procedure, one for each variant.
Rows = Sequence[ProcedureVersion]


@dataclass(frozen=True, slots=True)
class Handed:
    """What a ground takes over of one procedure: ``rows`` by the code that has them."""

    name: str
    ground: str
    codes: tuple[str, ...]
    rows: Mapping[str, Rows]
    of: str | None

    @property
    def chosen(self) -> Rows:
        """The rows that go on; none where the ground's own hold, or all end."""
        return () if self.of in (None, "", self.ground) else self.rows.get(self.of or "", ())

    @property
    def ending(self) -> list[str]:
        """The codes whose rows end: all but those of the ground itself where these hold."""
        return [code for code in self.rows if code != self.ground or self.of != self.ground]

    def told(self, fault: str = "") -> Inherited:
        """As the room hands it out."""
        of, unfit = (None, self.of or "") if fault else (self.of, "")
        return Inherited(territory.PROCEDURE, self.ground, self.codes, of, self.name, fault, unfit)


def handed(change: GroundChange) -> list[Handed]:
    """What each ground takes over, the widest ground first."""
    origins = territory.origins(change)
    own = _own({code for codes in origins.values() for code in codes})
    names = sorted({name for name, _code in own})
    found = []
    for ground, codes in origins.items():
        for name in names:
            rows = {code: own[name, code] for code in codes if (name, code) in own}
            if rows.keys() - {ground}:
                said = territory.settled(change, territory.PROCEDURE, codes, name)
                of = ("" if said.ends else said.ground) if said else _whose(rows)
                found.append(Handed(name, ground, codes, rows, of))
    return found


def _own(codes: set[str]) -> dict[tuple[str, str], list[ProcedureVersion]]:
    """What is in force on just these codes, by procedure and code."""
    latest = [one.id for one in rules.latest(queries.versions()) if one.ground in codes]
    found: dict[tuple[str, str], list[ProcedureVersion]] = {}
    for row in ProcedureVersion.objects.filter(pk__in=latest).order_by("variant", "pk"):
        found.setdefault((row.name, row.ground), []).append(row)
    return found


def _whose(rows: Mapping[str, Rows]) -> str | None:
    first, *others = rows
    return first if all(_says(rows[first]) == _says(rows[other]) for other in others) else None


def _says(rows: Rows) -> list[object]:
    """What rows lay down, without their ground."""
    return [(row.variant, row.version, [_layer(one, row.ground) for one in row.layers]) for row in rows]


def _layer(one: Mapping[str, Any], ground: str) -> object:
    """A layer; of the ground's own what its file changes and says."""
    if one["ground"] != ground:
        return one
    file = unordered(one["file"]) if "file" in one else {}
    return {key: value for key, value in file.items() if key != "ground"}


def following(change: GroundChange) -> list[Inherited]:
    """The procedures of a ground's own that follow a change; ``fault`` where one cannot hold there."""
    from gantang.procedures.service import inheriting

    return [one.told(_fault(one, inheriting.prove)) for one in handed(change)]


def _fault(one: Handed, prove: Callable[[Handed], None]) -> str:
    try:
        prove(one)
    except GantangError as error:
        return error.words
    return ""
