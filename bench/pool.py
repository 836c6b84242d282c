"""Copies of one matter, so that each replay of its move finds a row of its own, as each real move does."""

from bench.seed import columns
from bench.server import CLIENTS

TABLES = {"matter": "id", "ledger_streamhead": "stream", "matter_party": "matter_id"}
#: Nine characters, unique by run and turn; small letters, so that none is ever a matter's.
NUMBER = "chr(97 + ({r} >> 37)::int % 26) || lpad(to_hex(({r} >> 5) % 4294967296), 8, '0')"
_ID = "(left('{id}', 24) || lpad(to_hex({start} + (n * 64 + c) * 32), 12, '0'))::uuid"


class Pool:
    """The copies' ids are those that a replay counts out (``statements.script``)."""

    def __init__(self, original: str) -> None:
        self._original = original
        self._starts: list[int] = []

    def fill(self, start: int, each: int = 4000) -> None:
        """Rows for so many replays of each client of the run that begins at ``start``."""
        from django.db import connections

        self._starts.append(start)
        fresh = _ID.format(id=self._original, start=start)
        with connections["owner"].cursor() as cursor:
            for table, key in TABLES.items():
                changed = {key: fresh}
                if table == "matter":
                    changed["number"] = NUMBER.format(r=f"({start} + (n * 64 + c) * 32)")
                if table == "matter_party":
                    changed["id"] = fresh
                names = columns(cursor, table)
                values = ", ".join(changed.get(name, f'o."{name}"') for name in names)
                named = ", ".join(f'"{name}"' for name in names)
                cursor.execute(
                    f"INSERT INTO {table} ({named}) SELECT {values} FROM {table} o, "
                    f"generate_series(1, {each}) n, generate_series(0, {CLIENTS - 1}) c "
                    f"WHERE o.{key} = '{self._original}' ORDER BY n, c"
                )

    def empty(self) -> None:
        """Take the copies away, with the steps that the replays gave them."""
        from django.db import connections

        low = self._original[:24]
        with connections["owner"].cursor() as cursor:
            for start in self._starts:
                first, last = (f"{low}{number:012x}" for number in (start, start + (1 << 31)))
                for table, key in (*reversed(TABLES.items()), ("ledger_step", "stream")):
                    cursor.execute(f"DELETE FROM {table} WHERE {key} BETWEEN %s AND %s", [first, last])
