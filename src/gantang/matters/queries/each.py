"""Several matters asked for at once, so that a list costs what one costs."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q


def any_of(places: Sequence[tuple[int, UUID]]) -> Q:
    """The rows of children of any of these (city, matter); at least one."""
    return reduce(or_, [Q(city=city, matter_id=matter) for city, matter in places])
