"""The statements of folding and reading. Column names come from the closed lists below, values always as
parameters."""

from collections.abc import Sequence

from gantang.tallies import margins
from gantang.tallies.rules import LEVELS

NUMBERS = ("unit", "campaign")
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

#: A margin's key and its place, as a list of columns.
MARGIN = "ground, above, dimension, measure, span, day, value, basis"
_KEPT = "city, " + MARGIN.replace("above, ", "")
_VALUES = ", ".join(f"('{one}', {f'r.{one}::text' if one else repr('')})" for one in margins.DIMENSIONS)
_SPANS = ", ".join(f"({span})" for span in margins.SPANS)
_ABOVE = " ".join(f"WHEN {level} THEN {margins.above(level)}" for level in margins.WHOLE)


def margins_of(rows: str) -> str:
    """The margins that ``rows`` add up to: a table or query with ground, basis, the dimensions and n."""
    return f"""
    SELECT ground, left(ground, CASE length(ground) {_ABOVE} END) AS above, dimension, measure, span,
           day - mod(day - DATE '{margins.ANCHOR}', span) AS day, value, basis, sum(n)::bigint AS n
    FROM (SELECT r.ground, v.dimension, r.measure, r.day, v.value, r.basis, sum(r.n) AS n
          FROM {rows} r CROSS JOIN LATERAL (VALUES {_VALUES}) v (dimension, value)
          WHERE left(r.ground, 1) <> '~' AND (length(r.ground) IN {margins.SPLIT}
                OR v.dimension = '{margins.ALL}' AND length(r.ground) IN {margins.WHOLE})
          GROUP BY 1, 2, 3, 4, 5, 6) daily
    CROSS JOIN (VALUES {_SPANS}) s (span)
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING sum(n) <> 0
    """  # noqa: S608


# Deltas leave, tallies and margins grow in one statement: no reader ever sees a count twice or not at all.
FOLD = f"""
WITH taken AS (
    DELETE FROM tallies_delta WHERE city = %(city)s AND id IN (
        SELECT id FROM tallies_delta WHERE city = %(city)s LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
    RETURNING *),
risen AS (
    SELECT s.ground, s.basis, {LIST}, sum(n)::bigint AS n
    FROM taken d CROSS JOIN LATERAL ({STANDINGS}) s
    GROUP BY s.ground, s.basis, {LIST} HAVING sum(n) <> 0),
grown AS (
    INSERT INTO tallies_tally AS t (city, ground, basis, {LIST}, n)
    SELECT %(city)s, ground, basis, {LIST}, n FROM risen
    ON CONFLICT (city, ground, basis, {LIST}) DO UPDATE SET n = t.n + excluded.n),
added AS (
    INSERT INTO tallies_margin AS m (city, {MARGIN}, n)
    SELECT %(city)s, {MARGIN}, n FROM ({margins_of("risen")}) new
    ON CONFLICT ({_KEPT}) DO UPDATE SET n = m.n + excluded.n)
SELECT count(*) FROM taken
"""  # noqa: S608

#: The margins of one city anew, from its folded counts.
_FOLDED = "(SELECT * FROM tallies_tally WHERE city = %(city)s)"
ADD_UP = f"""
INSERT INTO tallies_margin (city, {MARGIN}, n) SELECT %(city)s, {MARGIN}, n FROM ({margins_of(_FOLDED)}) new
"""  # noqa: S608
#: Where the kept margins of a city are not what its folded counts add up to.
UNLIKE = f"""
SELECT ground, basis, day, span, dimension, value, measure, COALESCE(kept.n, 0), COALESCE(summed.n, 0),
       count(*) OVER ()
FROM (SELECT {MARGIN}, n FROM tallies_margin WHERE city = %(city)s AND n <> 0) kept
FULL JOIN ({margins_of(_FOLDED)}) summed USING ({MARGIN})
WHERE kept.n IS DISTINCT FROM summed.n
ORDER BY ground, basis, day, span, dimension, value, measure LIMIT %(most)s
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
SELECT {columns} sum(n)::bigint FROM ({kept} UNION ALL
    SELECT {place} AS ground, {dims}, n FROM tallies_delta WHERE {unfolded}) kept
WHERE {filters} {grouping}
"""
_COUNTS = f"SELECT ground, {LIST}, n FROM tallies_tally WHERE {{folded}}"  # noqa: S608
_MARGINS = """
SELECT m.ground, {dims}, m.n
FROM unnest(%(spans)s::smallint[], %(firsts)s::date[], %(befores)s::date[]) stretch (span, since, before)
CROSS JOIN unnest(%(measures)s::text[]) asked (measure)
JOIN tallies_margin m ON m.{where} = %(ground)s AND m.dimension = %(dimension)s AND m.basis = ANY(%(basis)s)
    AND m.measure = asked.measure AND m.span = stretch.span
    AND m.day >= stretch.since AND m.day < stretch.before
"""


def counts(folded: str) -> str:
    """The folded counts themselves, where a condition holds."""
    return _COUNTS.format(folded=folded)


def sums(dimension: str, *, below: bool) -> str:
    """Their margin by a dimension, over stretches of days; of a ground, or of all next ``below`` it."""
    typed = {name: "0" if name in NUMBERS else "''" for name in DIMENSIONS}
    kept = typed | {"day": "m.day", "measure": "m.measure"}
    if dimension:
        kept[dimension] = "m.value::bigint" if dimension in NUMBERS else "m.value"
    dims = ", ".join(f"{kept[name]} AS {name}" for name in DIMENSIONS)
    return _MARGINS.format(dims=dims, where="above" if below else "ground")


def read(*, columns: Sequence[str], kept: str, place: str, unfolded: str, filters: str) -> str:
    """One statement over folded and unfolded counts. All arguments are texts of this room; values are
    parameters."""
    return _READ.format(
        columns="".join(f"{column}, " for column in columns),
        dims=LIST,
        kept=kept,
        place=place,
        unfolded=unfolded,
        filters=filters,
        grouping="GROUP BY " + ", ".join(str(n + 1) for n in range(len(columns))) if columns else "",
    )
