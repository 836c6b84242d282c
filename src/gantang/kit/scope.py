"""The second wall: row-level security, told by SET LOCAL which ranges and which named ids may be seen (data
layer §2).

Lists still filter; the wall makes a forgotten filter harmless. No setting, no rows. Settings live as long
as the transaction, so that nothing leaks to the next user of a pooled connection.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from uuid import UUID

from django.db import connection
from psycopg import sql

from gantang.kit import pipeline
from gantang.kit.actor import Triple

AT_MOST = 4
_DIGITS = 15

Range = tuple[str, str]


# --- ranges -------------------------------------------------------------------------------------------


def bounds(prefix: str) -> Range:
    """The half-open range of scopes under a prefix: all ground for ``""``, exactly itself for ``~17``, all
    that lies apart for ``~`` (the clock alone asks for it)."""
    if prefix == "~":
        return "~", "~~"
    if prefix.startswith("~"):
        return prefix, prefix + "!"
    return prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1) if prefix else "~"


def ranges(triples: Iterable[Triple], *, at_most: int = AT_MOST) -> list[Range]:
    """The smallest cover of the triples' grounds by at most so many ranges.

    Without need nothing is widened. Where there are more, the neighbours with the least ground between them
    are joined; sealed grounds are never joined, and those beyond ``at_most - 1`` are left out: the wall
    then hides, it never shows.
    """
    return list(_cover(frozenset(triple.ground for triple in triples), at_most))


@lru_cache(maxsize=1024)
def _cover(grounds: frozenset[str], at_most: int) -> tuple[Range, ...]:
    sealed = sorted(ground for ground in grounds if ground.startswith("~"))[: at_most - 1]
    open_ground = _outermost(sorted(ground for ground in grounds if not ground.startswith("~")))
    groups = _joined(open_ground, at_most - len(sealed))
    ground = [(bounds(group[0])[0], bounds(group[-1])[1]) for group in groups]
    return *ground, *(bounds(each) for each in sealed)


def _outermost(prefixes: Sequence[str]) -> list[str]:
    """The prefixes, sorted, without those that lie in another."""
    kept: list[str] = []
    for prefix in prefixes:
        if not kept or not prefix.startswith(kept[-1]):
            kept.append(prefix)
    return kept


def _joined(prefixes: Sequence[str], at_most: int) -> list[list[str]]:
    """Runs of neighbours, cut at the widest gaps."""
    gaps = sorted(
        range(1, len(prefixes)), key=lambda i: _start(prefixes[i]) - _end(prefixes[i - 1]), reverse=True
    )
    cuts = [0, *sorted(gaps[: at_most - 1]), len(prefixes)]
    return [list(prefixes[a:b]) for a, b in pairwise(cuts) if a < b]


def _start(prefix: str) -> int:
    return int(prefix.ljust(_DIGITS, "0"))


def _end(prefix: str) -> int:
    return _start(prefix) + int(10 ** (_DIGITS - len(prefix)))


# --- settings of the transaction ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sight:
    """What the running transaction may see."""

    ranges: tuple[Range, ...] = ()
    ids: tuple[UUID, ...] = ()


NOTHING = Sight()


def enter(*, ranges: Sequence[Range] = (), ids: Iterable[UUID] = (), fresh: bool = False) -> None:
    """Open these ranges and ids, and nothing else, to the rest of the transaction (inside ``atomic()``).

    ``fresh`` says that the transaction has just begun, so that nothing has to be closed (``kit.work`` knows).
    """
    if len(ranges) > AT_MOST:
        raise ValueError(f"at most {AT_MOST} ranges")
    sight = Sight(tuple(ranges), tuple(dict.fromkeys(ids)))
    remember(sight)
    used = {f"lo{place + 1}" for place in range(len(ranges))}  # all ground begins at '', which is no absence
    _send([_setting(key, value) for key, value in settings_of(sight) if value or key in used or not fresh])


def name(ids: Iterable[UUID]) -> None:
    """Open further ids to the rest of the transaction: what an act is about to write, what a share allows."""
    held = current()
    more = tuple(dict.fromkeys((*held.ids, *ids)))
    if more != held.ids:
        remember(Sight(held.ranges, more))
        _send([_setting("ids", _array(more))])


def current() -> Sight:
    """What the running transaction was last opened to by this module."""
    held: Sight = getattr(connection, "gantang_sight", NOTHING)
    return held


def remember(sight: Sight) -> None:
    """Note what the transaction is open to now (for ``kit.work``)."""
    connection.gantang_sight = sight  # type: ignore[attr-defined]


@contextmanager
def read(ranges: Sequence[Range] | None) -> Iterator[None]:
    """Note for the block that it only reads, behind these ranges; None for one that writes (for
    ``kit.work``)."""
    held = getattr(connection, "gantang_read", None)
    connection.gantang_read = ranges  # type: ignore[attr-defined]
    try:
        yield
    finally:
        connection.gantang_read = held  # type: ignore[attr-defined]


def is_read(ranges: Sequence[Range]) -> bool:
    """Whether a block that only reads behind just these ranges is open."""
    return connection.in_atomic_block and getattr(connection, "gantang_read", None) == ranges


def settings_of(sight: Sight) -> list[tuple[str, str]]:
    """All nine settings of a sight: what an outer block opened must not stay open."""
    pairs: list[tuple[str, str]] = []
    for place in range(AT_MOST):
        low, high = sight.ranges[place] if place < len(sight.ranges) else ("", "")
        pairs += [(f"lo{place + 1}", low), (f"hi{place + 1}", high)]
    return [*pairs, ("ids", _array(sight.ids))]


def _setting(key: str, value: str) -> str:
    # A literal, never set_config(): that is not passed on to the workers of a cluster.
    return f"SET LOCAL gantang.{key} = {sql.quote(value)}"


def _array(ids: Iterable[UUID]) -> str:
    joined = ",".join(str(each) for each in ids)
    return f"{{{joined}}}" if joined else ""


def _send(settings: Sequence[str]) -> None:
    """All settings in one trip, with which the transaction begins where it has not yet."""
    if not connection.in_atomic_block:
        raise RuntimeError("scope settings need a transaction")
    if not settings:
        return
    connection.ensure_connection()
    with connection.wrap_database_errors:
        pipeline.run(connection.connection, [each.encode() for each in settings])


# --- policies, for migrations -------------------------------------------------------------------------

# After a transaction that set it, a setting reads '' instead of NULL: nothing is below or in ''.
_RANGES = " OR ".join(
    f"({{column}} >= current_setting('gantang.lo{n}', true)"
    f" AND {{column}} < current_setting('gantang.hi{n}', true))"
    for n in range(1, AT_MOST + 1)
)
# Looked for as text: the list would be read as an array for each row anew, 40 µs where it is long.
_NAMED = "strpos(current_setting('gantang.ids', true), {id_column}::text) > 0"


def wall_sql(*, column: str | None = "scope", id_column: str = "id") -> str:
    """The condition of the wall. The CASE keeps the planner from using the policy's own ranges."""
    parts = ([_RANGES] if column else []) + [_NAMED]
    condition = " OR ".join(parts).format(column=column, id_column=id_column)
    return f"CASE WHEN {condition} THEN true ELSE false END"


