"""What the database really holds, read from its catalogue: the tables of our schema and their keys."""

from typing import Any

from gantang.cli.distribute.rules import Foreign, Schema, Unique

_OURS = """
    c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
"""
_TABLES = f"""
    SELECT c.relname, array_agg(a.attname::text) FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE {_OURS} GROUP BY c.relname
"""  # noqa: S608  our own words
_UNIQUES = f"""
    SELECT c.relname, i.relname, coalesce(k.condeferrable, false),
        array(SELECT coalesce(a.attname::text, '') FROM unnest(x.indkey) WITH ORDINALITY AS n (no, place)
              LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = n.no
              WHERE n.place <= x.indnkeyatts ORDER BY n.place)
    FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
    LEFT JOIN pg_constraint k ON k.conindid = i.oid AND k.conrelid = c.oid AND k.contype IN ('p', 'u', 'x')
    WHERE {_OURS} AND (x.indisunique OR k.contype = 'x')
"""  # noqa: S608
_FOREIGNS = f"""
    SELECT c.relname, k.conname, t.relname, k.condeferrable,
        array(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS n (no, place)
              JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = n.no ORDER BY n.place),
        array(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS n (no, place)
              JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = n.no ORDER BY n.place)
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
    WHERE k.contype = 'f' AND {_OURS}
"""  # noqa: S608
_TRIGGERED = f"""
    SELECT DISTINCT c.relname FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
    WHERE NOT g.tgisinternal AND {_OURS}
"""  # noqa: S608


def schema(cursor: Any) -> Schema:
    """The schema that a cursor sees."""
    return Schema(
        tables={name: frozenset(columns) for name, columns in _rows(cursor, _TABLES)},
        uniques=tuple(
            Unique(table, name, tuple(columns), is_deferrable)
            for table, name, is_deferrable, columns in _rows(cursor, _UNIQUES)
        ),
        foreigns=tuple(
            Foreign(table, name, tuple(columns), target, tuple(targets), is_deferrable)
            for table, name, target, is_deferrable, columns, targets in _rows(cursor, _FOREIGNS)
        ),
        triggered=frozenset(name for (name,) in _rows(cursor, _TRIGGERED)),
    )


def _rows(cursor: Any, query: str) -> list[Any]:
    cursor.execute(query)
    return list(cursor.fetchall())
