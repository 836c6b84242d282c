"""Matters to measure among: some hundreds are made by the service, the rest is multiplied from them by SQL.

Multiplying is for the bench alone. A copy has its original's state, units, steps and shape; it gets an id, a
number, a grid of the same township and days of its own, so that keys, ranges and dates are spread as they
would be. Its chain does not verify, and its people stay with the original: nothing measured here opens it.
"""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bench import tidy
from bench.world import Persona

_CLASSES = ("facility.lighting", "environment.noise", "", "facility.road", "")
_WORDS = (
    "村口路灯不亮有一个星期了，晚上走路看不清，请来修一下。",
    "楼下夜里施工到十二点，老人孩子睡不着，打过电话没有人管。",
    "邻居把水渠堵了，浇不上地，说了几次都不听，请帮忙调解。",
    "通往学校的路塌了一块，下雨天车过不去，很危险。",
    "广场上的健身器材坏了两件，有尖的铁露在外面。",
)
_OPEN_SHARE = 0.26


def fill(wanted: int) -> int:
    """Bring the database to so many matters; returns how many there are."""
    from gantang.kit import clock

    there = _count()
    if there >= wanted:
        return there
    if not tidy.marked():
        _begin(12)
    _multiply(wanted - _count())
    _settle()
    tidy.mark(clock.now())
    return _count()


def _count() -> int:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM matter")
        return int(cursor.fetchone()[0])


def _begin(each: int) -> None:
    """Real matters in every township, led to states of every kind."""
    from gantang.territory import queries as territory

    chance = random.Random(20)
    for county in ("360428", "361028"):
        for township in territory.children(county):
            grids = [one.code for one in territory.grids(township.prefix)]
            for turn in range(each if grids else 0):
                _one(chance.choice(grids), turn, chance)


def _one(grid: str, turn: int, chance: random.Random) -> None:
    from gantang.kit import clock
    from gantang.kit.actor import Actor
    from gantang.matters import service
    from gantang.matters.types import Contact, Report

    now = clock.now()
    key = f"bench-seed-{grid}-{turn}-{chance.getrandbits(60):x}"
    klass = _known(_CLASSES[turn % len(_CLASSES)])
    contact = Contact(name="示例", phone=f"139{chance.randrange(10**8):08d}") if turn % 3 else None
    report = Report(
        words=_WORDS[turn % len(_WORDS)],
        channel="portal",
        class_code=klass,
        ground=grid,
        reporter=contact,
        anonymous=contact is None,
    )
    receipt = service.intake(actor=Actor(client=f"form:{key}"), report=report, key=key, now=now)
    steps = _course(grid, turn)
    for place, (actor, move, answers) in enumerate(steps):
        if actor is None:
            actor, _matter = service.open_by_code(receipt.access_code or "")
        now += timedelta(minutes=1)
        service.act(
            actor=actor, matter=receipt.matter, move=move, answers=answers, key=f"{key}-{place}", now=now
        )


def _known(code: str) -> str:
    from gantang.catalogue import queries as catalogue

    return code if code and catalogue.get_class(code) else "facility.lighting" if code else ""


