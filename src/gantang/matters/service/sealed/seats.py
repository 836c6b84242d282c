"""Which boxes may come to hold a tip: the tree of units, the boxes that are ready, the conflicts declared."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db.models import Q

from gantang.matters.models import SealedBox, SealedConflict
from gantang.matters.rules.sealed_routing import Standing, accused_of, route
from gantang.posts import queries as posts


def chain(*, unit: int | None, level: int | None, place: str, on: date) -> tuple[SealedBox, ...]:
    """The boxes from the nearest up; none means paper.

    ``unit`` is the unit accused, ``level`` its level where only that is known, ``place`` a division's code.
    """
    units = {one.id: Standing(one.id, one.level, one.ground, one.parent) for one in posts.units(on=on)}
    ready = {box.unit: box for box in _ready(on)}
    accused = accused_of(
        unit=units.get(unit) if unit is not None else None,
        level=level,
        place=place[:12],
        province=str(settings.GANTANG_PROVINCE),
    )
    found = route(accused, seats=ready, units=units, conflicts=_conflicts(ready.values()))
    return tuple(ready[one] for one in found)


def _ready(on: date) -> list[SealedBox]:
    """Boxes whose two posts have made their key and are held by two people."""
    boxes = list(SealedBox.objects.filter(ended=False, public__isnull=False))
    resolver = posts.resolver(on)

    def account(box: SealedBox, post: int) -> int | None:
        serving = resolver.serving(unit=box.unit, post=post)
        return next((one.account for one in serving if one.post == post), None)

    staffed = ((box, account(box, box.first), account(box, box.second)) for box in boxes)
    return [box for box, one, other in staffed if one is not None and other is not None and one != other]


def _conflicts(boxes: Iterable[SealedBox]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for box in boxes:
        rows = SealedConflict.objects.filter(Q(post=box.first) | Q(post=box.second))
        found[box.unit] = list(rows.values_list("unit", flat=True))
    return found
