"""Several matters asked for at once, so that a list costs what one costs."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q

from gantang.kit import keyed

M = TypeVar("M", bound=Model)


def any_of(places: Sequence[tuple[int, UUID]]) -> Q:
    """The rows of children of any of these (city, matter); at least one."""
    return reduce(or_, [Q(city=city, matter_id=matter) for city, matter in places])


def rows_of(model: type[M], places: Iterable[tuple[int, UUID]], **at: Any) -> list[M]:
    """The rows of children of these (city, matter) whose columns are what is asked for (``keyed.found``); one
    query a city, and one city is the rule."""
    of: dict[int, list[UUID]] = {}
    for city, matter in places:
        of.setdefault(city, []).append(matter)
    return [row for city, ids in of.items() for row in keyed.found(model, city=city, matter_id=ids, **at)]
