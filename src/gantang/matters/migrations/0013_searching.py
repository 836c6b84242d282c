from django.db import migrations

from gantang.kit.scope import search_sql

# As before, but the last character stands alone as well, so that a word of one character is found at the
# end of a text too. The cost is what was measured (0.4 ms a text): without it the planner would rather cut
# thousands of texts apart than read the index.
BIGRAMS = """
CREATE OR REPLACE FUNCTION bigrams(given text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000 AS $bigrams$
  SELECT array_to_tsvector(ARRAY(
    SELECT one || coalesce(next, '')
    FROM (SELECT string_to_array(lower(regexp_replace(given, '\\s+', '', 'g')), NULL) AS chars) AS text,
         unnest(chars, chars[2:]) AS pair (one, next)
    WHERE one IS NOT NULL))
$bigrams$
"""
INDEX = "CREATE INDEX matter_gist ON matter USING gin (bigrams(gist))"
NO_INDEX = "DROP INDEX matter_gist"

_TEXT = "lower(regexp_replace(gist, '\\s+', '', 'g'))"
# Up to two characters a word is found by its bigram alone; a longer one only if its bigrams stand together.
_INDEXED = f"""
  id < before AND bigrams(gist) @@ bigram_query(words)
  AND NOT EXISTS (SELECT 1 FROM unnest(words) AS word
                  WHERE length(word) > 2 AND position(word IN {_TEXT}) = 0)
"""
# Each range by itself, so that the planner sees its bounds and can join its index with that of the words.
_RANGES = " UNION ".join(
    f"(SELECT id FROM matter WHERE scope >= low[{n}] AND scope < high[{n}] AND {_INDEXED}"
    " ORDER BY id DESC LIMIT most)"
    for n in range(1, 5)
)
_SIGNATURE = "words text[], low text[], high text[], named uuid[], before uuid, most integer"
SEARCH = search_sql(
    f"matter_search({_SIGNATURE})",
    "SETOF uuid",
    f"""
    SELECT id FROM ({_RANGES} UNION
      (SELECT id FROM matter WHERE id = ANY (named) AND {_INDEXED} ORDER BY id DESC LIMIT most)) AS found
    ORDER BY id DESC LIMIT most
    """,
)
# A word that many texts hold is met soon among the newest: so many are looked through, without the index.
NEWEST = search_sql(
    f"matter_search_newest({_SIGNATURE}, among integer)",
    "SETOF uuid",
    f"""
    SELECT id FROM (SELECT id, scope, gist FROM matter WHERE id < before ORDER BY id DESC LIMIT among) AS newest
    WHERE (id = ANY (named)
           OR EXISTS (SELECT 1 FROM unnest(low, high) AS range(lo, hi) WHERE scope >= lo AND scope < hi))
      AND NOT EXISTS (SELECT 1 FROM unnest(words) AS word WHERE position(word IN {_TEXT}) = 0)
    ORDER BY id DESC LIMIT most
    """,
)
OLD = search_sql(
    f"matter_search({_SIGNATURE})",
    "SETOF uuid",
    f"""
    SELECT id FROM matter
    WHERE bigrams(gist) @@ bigram_query(words) AND id < before
      AND NOT EXISTS (SELECT 1 FROM unnest(words) AS word WHERE position(word IN {_TEXT}) = 0)
      AND (id = ANY (named)
           OR EXISTS (SELECT 1 FROM unnest(low, high) AS range(lo, hi) WHERE scope >= lo AND scope < hi))
    ORDER BY id DESC LIMIT most
    """,
)
_DROP = "DROP FUNCTION matter_search(text[], text[], text[], uuid[], uuid, integer)"


class Migration(migrations.Migration):

    dependencies = [("matters", "0012_erased")]

    operations = [
        migrations.RunSQL([NO_INDEX, BIGRAMS, INDEX], [NO_INDEX, INDEX]),
        migrations.RunSQL([_DROP, *SEARCH], [_DROP, *OLD]),
        migrations.RunSQL(
            NEWEST, ["DROP FUNCTION matter_search_newest(text[], text[], text[], uuid[], uuid, integer, integer)"]
        ),
    ]