def _course(grid: str, turn: int) -> list[tuple[Any, str, dict[str, Any]]]:
    """The moves of one matter: a third stays open, in four states."""
    receiver = Persona("", grid[:9], "受理岗").actor()
    accept = (receiver, "accept", {"class": "facility.lighting", "track": "ordinary"})
    handler = _handler(grid)
    full = [
        accept,
        (handler, "take_on", {}),
        (handler, "answer", {"result": "resolved", "reply": "修好了，请再看看。"}),
        (None, "confirm", {"rating": 5}),
    ]
    return full[: (0, 1, 2, 3)[turn // 2 % 4]] if turn % 6 == 0 else full[: turn % 5]


def _handler(grid: str) -> Any:
    from gantang.kit import clock
    from gantang.posts import queries as posts

    return posts.actor_of(post=handling_post(grid), on=clock.now().date(), client="api:bench")


def handling_post(grid: str) -> int:
    """The post that handles broken lamps there."""
    from gantang.kit import clock
    from gantang.posts import queries as posts

    resolver = posts.resolver(clock.now().date())
    found = resolver.answering(klass="facility.lighting", ground=grid, duty="handler")
    if found is None:
        raise SystemExit(f"nobody handles at {grid}")
    return resolver.serving(unit=found.unit, post=found.post, duty="handler")[0].post


# --- multiplying --------------------------------------------------------------------------------------

_NUMBERS = "CREATE TEMP TABLE fresh (place bigint, city int, number text) ON COMMIT DROP"
_COPIES = """
CREATE TEMP TABLE copies ON COMMIT DROP AS
WITH old AS (
  SELECT city, id, scope, opened_at, ended_at IS NULL AS is_open,
         row_number() OVER (PARTITION BY city, ended_at IS NULL ORDER BY id) AS nr
  FROM matter
), sizes AS (
  SELECT city, is_open, count(*) AS many FROM old GROUP BY 1, 2
), grids AS (
  SELECT code, left(code, 9) AS town, row_number() OVER (PARTITION BY left(code, 9) ORDER BY code) AS nr,
         count(*) OVER (PARTITION BY left(code, 9)) AS many FROM territory_grid
), drawn AS (
  SELECT f.place, f.city, f.number, random() < %(open)s AS is_open, random() AS r1, random() AS r2,
         random() AS r3 FROM fresh f
), placed AS (
  SELECT d.*, 1 + floor(d.r1 * s.many)::bigint AS nr FROM drawn d JOIN sizes s USING (city, is_open)
), chosen AS (
  SELECT d.*, o.id AS old_id, o.scope AS old_scope, o.opened_at AS old_opened,
         date_trunc('milliseconds', CASE WHEN d.is_open THEN now() - interval '25 days' * power(d.r2, 2)
              ELSE now() - interval '300 days' * d.r2 END) AS at
  FROM placed d JOIN old o USING (city, is_open, nr)
)
SELECT c.city, c.number, c.old_id, c.at - c.old_opened AS later, g.code AS scope,
  (lpad(to_hex((extract(epoch FROM c.at) * 1000)::bigint), 12, '0') || '7'
   || substr(md5(c.place::text || random()), 1, 3) || substr(replace(c.old_id::text, '-', ''), 17, 4)
   || substr(md5(random()::text || c.place), 1, 12))::uuid AS id
FROM chosen c JOIN grids g ON g.town = left(c.old_scope, 9) AND g.nr = 1 + floor(c.r3 * g.many)::int
"""
#: Columns that are another's in a copy, by table; all others are the original's.
_CHANGED: dict[str, dict[str, str]] = {
    "matter": {
        "id": "c.id",
        "number": "c.number",
        "scope": "c.scope",
        "division": "left(c.scope, 12)",
        "grid_then": "c.scope",
        "grid_now": "c.scope",
        **{
            name: f"o.{name} + c.later"
            for name in ("opened_at", "entered_at", "due_at", "total_due_at", "ended_at")
        },
        "wake_at": "NULL",
    },
    "matter_share": {"matter_id": "c.id", "since": "o.since + c.later", "until": "o.until + c.later"},
    "matter_party": {"id": "{fresh}", "matter_id": "c.id"},
    "ledger_streamhead": {"stream": "c.id", "opened_at": "o.opened_at + c.later"},
    "ledger_step": {"id": "{fresh}", "stream": "c.id", "happened_at": "o.happened_at + c.later"},
}
_OF = {"matter": "id", "ledger_streamhead": "stream", "ledger_step": "stream"}
#: Indexes of whole tables that hold no constraint.
_INDEXES = """
SELECT i.relname, pg_get_indexdef(i.oid) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
JOIN pg_class t ON t.oid = x.indrelid
WHERE t.relname = ANY(%s) AND t.relkind = 'r' AND NOT x.indisunique
"""
#: So many matters are entered with the indexes in place.
_IN_PLACE = 100_000
_FRESH = (
    "(left(c.id::text, 15) || substr(md5(o.id::text || c.id), 1, 3) || substr(c.id::text, 19, 6)"
    " || substr(md5(c.id::text || o.id), 1, 12))::uuid"
)


def _multiply(many: int) -> None:
    from django.db import connections, transaction

    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(_NUMBERS)
        with cursor.copy("COPY fresh FROM STDIN") as copy:  # type: ignore[attr-defined]
            for row in _numbers(many):
                copy.write_row(row)
        cursor.execute(_COPIES, {"open": _OPEN_SHARE})
        indexes = _taken(cursor) if many > _IN_PLACE else []
        for table in _CHANGED:
            cursor.execute(_insert(table, columns(cursor, table)))
        for index in indexes:
            cursor.execute(index)


def _taken(cursor: Any) -> list[str]:
    """Drop the indexes that only reading needs; the statements that make them again. Row by row a million
    gists take an hour to enter theirs, at once a minute."""
    cursor.execute(_INDEXES, [list(_CHANGED)])
    found = cursor.fetchall()
    for name, _made in found:
        cursor.execute(f'DROP INDEX "{name}"')
    cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
    return [made for _name, made in found]


def _numbers(many: int) -> Iterator[tuple[int, int, str]]:
    from gantang.kit import numbers

    for city in (3604, 3610):
        numbers.reserve(city, many)
    for place in range(many):
        city = 3604 if place % 8 else 3610
        yield place, city, numbers.take(city)


def columns(cursor: Any, table: str) -> list[str]:
    """A table's columns in order, without those the server makes."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'",
        [table],
    )
    return [row[0] for row in cursor.fetchall()]


def _insert(table: str, columns: list[str]) -> str:
    changed = _CHANGED[table]
    values = [changed.get(name, f'o."{name}"').replace("{fresh}", _FRESH) for name in columns]
    key = _OF.get(table, "matter_id")
    named = ", ".join(f'"{name}"' for name in columns)
    return (
        f"INSERT INTO {table} ({named}) SELECT {', '.join(values)} "
        f"FROM copies c JOIN {table} o ON o.city = c.city AND o.{key} = c.old_id"
    )


def _settle() -> None:
    """Statistics as autovacuum would have left them."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
