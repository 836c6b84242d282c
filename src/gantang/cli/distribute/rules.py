"""What a cluster asks of tables and keys, and the statements that spread them. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

SPREAD, EVERYWHERE, HERE = "distributed", "reference", "local"


@dataclass(frozen=True, slots=True)
class Lists:
    """Which table stands where, and the column that rows are spread by."""

    distributed: Sequence[str]
    reference: Sequence[str]
    local: Sequence[str]
    column: str

    def kinds(self) -> dict[str, str]:
        """Table to the list it is on."""
        named = ((SPREAD, self.distributed), (EVERYWHERE, self.reference), (HERE, self.local))
        return {table: kind for kind, tables in named for table in tables}


@dataclass(frozen=True, slots=True)
class Unique:
    """A primary key, unique index or exclusion of a table; an expression is a column named ""."""

    table: str
    name: str
    columns: tuple[str, ...]
    is_deferrable: bool = False


@dataclass(frozen=True, slots=True)
class Foreign:
    """A foreign key: its columns and those they point to, pair by pair."""

    table: str
    name: str
    columns: tuple[str, ...]
    target: str
    targets: tuple[str, ...]
    is_deferrable: bool = False


@dataclass(frozen=True, slots=True)
class Schema:
    """What a database holds: tables with their columns, keys, and tables with triggers of our own."""

    tables: dict[str, frozenset[str]]
    uniques: tuple[Unique, ...]
    foreigns: tuple[Foreign, ...]
    triggered: frozenset[str]


def faults(schema: Schema, lists: Lists) -> list[str]:
    """Every way in which the schema does not fit a cluster, as a sentence."""
    kinds = lists.kinds()
    return [
        *_missing(schema, lists, kinds),
        *(fault for one in schema.uniques for fault in _unique(one, kinds, lists.column)),
        *(fault for one in schema.foreigns for fault in _foreign(one, kinds, lists.column)),
        *(f"{table}: a trigger on a spread table" for table in sorted(schema.triggered & spread(kinds))),
    ]


def spread(kinds: dict[str, str]) -> frozenset[str]:
    """The tables that are spread."""
    return frozenset(table for table, kind in kinds.items() if kind == SPREAD)


def _missing(schema: Schema, lists: Lists, kinds: dict[str, str]) -> Iterator[str]:
    named = [*lists.distributed, *lists.reference, *lists.local]
    yield from (f"{table}: on no list" for table in sorted(schema.tables.keys() - kinds.keys()))
    yield from (f"{table}: listed, and not there" for table in sorted(kinds.keys() - schema.tables.keys()))
    yield from (f"{table}: listed twice" for table in sorted({one for one in named if named.count(one) > 1}))
    for table in sorted(spread(kinds) & schema.tables.keys()):
        if lists.column not in schema.tables[table]:
            yield f"{table}: spread, without the column {lists.column}"


def _unique(one: Unique, kinds: dict[str, str], column: str) -> Iterator[str]:
    if kinds.get(one.table) != SPREAD:
        return
    if column not in one.columns:
        yield f"{one.table}: {one.name} is unique without {column}"
    if one.is_deferrable:
        yield f"{one.table}: {one.name} is deferrable"


def _foreign(one: Foreign, kinds: dict[str, str], column: str) -> Iterator[str]:
    way = (kinds.get(one.table), kinds.get(one.target))
    pairs = zip(one.columns, one.targets, strict=True)
    if way == (SPREAD, SPREAD):
        if (column, column) not in pairs:
            yield f"{one.table}: {one.name} points to {one.target} without {column}"
        if one.is_deferrable:
            yield f"{one.table}: {one.name} is deferrable"
    elif way not in ((SPREAD, EVERYWHERE), (EVERYWHERE, EVERYWHERE), (HERE, HERE)):
        yield f"{one.table}: {one.name} points from a {way[0]} table to a {way[1]} one"


def order(tables: Sequence[str], foreigns: Iterable[Foreign]) -> list[str]:
    """The tables with whatever they point to before them."""
    needs = {table: {f.target for f in foreigns if f.table == table} - {table} for table in tables}
    done: list[str] = []
    while len(done) < len(tables):
        ready = [each for each in tables if each not in done and needs[each] & set(tables) <= set(done)]
        if not ready:
            raise ValueError("tables that point to each other in a ring")
        done += ready
    return done


def statements(lists: Lists, foreigns: Sequence[Foreign], *, shards: int) -> list[str]:
    """What spreads the tables, in order; again it changes nothing."""
    reference = order(lists.reference, foreigns)
    first, *others = order(lists.distributed, foreigns)
    return [
        "SET citus.enable_local_reference_table_foreign_keys TO off",
        *(_unless_known(f"create_reference_table('{table}')", table) for table in reference),
        _unless_known(
            f"create_distributed_table('{first}', '{lists.column}', shard_count := {shards})", first
        ),
        *(
            _unless_known(
                f"create_distributed_table('{table}', '{lists.column}', colocate_with := '{first}')", table
            )
            for table in others
        ),
    ]


def _unless_known(call: str, table: str) -> str:
    known = f"SELECT FROM pg_dist_partition WHERE logicalrelid = '{table}'::regclass"
    return f"SELECT {call} WHERE NOT EXISTS ({known})"
