"""The built-in ``polygon`` of PostgreSQL as a model field, written and read as a list of points."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models

Points = Sequence[Sequence[float]]

if TYPE_CHECKING:
    _Field = models.Field[Points, Points]
else:
    _Field = models.Field


class PolygonField(_Field):
    """A ring of (longitude, latitude). Needs no extension; the type has no holes and is fuzzy by 1e-6°."""

    def db_type(self, connection: Any) -> str:
        return "polygon"

    def get_prep_value(self, value: Points | None) -> str | None:
        return None if value is None else written(value)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Points | None:
        return None if value is None else read(value)


def written(points: Points) -> str:
    return "(" + ",".join(f"({x!r},{y!r})" for x, y in points) + ")"


def read(text: str) -> Points:
    numbers = [float(number) for number in text.replace("(", "").replace(")", "").split(",")]
    return list(zip(numbers[::2], numbers[1::2], strict=True))
