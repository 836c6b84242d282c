"""What every change needs: the row in one's sight, locked; texts that fit; the ledger's step."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from gantang.kit import keys, numbers
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError
from gantang.kit.once import Once, once
from gantang.kit.work import Work
from gantang.ledger import service as ledger
from gantang.patrol import errors
from gantang.patrol.models import Held, Shift
from gantang.patrol.sight import must_run, sees
from gantang.territory import queries as territory

Row = TypeVar("Row", bound=Held)
_NAME = 60
#: So far two clocks may be apart.
_CLOCKS = timedelta(minutes=1)


def mint(ground: str, now: datetime) -> UUID:
    """A new id, which says its city."""
    return keys.mint(keys.city_on(ground), now)


def held(w: Work, actor: Actor, model: type[Row], number: UUID) -> Row:
    """A row that the actor sees, locked. Errors: NoneSuchError."""
    w.name([number])
    row = model._default_manager.select_for_update(of=("self",)).filter(pk=number).first()
    if row is None or not sees(actor, row.ground):
        raise errors.NoneSuchError
    return row


def own(w: Work, actor: Actor, model: type[Row], number: UUID) -> Row:
    """One that the actor may change. Errors: NoneSuchError, NotRunnerError."""
    row = held(w, actor, model, number)
    must_run(actor, row.ground)
    return row


def serves(actor: Actor, shift: Shift) -> bool:
    """Whether the actor's post is of a shift's crew."""
    return actor.post is not None and shift.crew.filter(post=actor.post).exists()


def number_of(matter: str) -> str:
    """A matter's number as it is shown; "" for none. Errors: EntryError."""
    if not matter.strip():
        return ""
    try:
        return numbers.show(numbers.parse(matter))
    except (GantangError, ValueError):
        raise errors.wrong("matter", matter) from None


def check_place(actor: Actor, name: str, ground: str, now: datetime) -> str:
    """The name, trimmed; on ground that is there and the actor's. Errors: EntryError, NotRunnerError."""
    name = name.strip()
    if not (0 < len(name) <= _NAME and name.isprintable()):
        raise errors.wrong("name")
    must_run(actor, ground)
    if not territory.exists(ground, now.date()):
        raise errors.wrong("ground", ground)
    return name


def added(w: Work, row: Held, what: str, data: Mapping[str, Any], now: datetime) -> None:
    """A new row with its first step."""
    w.name([row.id])
    w.add(row)
    record(w, row, what, data, now)


def claimed(w: Work, actor: Actor, key: str, act: str, number: UUID) -> Once | None:
    """The key of an act that a phone may send again; None where none was given. Errors: KeyReusedError."""
    return once(w, actor=actor, key=key, body={"act": act, "id": str(number)}) if key else None


def moment(at: datetime, earliest: datetime, now: datetime) -> datetime:
    """When something was, as it was said later: a minute before it could be is the clock of a phone, more
    than that is refused, and so is what is to come. Errors: OffDutyError."""
    if not earliest - _CLOCKS <= at <= now:
        raise errors.OffDutyError
    return max(at, earliest)


def record(
    w: Work, row: Held, what: str, data: Mapping[str, Any], now: datetime, *, at: datetime | None = None
) -> None:
    """Each thing has a stream of its own. ``at``: when it happened, where it is said later."""
    ledger.append(
        w,
        actor=w.actor,
        city=keys.city_of(row.id),
        stream=row.id,
        kind="patrol",
        key="",
        items=[(f"patrol.{what}", dict(data))],
        happened_at=at or now,
        now=now,
    )
