"""Counts put together anew beside those that are kept, on the server's side: memory stays bounded."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg import Cursor

from gantang.tallies import models, rules, statements
from gantang.tallies.types import Compared, Delta, Difference, Key, MarginKey

_DRAFT = "tallies_rebuilt"
_MAKE = f"""
CREATE TEMP TABLE {_DRAFT} ON COMMIT DROP AS
SELECT city, scope, grid_then, grid_now, {statements.LIST}, n FROM tallies_delta WITH NO DATA
"""  # noqa: S608
_COPY = f"COPY {_DRAFT} (city, scope, grid_then, grid_now, {statements.LIST}, n) FROM STDIN"
_REBUILT = f"""
SELECT s.ground, s.basis, {statements.LIST}, sum(n)::bigint AS n
FROM {_DRAFT} d CROSS JOIN LATERAL ({statements.STANDINGS}) s
GROUP BY s.ground, s.basis, {statements.LIST} HAVING sum(n) <> 0
"""  # noqa: S608
_COMPARE = f"""
SELECT ground, basis, {statements.LIST}, COALESCE(kept.n, 0), COALESCE(rebuilt.n, 0), count(*) OVER ()
FROM ({statements.ALL_ROWS}) kept FULL JOIN ({_REBUILT}) rebuilt USING (ground, basis, {statements.LIST})
WHERE kept.n IS DISTINCT FROM rebuilt.n ORDER BY ground, basis, {statements.LIST} LIMIT %(most)s
"""  # noqa: S608
_REPLACE = f"""
INSERT INTO tallies_tally (city, ground, basis, {statements.LIST}, n)
SELECT %(city)s, ground, basis, {statements.LIST}, n FROM ({_REBUILT}) rebuilt
"""  # noqa: S608


class HoldError(Exception):
    """The fold could not be held at this moment; another one will do."""


class Rebuilding:
    """The counts of one city, rebuilt inside one transaction: ``add`` all of it, then compare or replace.

    ``hold`` first, where it may come to ``replace``: no fold may begin before the replay has ended. The
    transaction reads one moment (repeatable read), so that an act that comes later keeps its deltas.
    """

    def __init__(self, city: int) -> None:
        self.city = city
        self._run(f"DROP TABLE IF EXISTS {_DRAFT}")
        self._run(_MAKE)

    def hold(self) -> None:
        """Keep the fold waiting until the transaction ends. Errors: HoldError when one has just ended."""
        try:
            models.Fold.objects.bulk_create([models.Fold(city=self.city)], ignore_conflicts=True)
            models.Fold.objects.select_for_update().get(city=self.city)
        except OperationalError as error:
            raise HoldError from error

    def add(self, deltas: Iterable[Delta]) -> None:
        """Take in rebuilt counts, a batch at a time."""
        merged = rules.merge(deltas)  # before the connection is busy: what gives them may read by it
        connection.ensure_connection()
        raw: Any = connection.connection
        with connection.wrap_database_errors, Cursor(raw) as cursor, cursor.copy(_COPY) as stream:
            for one in merged:
                stream.write_row(self._row(one))

    def _row(self, one: Delta) -> tuple[Any, ...]:
        dimensions = (getattr(one, name) for name in statements.DIMENSIONS)
        return (self.city, one.scope, one.grid_then, one.grid_now, *dimensions, one.n)

    def compare(self, *, most: int) -> Compared:
        """What is kept beside what was rebuilt: at most so many differences, and how many more there are."""
        found = self._differing(_COMPARE, Key, most)
        # Margins follow from the counts, so they are looked at where those are sound.
        return found if found.differences else self._differing(statements.UNLIKE, MarginKey, most)

    def _differing(self, query: str, key: type[Key] | type[MarginKey], most: int) -> Compared:
        with connection.cursor() as cursor:
            cursor.execute(query, {"city": self.city, "most": most})
            found = cursor.fetchall()
        shown = tuple(Difference(key(*row[:-3]), row[-3], row[-2]) for row in found)
        return Compared(shown, found[0][-1] - len(found) if found else 0)

    def replace(self, *, now: datetime) -> None:
        """Put the rebuilt counts in the place of those that are kept."""
        with transaction.atomic():
            models.Delta.objects.filter(city=self.city).delete()
            models.Tally.objects.filter(city=self.city).delete()
            models.Margin.objects.filter(city=self.city).delete()
            self._run(_REPLACE, {"city": self.city})
            self._run(statements.ADD_UP, {"city": self.city})
            models.Fold.objects.filter(city=self.city).update(folded_at=now)

    def _run(self, query: str, given: dict[str, Any] | None = None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(query, given)
