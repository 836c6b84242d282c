"""Creates and moves by eight clients over HTTP, beside pgbench replaying the statements of one of them."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench import asking, capture, cpu, load, server, statements
from bench.pool import NUMBER, Pool
from bench.site import DATA, PORT
from bench.world import BY_NAME

ROUNDS = 3
SECONDS = 12.0
#: As many moves a second are prepared for.
MOST = 60
#: Moves of one client by itself.
_ALONE = 200


def create(*, rounds: int = ROUNDS, seconds: float = SECONDS) -> dict[str, Any]:
    """A create, A B A B …"""
    grids, token = asking.grids(), BY_NAME["township"].token
    found = capture.captured(
        lambda: asking.inside(
            "POST", "/api/v1/matters", given=asking.writing(token), body=asking.report(grids[0])
        )
    )
    capture.write(DATA / "create.statements.txt", found)
    replay = _script(found, DATA / "create.pgbench.sql")

    def once() -> load.Result:
        return load.run(asking.creates(token, grids), port=PORT, clients=server.CLIENTS, seconds=seconds)

    load.run(asking.creates(token, grids), port=PORT, clients=server.CLIENTS, seconds=2)
    return _alternating(found, once, replay, rounds, seconds, prepare=None)


def move(*, rounds: int = ROUNDS, seconds: float = SECONDS) -> dict[str, Any]:
    """A move on a matter of its own each time."""
    token = BY_NAME["township"].token
    waiting = _waiting(int(rounds * seconds * MOST) + 500 + _ALONE)
    first, second = waiting.pop(), waiting.pop()

    def ask(number: str) -> bytes:
        given = {**asking.writing(token), "If-Match": "*"}
        return asking.inside("POST", f"/api/v1/matters/{number}/moves", given=given, body=asking.move())

    _warm(token, waiting)
    ask(first)
    before = _id_of(second)
    pool = Pool(before)
    found = capture.captured(lambda: ask(second), twice=False)
    capture.write(DATA / "move.statements.txt", found)
    replay = _script(found, DATA / "move.pgbench.sql", also={before})
    one_by_one = [waiting.pop() for _ in range(_ALONE)]
    share = max(1, len(waiting) // rounds)
    parts = iter([waiting[place * share : (place + 1) * share] for place in range(rounds)])

    def once() -> load.Result:
        makes = asking.moves(token, next(parts), server.CLIENTS)
        return load.run(makes, port=PORT, clients=server.CLIENTS, seconds=seconds)

    alone = load.run(asking.moves(token, one_by_one, 1), port=PORT, clients=1, seconds=30)
    print(f"  one client: {alone.percentile(50):.1f} ms, p95 {alone.percentile(95):.1f} ms", flush=True)
    by_one = {"alone_ms": alone.percentile(50), "alone_p95_ms": alone.percentile(95)}
    try:
        return by_one | _alternating(found, once, replay, rounds, seconds, prepare=pool.fill)
    finally:
        pool.empty()


def _script(found: capture.Captured, path: Path, also: set[str] = frozenset()) -> Path:  # type: ignore[assignment]
    minted = statements.minted_in(found.statements, found.begun) | also
    fresh = _fresh(found)
    path.write_text(statements.script(found.statements, minted=minted, fresh=fresh))
    return path


def _fresh(found: capture.Captured) -> dict[str, str]:
    """What must be new beside ids: the idempotency key, the number, the hash of the access code."""
    whole = "\n".join(one.text for one in found.statements)
    new = {}
    if claim := re.search(r"INSERT INTO kit_idempotencykey[^']*'[^']*', '([^']*)'", whole):
        new[claim[1]] = "(:r::text)"
    said = json.loads(found.answer)
    if said.get("access_code"):
        number = said["number"].replace("-", "")
        new[number] = f"({NUMBER.format(r=':r::bigint')})"
        if code := re.search(r'INSERT INTO "matter_access_code"[^\']*\'\d+\', \'(\\x[0-9a-f]+)\'', whole):
            new[code[1]] = "sha256(int8send(:r::bigint))"
    return new


def _alternating(found, once, replay, rounds, seconds, *, prepare) -> dict[str, Any]:  # type: ignore[no-untyped-def]
    ours: list[Side] = []
    ceilings: list[Side] = []
    idle = cpu.idle()
    for _ in range(rounds):
        before = cpu.spent()
        result = once()
        if result.failed:
            raise SystemExit(f"answers that were no success: {result.statuses}")
        used = cpu.spent() - before - idle * result.elapsed
        each = used / max(1, len(result.seconds)) * 1000
        ours.append(Side(result.rate, result.percentile(50), result.percentile(95), each))
        start = server.start_number()
        if prepare is not None:
            prepare(start)
        before = cpu.spent()
        top = server.pgbench(replay, start=start, seconds=seconds)
        each = (cpu.spent() - before - idle * seconds) / (top.rate * seconds) * 1000
        ceilings.append(Side(top.rate, top.latency, 0.0, each))
        print(f"  {ours[-1]}  |  pgbench {ceilings[-1]}", flush=True)
    rate, ceiling = _middle(ours, "rate"), _middle(ceilings, "rate")
    return {
        "statements": len(found.statements),
        "reads": found.reads,
        "rate": rate,
        "p50_ms": _middle(ours, "p50"),
        "p95_ms": _middle(ours, "p95"),
        "cpu_ms": _middle(ours, "cpu"),
        "ceiling": ceiling,
        "ceiling_ms": _middle(ceilings, "p50"),
        "ceiling_cpu_ms": _middle(ceilings, "cpu"),
        "ratio": rate / ceiling,
        "cpu_ratio": _middle(ceilings, "cpu") / _middle(ours, "cpu"),
        "rounds": [[one.rate, two.rate] for one, two in zip(ours, ceilings, strict=True)],
    }


@dataclass(frozen=True)
class Side:
    """One run: operations a second, milliseconds (of pgbench the mean), processor milliseconds each."""

    rate: float
    p50: float
    p95: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.rate:7.1f}/s  {self.p50:6.1f} ms  cpu {self.cpu:5.2f} ms"


def _middle(sides: list[Side], name: str) -> float:
    return median(getattr(one, name) for one in sides)


def _warm(token: str, waiting: list[str]) -> None:
    """Some moves that are not counted: each process makes its parsers when it is first asked."""
    some = [waiting.pop() for _ in range(100)]
    load.run(asking.moves(token, some, server.CLIENTS), port=PORT, clients=server.CLIENTS, seconds=30)


def _waiting(wanted: int) -> list[str]:
    """Numbers of matters that wait for acceptance; as many as are missing are created over HTTP first."""
    from django.db import connections

    grids, token = asking.grids(), BY_NAME["township"].token
    with connections["owner"].cursor() as cursor:
        query = (
            "SELECT number FROM matter WHERE state = 'received' AND channel = 'api' AND version = 2 "
            "AND scope = ANY(%s) AND number NOT LIKE 'z%%' ORDER BY id DESC LIMIT %s"
        )
        cursor.execute(query, [grids, wanted])
        found = [row[0] for row in cursor.fetchall()]
        while len(found) < wanted:
            load.run(asking.creates(token, grids), port=PORT, clients=server.CLIENTS, seconds=10)
            cursor.execute(query, [grids, wanted])
            found = [row[0] for row in cursor.fetchall()]
    return found


def _id_of(number: str) -> str:
    from gantang.matters.queries.finding import id_of

    return str(id_of(number))
