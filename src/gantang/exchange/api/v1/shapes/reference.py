"""Classes, slots, divisions, units, procedures."""

from datetime import date

from gantang.exchange.api.v1.shapes.matter import Status
from gantang.exchange.api.v1.values import At, Shown


class Term(Shown):
    """A class, cause or channel; `parent` is empty at the top."""

    code: str
    title: str
    parent: str
    leaf: bool


class Terms(Shown):
    """Terms in their order."""

    items: list[Term]


class Line(Shown):
    """One named part of a record."""

    name: str
    text: str


class Slot(Shown):
    """A value that no public source gives, null until it is set; `ours`: an editable default of the product.

    `form` is number, text, span, list or record; `basis` says what asks for it, `source` where it is from.
    """

    code: str
    title: str
    form: str
    value: int | str | list[str] | list[Line] | None
    ours: bool
    source: str
    basis: str
    since: date | None


class Slots(Shown):
    """Slots in their order."""

    items: list[Slot]


class Division(Shown):
    """A division (levels 1 to 5) or a grid (level 6)."""

    ground: str
    name: str
    level: int


class Divisions(Shown):
    """What lies one level below."""

    items: list[Division]


class Unit(Shown):
    """A unit and the ground it answers for."""

    id: int
    name: str
    level: int
    ground: str
    kind: str


class Units(Shown):
    """Units in the order of their ground."""

    items: list[Unit]


class State(Shown):
    """Where a matter may stand; an end has outcomes."""

    name: str
    title: str
    status: Status
    ends: list[str]


class Procedure(Shown):
    """A version in force: since when (null: from the beginning), on which ground (empty: everywhere)."""

    name: str
    version: int
    hash: str
    title: str
    serves: list[str]
    ground: str
    in_force_from: At | None
    states: list[State]


class Procedures(Shown):
    """The versions in force."""

    items: list[Procedure]
