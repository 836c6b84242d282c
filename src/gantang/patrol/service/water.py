"""How the water stands, said by a post with its source; and what is decided where it takes a shift's way."""

from datetime import date, datetime
from uuid import UUID

from gantang.catalogue import queries as catalogue
from gantang.kit.actor import Actor
from gantang.kit.once import once
from gantang.kit.work import work
from gantang.patrol import errors
from gantang.patrol.models import Concern, Level, Route, Shift
from gantang.patrol.rules.water import possible
from gantang.patrol.service.common import added, mint, own, record
from gantang.patrol.service.looking import look, look_again, settle
from gantang.patrol.sight import must_run, seeing
from gantang.patrol.types import FLOOD_ABOVE, LEVELS, LOW_BELOW
from gantang.territory import queries as territory

_SOURCE, _HIGHEST = 120, 99.0


def say_level(
    *,
    actor: Actor,
    ground: str,
    level: str,
    on: date,
    source: str,
    gauge: float | None = None,
    key: str,
    now: datetime,
) -> int:
    """Say how the water stands on a ground; how many concerns of shifts that makes. The same key is once.
    ``level`` "" is worked out from the reading, by the slots in force on that day; one that they contradict
    is not taken. Errors: EntryError, NotRunnerError, KeyReusedError."""
    source = source.strip()
    must_run(actor, ground)
    level = _level(level, gauge, on)
    _check(ground, level, on, source, gauge, now)
    body = {"ground": ground, "level": level, "on": on.isoformat(), "source": source, "gauge": str(gauge)}
    with work(seeing(actor)) as w:
        claim = once(w, actor=actor, key=key, body=body)
        if claim.again:
            return int(claim.ref["concerns"])
        row = Level(
            id=mint(ground, now),
            ground=ground,
            level=level,
            on=on,
            gauge=gauge,
            source=source,
            post=actor.post,
            said_at=now,
        )
        added(w, row, "level_said", {"ground": ground, "level": level, "on": on.isoformat()}, now)
        told = look_again(w, ground, now)
        claim.keep(201, {"concerns": told})
    return told


def reroute(*, actor: Actor, shift: UUID, route: UUID, now: datetime) -> None:
    """Another way for a shift; its concerns are decided, new ones told if the new way is lost too. Errors:
    NoneSuchError, NotRunnerError, StateError."""
    with work(seeing(actor)) as w:
        row = _open(own(w, actor, Shift, shift))
        way = Route.objects.filter(pk=route, valid_to=None).first()
        if way is None:
            raise errors.NoneSuchError
        row.route = way
        w.change(row, ["route"])
        record(w, row, "shift_routed", {"route": str(route)}, now)
        for one in Concern.objects.filter(shift=row, state=Concern.OPEN):
            settle(w, row, one, Concern.REROUTED, now, account=actor.account)
        w.flush()
        look(w, [row], now)


def cancel(*, actor: Actor, shift: UUID, now: datetime) -> None:
    """A shift does not take place; it stays in the books. Errors: NoneSuchError, NotRunnerError,
    StateError."""
    with work(seeing(actor)) as w:
        row = own(w, actor, Shift, shift)
        if row.state != Shift.PLANNED:
            raise errors.StateError
        row.state = Shift.CANCELLED
        w.change(row, ["state"], state=Shift.PLANNED)
        record(w, row, "shift_cancelled", {}, now)
        for one in Concern.objects.filter(shift=row, state=Concern.OPEN):
            settle(w, row, one, Concern.CANCELLED, now, account=actor.account)


def _open(row: Shift) -> Shift:
    if row.state not in (Shift.PLANNED, Shift.OPEN):
        raise errors.StateError
    return row


def _level(level: str, gauge: float | None, on: date) -> str:
    """The level that was said, or that the reading is."""
    can_be: tuple[str, ...] = LEVELS
    if gauge is not None:
        can_be = possible(gauge, _metres(LOW_BELOW, on), _metres(FLOOD_ABOVE, on))
    if level in LEVELS and level not in can_be:
        raise errors.wrong("water_reading", gauge)
    if not level and len(can_be) > 1:
        raise errors.wrong("water_level")
    return level or can_be[0]


def _metres(code: str, on: date) -> float | None:
    slot = catalogue.slot(code, on=on)
    return None if slot is None or slot.value is None else float(slot.value)


def _check(ground: str, level: str, on: date, source: str, gauge: float | None, now: datetime) -> None:
    if not territory.exists(ground, now.date()):
        raise errors.wrong("ground", ground)
    if level not in LEVELS:
        raise errors.wrong("kind", level)
    told = 0 < len(source) <= _SOURCE and source.isprintable()
    if not told or on > now.date() or (gauge is not None and not 0 <= gauge < _HIGHEST):
        raise errors.wrong("water_source")
