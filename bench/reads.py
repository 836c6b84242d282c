"""Pages: the queue and one matter, beside the best hand-written SQL for what they show."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from uuid import UUID

from bench import asking, capture, load
from bench.site import DATA, PORT
from bench.world import BY_NAME, PERSONAS, Persona

SQL = Path(__file__).resolve().parent / "sql"
DEEP, SIZE, TURNS = 400, 50, 40
LISTS = {"queue_open": "open", "queue_all": "all"}


def queue(*, turns: int = TURNS) -> dict[str, Any]:
    """The first and the 400th page (or the last, where there are fewer) of both lists, for each persona."""
    found: dict[str, Any] = {}
    for name, view in LISTS.items():
        plans = []
        for persona in PERSONAS:
            for cursor, place in dict.fromkeys(_cursor(persona, view, depth) for depth in (1, DEEP)):
                one = _listed(persona, name, view, cursor, turns)
                plans.append(f"-- {persona.name}, page {place}\n{one.pop('plan')}\n")
                found[f"{view} {persona.name} {place}"] = one
                print(f"  {view:5}{persona.name:9} page {place:3}: {_shown(one)}", flush=True)
        (SQL / f"{name}.plan.txt").write_text("\n".join(plans), encoding="utf-8")
    return found


def _shown(one: dict[str, Any]) -> str:
    parts = [
        f"{name} {one[name]:.2f} ms" for name in ("sql_ms", "service_ms", "http_ms", "desk_ms") if name in one
    ]
    return ", ".join(parts)


def _cursor(persona: Persona, view: str, depth: int) -> tuple[str | None, int]:
    """The cursor of a page, and which page it is: the deepest there is, 400 at most."""
    from django.db import connections

    from gantang.kit import scope
    from gantang.kit.page import encode

    if depth == 1:
        return None, 1
    order, which = ("due_at, id", "AND ended_at IS NULL") if view == "open" else ("id DESC", "")
    inside = f"FROM matter WHERE scope >= %s AND scope < %s {which}"
    bounds = list(scope.bounds(persona.ground))
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"SELECT count(*) {inside}", bounds)
        place = min(depth, -(-cursor.fetchone()[0] // SIZE))
        if place == 1:
            return None, 1
        columns = "due_at, id" if view == "open" else "id"
        last = SIZE * (place - 1) - 1
        cursor.execute(f"SELECT {columns} {inside} ORDER BY {order} OFFSET {last} LIMIT 1", bounds)
        return encode(*cursor.fetchone()), place


def _listed(persona: Persona, name: str, view: str, cursor: str | None, turns: int) -> dict[str, Any]:
    from gantang.kit import clock
    from gantang.matters.queries import queue as page_of
    from gantang.matters.queries.sight import shared_with
    from gantang.matters.types import Filters

    actor, filters = persona.actor(), Filters(view=view)
    query = f"?view={view}&size={SIZE}" + (f"&cursor={cursor}" if cursor else "")
    asked = load.request("GET", f"/api/v1/matters{query}", port=PORT, headers=asking.headers(persona.token))
    with _walled(actor, *shared_with(actor)) as execute:
        params = _params(persona, view, cursor)
        text = (SQL / f"{name}.sql").read_text(encoding="utf-8")
        plan = "\n".join(
            row[0] for row in execute("EXPLAIN (ANALYZE, COSTS OFF, BUFFERS OFF) " + text, params)
        )
        sql, service, http = _alternating(
            turns,
            lambda: execute(text, params),
            lambda: page_of(actor, filters=filters, cursor=cursor, now=clock.now(), size=SIZE),
            _by_http(asked),
        )
    found = _figures(sql=sql, service=service, http=http)
    return {**found, "ratio": found["sql_ms"] / found["service_ms"], "plan": plan}


def _figures(**taken: tuple[float, float]) -> dict[str, float]:
    """Milliseconds at the median and the 95th of a hundred, by what was asked."""
    middles = {f"{name}_ms": one[0] for name, one in taken.items()}
    return middles | {f"{name}_p95_ms": one[1] for name, one in taken.items()}


def _params(persona: Persona, view: str, cursor: str | None) -> dict[str, Any]:
    """What the hand-written SQL of a view is asked with; a first page begins before all there is."""
    from gantang.kit import scope
    from gantang.kit.page import decode
    from gantang.posts import queries as posts

    low, high = scope.bounds(persona.ground)
    first = ("-infinity", UUID(int=0)) if view == "open" else (UUID(int=(1 << 128) - 1),)
    values = decode(cursor) if cursor else first
    post = posts.post(persona.post)
    return {
        "low": low,
        "high": high,
        "due": values[0],
        "id": values[-1],
        "unit": persona.actor().unit,
        "duties": list(post.duties),
        "leads": "leader" in post.duties,
    }


def matter(*, turns: int = TURNS) -> dict[str, Any]:
    """A matter's page at the desk, and its detail over the API."""
    persona = BY_NAME["township"]
    number, city, since = _told(persona)
    page = asking.page(f"/desk/matters/{number}/", persona)
    asked = load.request("GET", f"/api/v1/matters/{number}", port=PORT, headers=asking.headers(persona.token))
    found = {}
    for name, path, given in (
        ("desk", f"/desk/matters/{number}/", {"Cookie": f"sessionid={persona.session}"}),
        ("api", f"/api/v1/matters/{number}", asking.headers(persona.token)),
    ):
        seen = capture.captured(lambda path=path, given=given: asking.inside("GET", path, given=dict(given)))  # type: ignore[misc]
        capture.write(DATA / f"matter_{name}.statements.txt", seen)
        found[f"{name}_statements"], found[f"{name}_reads"] = len(seen.statements), seen.reads
    text = (SQL / "matter_page.sql").read_text(encoding="utf-8")
    params = {"number": number, "city": city, "since": since}
    with _walled(persona.actor(), _id(number)) as execute:
        plan = "\n".join(
            row[0] for row in execute("EXPLAIN (ANALYZE, COSTS OFF, BUFFERS OFF) " + text, params)
        )
        (SQL / "matter_page.plan.txt").write_text(plan + "\n", encoding="utf-8")
        sql, desk, api = _alternating(turns, lambda: execute(text, params), _by_http(page), _by_http(asked))
    found |= _figures(sql=sql, desk=desk, http=api)
    found["ratio"] = found["sql_ms"] / found["desk_ms"]
    print(f"  {_shown(found)}; {found['desk_statements']} statements at the desk", flush=True)
    return found


