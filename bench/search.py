"""Searching the gists for words of every frequency, for an officer at every level, beside hand-written SQL.

A bare database of its own in ``var/bench-search``: rows by COPY, whose gists are put together from phrases so
that each word looked for stands in a known share of them.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random
from statistics import quantiles
from typing import Any

from bench.bare import database
from bench.site import ROOT

DATA = ROOT / "var" / "bench-search"
#: The words looked for, and in what share of the gists each stands.
WORDS = {
    "路灯": 0.2,
    "水渠": 0.05,
    "护栏断": 0.01,
    "化粪池": 0.001,
    "陨石": 0.00005,
    "无此词": 0.0,
    "灯 渠": 0.01,
}
GROUNDS = {
    "province": "36",
    "city": "3604",
    "county": "360428",
    "township": "360428101",
    "village": "360428101001",
}
_PHRASES = (
    "村口",
    "学校旁",
    "河边",
    "三号楼",
    "市场里",
    "有一个星期了",
    "请来看看",
    "晚上走不了",
    "老人摔过一次",
    "说了几次",
)
_COLUMNS = (
    "city, id, number, scope, division, grid_then, grid_now, class_code, cause_code, channel, gist, gist_mac,"
    " urgent, anonymous, reachable, procedure, procedure_version, procedure_hash, state, status, owner_duty,"
    ' supervision, opened_at, entered_at, ended_at, outcome, "case", counted, version'
)
_INSIDE = "SELECT id, gist FROM matter WHERE scope >= %(low)s AND scope < %(high)s"
_ORDER = "{recheck} ORDER BY id DESC LIMIT 50"
_BEST = (
    f"{_INSIDE} AND bigrams(gist) @@ bigram_query(%(words)s) {_ORDER}",
    f"{_INSIDE} {_ORDER}",
)
_DAYS, _SIZE, _BATCH = 300, 50, 50_000


def measure(*, matters: int, turns: int) -> dict[str, Any]:
    """Milliseconds at the median and the 95th of a hundred of a page, of its total, and of the best SQL.

    That knows the scope and is asked in both ways, by the words' index and from the newest on; the better one
    counts.
    """
    DATA.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "bench.search", str(matters), str(turns)], check=True, cwd=ROOT)
    found: dict[str, Any] = json.loads((DATA / "found.json").read_text(encoding="utf-8"))
    return found


def _measure(matters: int, turns: int) -> dict[str, Any]:
    found: dict[str, Any] = {"matters": matters}
    with database(DATA):
        begun = time.perf_counter()
        _fill(matters)
        found["load_s"] = time.perf_counter() - begun
        for level, ground in GROUNDS.items():
            for words in WORDS:
                one = _searched(ground, words, turns)
                found[f"{level} {words}"] = one
                shown = ", ".join(f"{name} {value:,.2f}" for name, value in one.items())
                print(f"  {level:9}{words}: {shown}", flush=True)
    return found


def _searched(ground: str, words: str, turns: int) -> dict[str, float]:
    from django.db import connections

    from gantang.kit import clock, scope
    from gantang.kit.actor import ANY_CLASS, Actor, Triple
    from gantang.matters import queries
    from gantang.matters.types import Filters
    from gantang.posts.types import WIDE

    actor = Actor(client="api:bench", sight=(Triple(ANY_CLASS, ground, min(WIDE), 1),))
    asked: dict[str, Any] = {"words": words, "filters": Filters(), "now": clock.now()}
    low, high = scope.bounds(ground)
    recheck = "".join(f" AND position({_quoted(word)} IN gist) > 0" for word in words.split())
    cursor = connections["owner"].cursor()

    def best(text: str) -> Callable[[], object]:
        return lambda: (
            cursor.execute(text, {"low": low, "high": high, "words": words.split()}) and cursor.fetchall()
        )

    page = _times(turns, lambda: queries.search(actor, size=_SIZE, **asked))
    total = _times(turns, lambda: queries.search_total(actor, **asked))
    sql = min((_times(turns, best(text.format(recheck=recheck))) for text in _BEST), key=lambda one: one[1])
    return {
        "page_ms": page[0],
        "page_p95_ms": page[1],
        "total_p95_ms": total[1],
        "sql_p95_ms": sql[1],
        "ratio": page[1] / sql[1],
    }


def _quoted(word: str) -> str:
    from psycopg.sql import Literal

    return Literal(word).as_string()


def _times(turns: int, work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds at the 50th and the 95th of a hundred; what takes over a second is not repeated long."""
    work()
    seen: list[float] = []
    while len(seen) < max(turns, 2) and sum(seen) < 20_000:
        begun = time.perf_counter()
        work()
        seen.append((time.perf_counter() - begun) * 1000)
    cut = quantiles(seen, n=20, method="inclusive") if len(seen) > 1 else seen * 19
    return cut[9], cut[18]


def _fill(matters: int) -> None:
    from django.db import connections

    connections["owner"].ensure_connection()
    link: Any = connections["owner"].connection
    with link.cursor() as cursor:
        cursor.execute("TRUNCATE matter CASCADE")
        made = _rows(matters)
        for start in range(0, matters, _BATCH):
            with cursor.copy(f"COPY matter ({_COLUMNS}) FROM STDIN") as copy:
                for _ in range(min(_BATCH, matters - start)):
                    copy.write_row(next(made))
            print(f"  {min(start + _BATCH, matters):,} rows", flush=True)
        cursor.execute("ANALYZE matter")
    with link.cursor() as cursor:
        cursor.execute("VACUUM matter")


def _rows(matters: int) -> Iterator[tuple[Any, ...]]:
    """Rows spread over eleven cities; a tenth in the county measured, a hundredth in its township."""
    from gantang.kit import clock, keys

    chance, now = Random(6), clock.now()
    for place in range(matters):
        at = now - timedelta(days=_DAYS) * (1 - place / matters)
        city = (
            3604 if chance.random() < 0.2 else chance.choice((3601, 3602, 3603, 3605, 3606, 3607, 3608, 3609))
        )
        deeper = ((21, 30, 2), (101, 113, 3), (1, 13, 3), (1, 5, 3))
        ground = f"{city}" + "".join(f"{chance.randrange(low, high):0{size}}" for low, high, size in deeper)
        where = (ground, ground[:12], ground, ground, "facility.lighting", "", "portal", _gist(chance), b"")
        goes = ("bench", 1, "", "routed", "open", "receiver", "", at, at, at, "", "{}", "[]", 1)
        yield (city, keys.mint(city, at), f"{place:09}", *where, False, True, False, *goes)


def _gist(chance: Random) -> str:
    held = [
        word for words, share in WORDS.items() if share and chance.random() < share for word in words.split()
    ]
    return "".join(
        [*chance.sample(_PHRASES, 3), *(f"{word}坏了" for word in held), chance.choice(_PHRASES), "。"]
    )


if __name__ == "__main__":
    told = _measure(int(sys.argv[1]), int(sys.argv[2]))
    (DATA / "found.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
