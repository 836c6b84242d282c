"""Units from a sheet."""

from collections import defaultdict
from datetime import date, datetime

from gantang.kit.errors import GantangError
from gantang.kit.work import Work
from gantang.posts import errors, rules
from gantang.posts.models import Unit
from gantang.posts.rules import sheet
from gantang.posts.service import common
from gantang.posts.service.bringing.known import Known, Rows

Key = tuple[str, str]


class Units(Rows):
    """Rows of units against those that stand; a unit is known by its name and its ground."""

    def __init__(self, known: Known, *, replacing: bool) -> None:
        self._known = known
        self._there: dict[Key, list[Unit]] = defaultdict(list)
        for some in known.units.values():
            for unit in some:
                self._there[unit.name, unit.ground].append(unit)
        self._planned: dict[Key, list[tuple[int, Unit]]] = defaultdict(list)
        self._above: list[tuple[Unit, str, int]] = []
        self._ended: list[Unit] = []

    def take(self, read: sheet.Read) -> str:
        """What a row comes to. Errors: WrongError, UnknownError."""
        given, since, until = read.given, read.given["valid_from"], read.given["valid_to"]
        key = (given["name"], self._known.ground(given["ground"], since))
        for row, other in self._planned[key]:
            if rules.overlap((other.valid_from, other.valid_to), (since, until)):
                raise errors.double_row(row)
        for one in self._there[key]:
            if rules.overlap((one.valid_from, one.valid_to), (since, until)):
                return self._compared(one, read)
        unit = Unit(
            name=given["name"],
            level=given["level"],
            ground=given["ground"],
            kind=given["kind"],
            valid_from=since,
            valid_to=until,
        )
        self._planned[key].append((read.row, unit))
        self._known.units[unit.name].append(unit)
        if given["parent"]:
            self._above.append((unit, given["parent"], read.row))
        return "added"

    def _compared(self, one: Unit, read: sheet.Read) -> str:
        given = read.given
        parent = self._known.unit(given["parent"], given["valid_from"]).pk if given["parent"] else None
        differs = [
            heading
            for heading, mine, asked in (
                ("级别", one.level, given["level"]),
                ("类型", one.kind, given["kind"]),
                ("上级单位", one.parent_id, parent),
                ("开始日期", one.valid_from, given["valid_from"]),
            )
            if mine != asked
        ]
        if differs:
            raise errors.differs(one.name, differs)
        return self._end(one, given["valid_to"])

    def _end(self, one: Unit, until: date | None) -> str:
        if until is None or until == one.valid_to:
            return "same"
        if any(rows.filter(valid_to=None).exists() for rows in (one.posts, one.remits)):
            raise errors.still_busy(one.name)
        one.valid_to = until
        self._ended.append(one)
        return "changed"

    def late(self) -> list[tuple[int, GantangError]]:
        """Units above that are not there, or stand below themselves: a sheet may name them further down."""
        found: list[tuple[int, GantangError]] = []
        for unit, name, row in self._above:
            try:
                unit.parent = self._known.unit(name, unit.valid_from)
            except GantangError as error:
                found.append((row, error))
        for unit, _name, row in self._above:
            if _is_above_itself(unit):
                found.append((row, errors.above_itself(unit.name)))
        return found

    def write(self, w: Work, now: datetime) -> None:
        """Units above first: a unit is written when the one above it has its number."""
        waiting = [unit for some in self._planned.values() for _row, unit in some]
        made: list[Unit] = []
        while waiting:
            ready = [one for one in waiting if one.parent is None or not one.parent._state.adding]
            for one in ready:
                one.parent = one.parent  # its number, now that it has one
            Unit.objects.bulk_create(ready, batch_size=1000)
            made += ready
            waiting = [one for one in waiting if one._state.adding]
        for one in self._ended:
            Unit.objects.filter(pk=one.pk).update(valid_to=one.valid_to)
        common.record_many(w.actor, [*map(_made, made), *map(_told_end, self._ended)], now)


def _is_above_itself(unit: Unit) -> bool:
    seen, one = {id(unit)}, unit.parent
    while one is not None and one._state.adding:
        if id(one) in seen:
            return True
        seen.add(id(one))
        one = one.parent
    return False


def _made(one: Unit) -> common.Entry:
    data = {"level": one.level, "ground": one.ground, "kind": one.kind, "parent": one.parent_id}
    span = {"from": common.day(one.valid_from), "to": common.day(one.valid_to)}
    return common.Entry("unit", one.pk, one.ground, "made", data | span, is_new=True)


def _told_end(one: Unit) -> common.Entry:
    return common.Entry("unit", one.pk, one.ground, "ended", {"to": common.day(one.valid_to)})
