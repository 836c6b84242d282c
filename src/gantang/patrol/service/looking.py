"""Shifts against the water: what a level takes from them is told and waits for a decision; nothing
vanishes."""

from collections.abc import Iterable
from datetime import datetime

from gantang.kit.work import Work
from gantang.patrol.models import Concern, Level, Point, Shape, Shift
from gantang.patrol.rules.water import Lost, lost
from gantang.patrol.service.common import mint, record
from gantang.territory import queries as territory


def level_at(ground: str) -> Level | None:
    """The newest level that was said for a ground, or else for the nearest ground around it."""
    rows = list(
        Level.objects.filter(ground__in=territory.around(ground))
        .order_by("ground", "-said_at", "-id")
        .distinct("ground")
    )
    return max(rows, key=lambda one: len(one.ground), default=None)


def look_again(w: Work, ground: str, now: datetime) -> int:
    """Look at the shifts of a ground that are not over; how many new concerns there are."""
    w.flush()
    rows = Shift.objects.filter(ground__startswith=ground, ends_at__gt=now, state__in=["planned", "open"])
    return look(w, list(rows.select_related("route", "point").order_by("id")), now)


def look(w: Work, shifts: list[Shift], now: datetime) -> int:
    """Tell what these shifts lose at the level of their ground; what is there again needs no decision."""
    waiting: dict[object, list[Concern]] = {}
    for one in Concern.objects.filter(shift__in=shifts, state=Concern.OPEN):
        waiting.setdefault(one.shift_id, []).append(one)
    levels = {ground: level_at(ground) for ground in {shift.ground for shift in shifts}}
    reached, drawn = _reached(shifts), _drawn(shifts)
    told = 0
    for shift in shifts:
        said = levels[shift.ground]
        gone = lost(said.level, _stops(shift), _zones(shift), reached, drawn) if said else []
        told += _tell(w, shift, said.level if said else "", gone, waiting.get(shift.id, []), now)
    return told


def _tell(w: Work, shift: Shift, level: str, gone: list[Lost], waiting: list[Concern], now: datetime) -> int:
    known = {str(one.thing): one for one in waiting}
    for thing, one in known.items():
        if thing not in {each.thing for each in gone}:
            settle(w, shift, one, Concern.PASSED, now)
    new = [one for one in gone if one.thing not in known]
    for each in new:
        row = Concern(
            id=mint(shift.ground, now),
            ground=shift.ground,
            shift=shift,
            kind=each.kind,
            thing=each.thing,
            level=level,
            found_at=now,
        )
        w.name([row.id])
        w.add(row)
        data = {"kind": each.kind, "thing": each.thing, "level": level}
        record(w, shift, "shift_concern", data, now)
    return len(new)


def settle(
    w: Work, shift: Shift, one: Concern, state: str, now: datetime, *, account: int | None = None
) -> None:
    """A concern is over."""
    w.name([one.id])
    one.state, one.decided_by, one.decided_at = state, account, now
    w.change(one, ["state", "decided_by", "decided_at"], state=Concern.OPEN)
    data = {"kind": one.kind, "thing": str(one.thing), "state": state}
    record(w, shift, "shift_settled", data, now)


def _stops(shift: Shift) -> set[str]:
    return {str(shift.point_id), *(shift.route.stops if shift.route else ())}


def _zones(shift: Shift) -> set[str]:
    return set(shift.route.zones) if shift.route else set()


def _reached(shifts: Iterable[Shift]) -> dict[str, list[str]]:
    """Of each point on the way of some shift, the levels at which it can be reached."""
    stops = set().union(*(_stops(shift) for shift in shifts))
    return {str(one.id): one.levels for one in Point.objects.filter(pk__in=stops)}


def _drawn(shifts: Iterable[Shift]) -> dict[tuple[str, str], bool]:
    """Of each zone on the way of some shift and each level drawn, whether it lies there."""
    zones = set().union(*(_zones(shift) for shift in shifts))
    rows = Shape.objects.filter(zone__in=list(zones)).order_by("zone_id", "level", "-made_at")
    return {(str(one.zone_id), one.level): bool(one.rings) for one in rows.distinct("zone_id", "level")}
