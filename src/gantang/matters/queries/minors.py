"""Whether a minor is concerned: among the people of a matter, or of the one it was opened for."""

from collections.abc import Iterable
from uuid import UUID

from gantang.kit import scope
from gantang.matters.models import Matter, Party


def with_minors(rows: Iterable[Matter]) -> frozenset[UUID]:
    """Of these matters those that concern a minor, by one query; opens what it reads to the transaction."""
    people = {row.id: {row.id, row.parent_id} - {None} for row in rows}
    wanted = {each for of in people.values() for each in of if each is not None}
    if not wanted:
        return frozenset()
    scope.name(wanted)
    minors = set(Party.objects.filter(matter_id__in=wanted, minor=True).values_list("matter_id", flat=True))
    return frozenset(id_ for id_, of in people.items() if of & minors)