def _told(persona: Persona) -> tuple[str, int, UUID]:
    """A real matter of the township that was accepted: number, city, the first key its steps can have."""
    from django.db import connections

    from gantang.ledger.months import first_key

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT m.number, m.city, m.opened_at FROM matter m JOIN vault_entry e ON e.matter_id = m.id "
            "WHERE m.scope LIKE %s AND m.state = 'routed' ORDER BY m.id DESC LIMIT 1",
            [persona.ground + "%"],
        )
        number, city, opened = cursor.fetchone()
    return number, city, first_key(opened)


def _id(number: str) -> UUID:
    from gantang.matters.queries.finding import id_of

    return id_of(number)


# --- measuring ----------------------------------------------------------------------------------------


def _alternating(turns: int, *calls: Callable[[], Any]) -> list[tuple[float, float]]:
    """Milliseconds of each call at the median and the 95th of a hundred, taken in turn."""
    seen: list[list[float]] = [[] for _ in calls]
    for _ in range(turns + 3):
        for place, call in enumerate(calls):
            begun = time.perf_counter()
            call()
            seen[place].append((time.perf_counter() - begun) * 1000)
    return [(median(one[3:]), quantiles(one[3:], n=20, method="inclusive")[18]) for one in seen]


def _by_http(asked: load.Request) -> Callable[[], None]:
    line = load.Connection(PORT)

    def ask() -> None:
        status, body = line.ask(asked)
        if status != 200:
            raise SystemExit(f"{status}: {body[:400]!r}")

    return ask


@contextmanager
def _walled(actor: Any, *ids: UUID) -> Iterator[Callable[[str, dict[str, Any]], list[Any]]]:
    """A transaction of the app's role, on a connection of its own, behind the same wall as the service."""
    import psycopg
    from django.db import connection
    from psycopg import sql

    from gantang.kit import scope

    params = {
        key: value for key, value in connection.get_connection_params().items() if key != "cursor_factory"
    }
    sight = scope.Sight(tuple(scope.ranges(actor.sight)), ids)
    with psycopg.connect(**params) as link, link.transaction():
        for key, value in scope.settings_of(sight):
            link.execute(
                sql.SQL("SET LOCAL {} = {}").format(sql.Identifier("gantang", key), sql.Literal(value))
            )
        cursor = psycopg.ClientCursor(link)
        yield lambda text, given: cursor.execute(text, given).fetchall()
