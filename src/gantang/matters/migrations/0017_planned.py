from importlib import import_module

from django.db import migrations

from gantang.kit.scope import search_sql

_before = import_module("gantang.matters.migrations.0013_searching")
_SIGNATURE = "words text[], low text[], high text[], named uuid[], before uuid, most integer"
_TYPES = "(text[], text[], text[], uuid[], uuid, integer)"


_READ = f"""
  id < before AND NOT EXISTS (SELECT 1 FROM unnest(words) AS word WHERE position(word IN {_before._TEXT}) = 0)
"""
_NEWEST = "ORDER BY id DESC LIMIT most"


def _each(words: str, ending: str) -> str:
    """Every range by itself, and what is named, each with the words."""
    places = [f"scope >= low[{n}] AND scope < high[{n}]" for n in range(1, 5)] + ["id = ANY (named)"]
    return " UNION ".join(f"(SELECT id FROM matter WHERE {place} AND {words} {ending})" for place in places)


# Planned for the words and ranges of each call: without them the planner reads the index of all ground beside
# that of the words, a quarter of a second for a province's million to find a word that stands in ten.
FIND = search_sql(
    f"matter_search({_SIGNATURE})",
    "SETOF uuid",
    f"SELECT id FROM ({_each(_before._INDEXED, _NEWEST)}) AS found {_NEWEST}",
    planned=True,
)
# So many of them, whichever they are: to be counted.
SOME = search_sql(
    f"matter_search_some({_SIGNATURE})",
    "SETOF uuid",
    f"SELECT id FROM ({_each(_before._INDEXED, 'LIMIT most')}) AS found LIMIT most",
    planned=True,
)
# On narrow ground every text is looked through: far fewer than all texts anywhere that hold a frequent word.
WITHIN = search_sql(
    f"matter_search_within({_SIGNATURE})",
    "SETOF uuid",
    f"SELECT id FROM ({_each(_READ, _NEWEST)}) AS found {_NEWEST}",
    planned=True,
)
_DROP_FIND = f"DROP FUNCTION matter_search{_TYPES}"
_DROP_WITHIN = f"DROP FUNCTION matter_search_within{_TYPES}"
_DROP_SOME = f"DROP FUNCTION matter_search_some{_TYPES}"


class Migration(migrations.Migration):

    dependencies = [("matters", "0016_open_state")]

    operations = [
        migrations.RunSQL([_DROP_FIND, *FIND], [_DROP_FIND, *_before.SEARCH]),
        migrations.RunSQL(SOME, _DROP_SOME),
        migrations.RunSQL(WITHIN, _DROP_WITHIN),
    ]
