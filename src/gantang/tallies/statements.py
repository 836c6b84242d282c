"""The statements of folding and reading. Column names come from the closed lists below, values always as
parameters."""

from collections.abc import Sequence

from gantang.tallies.rules import LEVELS

DIMENSIONS = ("day", "klass", "procedure", "unit", "channel", "urban", "cause", "measure", "campaign")
#: The dimensions as a list of columns.
LIST = ", ".join(DIMENSIONS)
_LEVELS = f"unnest(ARRAY{list(LEVELS)})"

# Where one delta counts: rules._standings says the same in Python, a test holds them equal.
STANDINGS = f"""
    SELECT d.scope AS ground, 'b' AS basis WHERE left(d.scope, 1) = '~'
    UNION ALL
    SELECT left(d.grid_then, l), CASE WHEN left(d.grid_then, l) = left(d.grid_now, l) THEN 'b' ELSE 't' END
    FROM {_LEVELS} l WHERE left(d.scope, 1) <> '~' AND length(d.grid_then) >= l
    UNION ALL
    SELECT left(d.grid_now, l), 'n' FROM {_LEVELS} l
    WHERE left(d.scope, 1) <> '~' AND length(d.grid_now) >= l AND left(d.grid_then, l) <> left(d.grid_now, l)
"""  # noqa: S608

# Deltas leave and tallies grow in one statement, so no reader ever sees a count twice or not at all.
FOLD = f"""
WITH taken AS (
    DELETE FROM tallies_delta WHERE city = %(city)s AND id IN (
        SELECT id FROM tallies_delta WHERE city = %(city)s LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
    RETURNING *),
grown AS (
    INSERT INTO tallies_tally AS t (city, ground, basis, {LIST}, n)
    SELECT %(city)s, s.ground, s.basis, {LIST}, sum(n)::bigint
    FROM taken d CROSS JOIN LATERAL ({STANDINGS}) s
    GROUP BY s.ground, s.basis, {LIST} HAVING sum(n) <> 0
    ON CONFLICT (city, ground, basis, {LIST}) DO UPDATE SET n = t.n + excluded.n)
SELECT count(*) FROM taken
"""  # noqa: S608

ALL_ROWS = f"""
SELECT ground, basis, {LIST}, sum(n)::bigint AS n FROM (
    SELECT ground, basis, {LIST}, n FROM tallies_tally WHERE city = %(city)s
    UNION ALL
    SELECT s.ground, s.basis, {LIST}, n
    FROM tallies_delta d CROSS JOIN LATERAL ({STANDINGS}) s WHERE city = %(city)s) kept
GROUP BY ground, basis, {LIST} HAVING sum(n) <> 0
"""  # noqa: S608


_READ = """
SELECT {columns} sum(n)::bigint FROM (
    SELECT ground, {dims}, n FROM tallies_tally WHERE {folded}
    UNION ALL
    SELECT {place} AS ground, {dims}, n FROM tallies_delta WHERE {unfolded}) kept
WHERE {filters} {grouping}
"""


def read(*, columns: Sequence[str], place: str, folded: str, unfolded: str, filters: str) -> str:
    """One statement over folded and unfolded counts. All arguments are texts of this room; values are
    parameters."""
    return _READ.format(
        columns="".join(f"{column}, " for column in columns),
        dims=LIST,
        place=place,
        folded=folded,
        unfolded=unfolded,
        filters=filters,
        grouping="GROUP BY " + ", ".join(str(n + 1) for n in range(len(columns))) if columns else "",
    )
