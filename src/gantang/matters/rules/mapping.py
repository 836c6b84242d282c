"""The mapping file of an import: which column is what, and how a row becomes a report. Pure.

Its keys (each may be left out where a default is named; an unknown key is told with the nearest known one):

``source``   code of where the rows come from; a row is known by it and its key for ever
``sheet``, ``header_row``   of a workbook with several sheets, of a table whose header is not the first row
``zone``     the time zone of the times (Asia/Shanghai)
``key``      column or columns that name a row in its source (a hash of the whole row)
``words``    column or columns of what was said, joined by a line break, or ``{columns: […], join: " "}``
``channel``, ``class``, ``ground``   a value (below); ``class`` may be left out
``point``    ``{lon: column, lat: column}`` in degrees
``opened``, ``ended``   columns of the times; a row with a time in ``ended`` is past
``past``     true: every row is past, and one without an end ended when it was opened (false)
``place``    column or columns of the place in words, joined as ``words``
``reporter`` ``{name, phone, email, address, id_number}``, each a column

A value is a column's name, ``{constant: x}``, or ``{column: name, table: {text: x, …}, else: x}``; a text
that the table does not know is an error of the row where there is no ``else``.
"""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from gantang.matters.types import Contact
from gantang.sheets.queries import as_number, is_empty

Cells = Mapping[str, str]
#: Where in the mapping, a code of what is wrong there (``errors.MAPPING_FAULTS``), the nearest known name.
MappingFault = tuple[str, str, str]


class _Part(BaseModel):
    """A part of the file; numbers are taken as the texts they were meant as."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Columns(_Part):
    """One or several columns, joined where they are filled."""

    columns: tuple[str, ...]
    join: str = "\n"

    @model_validator(mode="before")
    @classmethod
    def _short(cls, given: Any) -> Any:
        """A name, or a list of names, says it all."""
        if isinstance(given, str):
            return {"columns": (given,)}
        return {"columns": tuple(given)} if isinstance(given, list) else given

    def text(self, cells: Cells) -> str:
        """The filled ones, joined."""
        return self.join.join(cells[one] for one in self.columns if cells[one] and not is_empty(cells[one]))


class Value(_Part):
    """A code: the same for all, or a column's text, or what a table makes of it."""

    constant: str | None = None
    column: str | None = None
    table: dict[str, str] | None = None
    otherwise: str | None = Field(default=None, alias="else")

    @model_validator(mode="before")
    @classmethod
    def _short(cls, given: Any) -> Any:
        return {"column": given} if isinstance(given, str) else given

    @model_validator(mode="after")
    def _one(self) -> "Value":
        if (self.constant is None) == (self.column is None):
            raise ValueError("either constant or column")
        if self.column is None and (self.table is not None or self.otherwise is not None):
            raise ValueError("table and else belong to a column")
        return self

    def of(self, cells: Cells) -> str | None:
        """The code; None for a text the table does not know."""
        if self.column is None:
            return self.constant
        text = cells[self.column]
        if self.table is None:
            return text or self.otherwise or ""
        return self.table.get(text, self.otherwise)


class Point(_Part):
    """Two columns of degrees."""

    lon: str
    lat: str

    def of(self, cells: Cells) -> tuple[float, float] | None:
        """None where one of them is empty. Errors: ValueError."""
        texts = [cells[self.lon], cells[self.lat]]
        if any(is_empty(one) for one in texts):
            return None
        lon, lat = (float(as_number(one)) for one in texts)
        return lon, lat


class Reporter(_Part):
    """Columns of who reported."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    id_number: str | None = None

    def of(self, cells: Cells) -> Contact | None:
        told = {field: cells[column] for field, column in self if column and not is_empty(cells[column])}
        return Contact(**told) if told else None


class MappingFile(_Part):
    """A mapping file, checked."""

    source: str = Field(pattern=r"^[a-z0-9][a-z0-9_.-]{0,39}$")
    sheet: str = ""
    header_row: int | None = Field(default=None, ge=1)
    zone: str = "Asia/Shanghai"
    key: Columns | None = None
    words: Columns
    channel: Value
    klass: Value = Field(default=Value.model_validate({"constant": ""}), alias="class")
    ground: Value
    point: Point | None = None
    opened: str | None = None
    ended: str | None = None
    past: bool = False
    place: Columns | None = None
    reporter: Reporter = Reporter()

    @field_validator("zone")
    @classmethod
    def _zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"no time zone: {name}") from None
        return name

    @model_validator(mode="after")
    def _times(self) -> "MappingFile":
        if self.past and self.opened is None:
            raise ValueError("past rows need a column of when they were opened")
        return self

    def columns(self) -> Iterator[tuple[str, str]]:
        """Every column that is named, with the key that names it."""
        for name, part in ((field.alias or key, getattr(self, key)) for key, field in _FIELDS.items()):
            if isinstance(part, Columns):
                yield from ((name, one) for one in part.columns)
            elif isinstance(part, Value) and part.column is not None:
                yield name, part.column
            elif isinstance(part, (Point, Reporter)):
                yield from ((f"{name}.{key}", one) for key, one in part if one is not None)
        yield from ((key, one) for key in ("opened", "ended") if (one := getattr(self, key)) is not None)


_FIELDS = MappingFile.model_fields
_PARTS: dict[str, type[BaseModel]] = {
    **dict.fromkeys(("key", "words", "place"), Columns),
    **dict.fromkeys(("channel", "class", "ground"), Value),
    "point": Point,
    "reporter": Reporter,
}


def checked(given: Any) -> MappingFile | list[MappingFault]:
    """A mapping as it was read from its file, or everything that is wrong with it."""
    try:
        return MappingFile.model_validate(given)
    except ValidationError as error:
        return [_fault(one["type"], [str(part) for part in one["loc"]], one["msg"]) for one in error.errors()]


def _fault(kind: str, path: list[str], said: str) -> MappingFault:
    where = ".".join(path)
    if kind == "extra_forbidden":
        return where, "unknown_key", nearest(path[-1], _known(path[:-1]))
    return where, "missing_key" if kind == "missing" else "unfit_key", said


def _known(path: list[str]) -> list[str]:
    fields = _PARTS[path[0]].model_fields if path and path[0] in _PARTS else _FIELDS
    return [field.alias or name for name, field in fields.items()]


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that was perhaps meant; empty if none is near."""
    return next(iter(get_close_matches(name, list(known), n=1, cutoff=0.5)), "")


def missing(mapping: MappingFile, columns: Iterable[str]) -> list[MappingFault]:
    """The columns that the mapping names and the table has not."""
    there = list(columns)
    return [
        (key, "no_column", f"{name} → {near}" if (near := nearest(name, there)) else name)
        for key, name in mapping.columns()
        if name not in there
    ]
