"""One matter, by id or number, in the actor's sight."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from gantang.kit import keys, numbers, scope, window
from gantang.kit.actor import Actor
from gantang.kit.errors import InvalidError
from gantang.kit.work import reading
from gantang.matters.errors import MatterNotFoundError
from gantang.matters.models import Matter


def id_of(number: str) -> UUID:
    """The id behind a number. It tells nothing of the matter, which is then read in sight. Errors:
    MatterNotFoundError."""
    try:
        city = numbers.city_in(number)
    except InvalidError:
        raise MatterNotFoundError from None
    found = window.once(("number", number), lambda: _numbered(city, number))
    if found is None:
        raise MatterNotFoundError
    return found


def _numbered(city: int, number: str) -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT matter_by_number(%s, %s)", [city, number])
        row = cursor.fetchone()
    return UUID(str(row[0])) if row and row[0] else None


def ids_of(numbers_: Iterable[str]) -> list[UUID]:
    """The ids behind numbers as typed, in their order, each once; what is no number or nobody's is left
    out."""
    asked = dict.fromkeys(number for one in numbers_ if (number := _parsed(one)))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, matter_by_number(city, number)"
            " FROM unnest(%s::int[], %s::text[]) asked (city, number)",
            [[numbers.city_in(one) for one in asked], list(asked)],
        )
        found = dict(cursor.fetchall())
    return [UUID(str(found[one])) for one in asked if found.get(one)]


def _parsed(number: str) -> str:
    try:
        return numbers.parse(number)
    except InvalidError:
        return ""


def seen(actor: Actor, matter: UUID) -> tuple[Matter, frozenset[str]]:
    """The row and the actor's duties on it, inside a transaction; read once a window. What belongs to it is
    open to the rest of the transaction then. Errors: MatterNotFoundError, alike for what is not there and
    what is not in sight."""
    row, duties = window.once(("seen", actor, matter), lambda: _looked(actor, matter))
    if row is None or not duties:
        raise MatterNotFoundError
    scope.name([matter])
    return row, duties


def _looked(actor: Actor, matter: UUID) -> tuple[Matter | None, frozenset[str]]:
    """Read with the wall up: naming whatever is asked for would leave the filter alone."""
    from gantang.matters.service.taking import duties_with, parts_in

    place = keys.city_of(matter), matter
    parts = parts_in(actor, [place]).get(matter, frozenset())
    if parts:
        scope.name([matter])
    row = Matter.objects.filter(pk=place).first()
    return row, duties_with(actor, row, parts) if row is not None else frozenset()


def in_sight(actor: Actor, number: str) -> UUID:
    """The id behind a number as typed, if the actor sees the matter. Whoever asks for more than one thing
    asks this first: else a second error would tell that the matter is there. Errors: MatterNotFoundError."""
    with reading(actor):
        return seen(actor, key_of(number))[0].id


def key_of(number_or_id: str | UUID) -> UUID:
    """An id, from a number as typed or an id. Errors: MatterNotFoundError."""
    if isinstance(number_or_id, UUID):
        return number_or_id
    try:
        return id_of(numbers.parse(number_or_id))
    except InvalidError:
        raise MatterNotFoundError from None
