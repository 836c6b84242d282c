"""Matters from elsewhere, taken in by the service, beside a plain COPY of the very rows that they became."""

import os
import time
from collections.abc import Iterator
from io import BytesIO
from random import Random
from typing import Any
from uuid import UUID

#: Where the rows of a matter lie, and the column that names it.
_TABLES = {
    "matter": "id",
    "matter_share": "matter_id",
    "matter_party": "matter_id",
    "vault_key": "matter_id",
    "vault_personkey": "matter_id",
    "vault_entry": "matter_id",
    "vault_blindindex": "matter_id",
    "ledger_streamhead": "stream",
    "ledger_step": "stream",
}
_CLASSES = ("facility.lighting", "environment.noise", "facility.road")


def measure(*, rounds: int, rows: int = 50_000) -> dict[str, Any]:
    """Rows a second, ours by one process for each core and copied, of the best of so many rounds each; and
    their ratio."""
    ours, copied, jobs = [], [], os.cpu_count() or 1
    for turn in range(rounds):
        low = _moment()
        begun = time.perf_counter()
        _import(turn, rows, jobs)
        ours.append(rows / (time.perf_counter() - begun))
        copied.append(rows / _copied(low, _moment()))
        print(f"  {ours[-1]:,.0f} rows/s  |  COPY {copied[-1]:,.0f}", flush=True)
    return {
        "rows": rows,
        "jobs": jobs,
        "per_s": max(ours),
        "copy_per_s": max(copied),
        "ratio": max(ours) / max(copied),
    }


def _import(turn: int, rows: int, jobs: int) -> None:
    from gantang.kit import clock
    from gantang.matters import service

    source = f"bench{turn}-{int(time.time())}"
    for row, found in service.import_many(source=source, rows=_rows(rows), clock=clock.now, jobs=jobs):
        if not hasattr(found, "matter"):
            raise SystemExit(f"row {row.row}: {found}")


def _rows(many: int) -> Iterator[Any]:
    from gantang.kit import clock
    from gantang.matters.types import Contact, Incoming, Report
    from gantang.territory import queries as territory

    grids = [one.code for county in ("360428", "361028") for one in territory.grids(county)]
    chance, now = Random(9), clock.now()
    for place in range(many):
        report = Report(
            words=f"第{place}号路段的路灯不亮，联系电话139{chance.randrange(10**8):08d}。",
            channel="api",
            class_code=_CLASSES[place % len(_CLASSES)],
            ground=chance.choice(grids),
            reporter=Contact(name="示例", phone=f"138{chance.randrange(10**8):08d}"),
        )
        yield Incoming(key=f"row-{place}", report=report, opened_at=now, ended_at=now, row=place + 1)


def _moment() -> UUID:
    """The least id that a row of now on can have."""
    from gantang.kit import clock

    time.sleep(0.002)
    return UUID(int=int(clock.now().timestamp() * 1000) << 80)


def _copied(low: UUID, high: UUID) -> float:
    """Seconds that all these rows take by COPY into tables with the same columns, keys and indexes."""
    from django.db import connections

    connections["owner"].ensure_connection()
    link: Any = connections["owner"].connection
    seconds = 0.0
    with link.cursor() as cursor:
        for table, column in _TABLES.items():
            data = BytesIO()
            rows = f"SELECT * FROM {table} WHERE {column} BETWEEN '{low}' AND '{high}'"
            with cursor.copy(f"COPY ({rows}) TO STDOUT (FORMAT binary)") as out:
                for part in out:
                    data.write(part)
            seconds += _put(link, cursor, table, data.getvalue())
    return seconds


def _put(link: Any, cursor: Any, table: str, data: bytes) -> float:
    cursor.execute(f"CREATE TABLE bench_copy (LIKE {table} INCLUDING ALL)")
    begun = time.perf_counter()
    with cursor.copy("COPY bench_copy FROM STDIN (FORMAT binary)") as into:
        into.write(data)
    link.commit()
    seconds = time.perf_counter() - begun
    cursor.execute("DROP TABLE bench_copy")
    return seconds
