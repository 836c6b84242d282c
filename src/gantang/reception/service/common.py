"""What every change needs: who may make it, and the ledger's step."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.kit.work import Work
from gantang.ledger import service as ledger
from gantang.posts import queries as posts
from gantang.posts.types import UnitView
from gantang.reception import errors


def must_administer(actor: Actor) -> None:
    """Errors: NotAdminError."""
    if not actor.admin:
        raise errors.NotAdminError


def own_centre(actor: Actor, centre: int, on: date) -> UnitView:
    """The unit of a centre on the ground that the actor administers. Errors: NotAdminError, EntryError."""
    must_administer(actor)
    unit = centre_unit(centre, on)
    home = posts.unit(actor.unit).ground if actor.unit is not None else ""
    if not unit.ground.startswith(home):
        raise errors.NotAdminError
    return unit


def centre_unit(centre: int, on: date) -> UnitView:
    """The unit that runs a centre, in force on a day. Errors: EntryError, UnknownError."""
    unit = posts.unit(centre)
    if unit.kind != "centre" or (unit.valid_to is not None and unit.valid_to <= on):
        raise errors.wrong("no_centre_unit", unit.name)
    return unit


def record_centre(w: Work, unit: UnitView, what: str, data: Mapping[str, object], now: datetime) -> None:
    """A centre's entry has one stream."""
    _record(
        w,
        keys.city_on(unit.ground),
        ledger.stream_of("centre", unit.id),
        "centre",
        (what, data),
        unit.id,
        now,
    )


def record_services(w: Work, what: str, data: Mapping[str, object], now: datetime) -> None:
    """The list of services has one stream, with the province."""
    _record(w, keys.city_on(""), ledger.stream_of("services", "all"), "services", (what, data), "all", now)


def record_booking(w: Work, booking: UUID, what: str, data: Mapping[str, object], now: datetime) -> None:
    """A booking has a stream of its own."""
    if what == "made":  # the id was minted in this act: no look for a head
        ledger.open_stream(w, city=keys.city_of(booking), stream=booking, kind="booking", now=now)
    _record(w, keys.city_of(booking), booking, "booking", (what, data), "", now)


def record_figures(
    w: Work, place: tuple[int, UUID, object], what: str, data: Mapping[str, object], now: datetime
) -> None:
    """The figures of a ground have one stream."""
    city, stream, key = place
    _record(w, city, stream, "figures", (what, data), key, now)


def record_notice(w: Work, notice: UUID, what: str, data: Mapping[str, object], now: datetime) -> None:
    """A notice has a stream of its own."""
    _record(w, keys.city_of(notice), notice, "notice", (what, data), "", now)


def _record(
    w: Work,
    city: int,
    stream: UUID,
    kind: str,
    item: tuple[str, Mapping[str, object]],
    key: object,
    now: datetime,
) -> None:
    name, data = item
    ledger.append(
        w,
        actor=w.actor,
        city=city,
        stream=stream,
        kind=kind,
        key=key,
        items=[(f"{kind}.{name}", dict(data))],
        happened_at=now,
        now=now,
    )
