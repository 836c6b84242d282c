"""Matters from elsewhere, taken in by the service, beside a plain COPY of the very rows that they became:
into the tables where they stood, with all that stands there, and into empty tables of the same form."""

import os
import time
from collections.abc import Iterator
from io import BytesIO
from random import Random
from typing import Any
from uuid import UUID

from bench import server

#: Where the rows of a matter lie, and the column that names it; the key that it came with lies beside them.
#: What it adds to the counts is written by ours alone.
_TABLES = {
    "matter": "id",
    "matter_share": "matter_id",
    "matter_party": "matter_id",
    "matter_access_code": "matter_id",
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
    the ratio to the same tables and to empty ones."""
    ours, copied, empty, jobs = [], [], [], os.cpu_count() or 1
    for turn in range(rounds):
        low = _moment()
        server.superuser("CHECKPOINT")
        begun = time.perf_counter()
        source = _import(turn, rows, jobs)
        ours.append(rows / (time.perf_counter() - begun))
        _counted()
        taken = _taken_out(_places(low, _moment(), source))
        copied.append(rows / _copied(taken, "{}"))
        empty.append(rows / _copied(taken, "bench_{}"))
        print(
            f"  {ours[-1]:,.0f} rows/s  |  COPY {copied[-1]:,.0f}, into empty tables {empty[-1]:,.0f}",
            flush=True,
        )
    return {
        "rows": rows,
        "jobs": jobs,
        "per_s": max(ours),
        "copy_per_s": max(copied),
        "ratio": max(ours) / max(copied),
        "empty_ratio": max(ours) / max(empty),
    }


def _import(turn: int, rows: int, jobs: int) -> str:
    """The name of the source they came from."""
    from gantang.kit import clock
    from gantang.matters import service

    source = f"bench{turn}-{int(time.time())}"
    for row, found in service.import_many(source=source, rows=_rows(rows), clock=clock.now, jobs=jobs):
        if not hasattr(found, "matter"):
            raise SystemExit(f"row {row.row}: {found}")
    return source


def _counted() -> None:
    """Until the counts are folded: the worker is still at it, and would take its share of what is next."""
    from gantang.tallies import queries, service

    while cities := queries.cities_to_fold():
        for city in cities:
            service.fold(city)
        time.sleep(1)


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


def _taken_out(places: dict[str, str]) -> dict[str, bytes]:
    """All these rows, by table, in COPY's binary form; they leave their tables, which are then swept."""
    link = _owner()
    taken = {table: _read(link, table, where) for table, where in places.items()}
    for table, where in reversed(places.items()):
        link.execute(f"DELETE FROM {table} WHERE {where}")
    for table in places:
        link.execute(f"VACUUM {table}")
    return taken


def _places(low: UUID, high: UUID, source: str) -> dict[str, str]:
    """By table, which rows of it are meant."""
    found = {table: f"{column} BETWEEN '{low}' AND '{high}'" for table, column in _TABLES.items()}
    return found | {"kit_idempotencykey": f"client = 'import:{source}'"}


def _read(link: Any, table: str, where: str) -> bytes:
    data = BytesIO()
    with link.cursor().copy(f"COPY (SELECT * FROM {table} WHERE {where}) TO STDOUT (FORMAT binary)") as out:
        for part in out:
            data.write(part)
    return data.getvalue()


def _copied(taken: dict[str, bytes], name: str) -> float:
    """Seconds that all these rows take by COPY into tables of that name. One that is none yet is made as the
    rows' own is, with its columns, keys and indexes, and goes again."""
    link, seconds = _owner(), 0.0
    server.superuser("CHECKPOINT")  # as before ours: what a page's first change costs, both pay
    for table, data in taken.items():
        target = name.format(table)
        if target != table:
            link.execute(f"CREATE TABLE {target} (LIKE {table} INCLUDING ALL)")
        begun = time.perf_counter()
        with link.cursor().copy(f"COPY {target} FROM STDIN (FORMAT binary)") as into:
            into.write(data)
        seconds += time.perf_counter() - begun
        if target != table:
            link.execute(f"DROP TABLE {target}")
    return seconds


def _owner() -> Any:
    from django.db import connections

    connections["owner"].ensure_connection()
    return connections["owner"].connection