def policy_sql(table: str, *, column: str | None = "scope", id_column: str = "id") -> list[str]:
    """Statements for ``RunSQL`` that put ``table`` behind the wall, for every role but its owner.

    A matter-like table is read by ranges on ``column`` or by named id; a child (``column=None``) by named
    id only (``id_column="matter_id"``). Updates and deletes reach named ids only, so that a forgotten WHERE
    stays small; inserts are free, but ``INSERT … RETURNING`` needs the id named.
    """
    named = wall_sql(column=None, id_column=id_column)
    wall = wall_sql(column=column, id_column=id_column)
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({wall})",
        f"CREATE POLICY {table}_insert ON {table} FOR INSERT WITH CHECK (true)",
        f"CREATE POLICY {table}_update ON {table} FOR UPDATE USING ({named}) WITH CHECK (true)",
        f"CREATE POLICY {table}_delete ON {table} FOR DELETE USING ({named})",
    ]


def search_sql(signature: str, returns: str, body: str, *, planned: bool = False) -> list[str]:
    """Statements for ``RunSQL`` that make a search function which looks past the wall.

    Full-text, JSON and LIKE operators are not leak-proof, so the wall keeps their indexes from being used.
    Such a search runs as the owner and must apply the scope itself: ``body`` is one SELECT of ids that
    compares ``scope`` with the ranges it is given. Its ids go into ``pk__in`` of a second query, which the
    wall checks. ``planned``: anew for the values of each call, where the best way depends on them.
    """
    how, text = "sql", body
    if planned:
        how, text = "plpgsql SET plan_cache_mode = force_custom_plan", f"BEGIN RETURN QUERY {body}; END"
    return [
        f"CREATE FUNCTION {signature} RETURNS {returns} LANGUAGE {how} STABLE SECURITY DEFINER"
        f" SET search_path = public, pg_temp AS $search$ {text} $search$",
        f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC",
    ]


def no_policy_sql(table: str) -> list[str]:
    """Statements that take ``policy_sql`` back."""
    kinds = ("read", "insert", "update", "delete")
    drops = [f"DROP POLICY {table}_{kind} ON {table}" for kind in kinds]
    return [*drops, f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"]
