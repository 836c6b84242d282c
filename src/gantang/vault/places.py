"""What has data keys of its own: matters, bookings, notices. Ids and counts, told by the database's owner."""

from uuid import UUID

from django.db import connection

FIRST = UUID(int=0)


def of_city(city: int, *, after: UUID = FIRST, most: int) -> list[UUID]:
    """The next places of a city that have a data key, in order of id. To read one it is named."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT vault_places(%s, %s, %s)", [city, after, most])
        return [UUID(str(row[0])) for row in cursor.fetchall()]


def next_city(after: int = -1) -> int | None:
    """The next city that has data keys."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT vault_next_city(%s)", [after])
        row = cursor.fetchone()
    return row[0] if row else None


def total() -> int:
    """How many places have a data key."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(sum(count), 0) FROM vault_place_counts()")
        (count,) = cursor.fetchone() or (0,)
    return int(count)


def masters() -> dict[int, int]:
    """By number of the master key, how many data keys it wraps."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, count FROM vault_masters()")
        return dict(cursor.fetchall())
