"""What accounts and programs did, found by the matter they looked at and by the post they acted for.

Those steps stand on the streams of whoever looked; the functions name the streams for whoever asks by matter
or by posts, and the caller decides what may be seen of the answer.
"""

from django.db import migrations

from gantang.kit.scope import search_sql

LOOKED = "s.kind IN ('account', 'client')"
ROWS = """TABLE (id uuid, seq integer, name text, data jsonb, client text, account bigint, post bigint,
    happened_at timestamptz)"""
SHOWN = "SELECT s.id, s.seq, s.name, s.data, s.client, s.account, s.post, s.happened_at FROM ledger_step s"
PLACE = "s.city = of_city AND s.id >= since AND s.id < before AND s.name = ANY (names)"
AT_SIGN = "ledger_looks_at(of_city integer, matter text, names text[], since uuid, before uuid, most integer)"
AT = search_sql(
    AT_SIGN,
    ROWS,
    f"""{SHOWN} WHERE {LOOKED} AND s.data ? 'matter' AND s.data->>'matter' = matter AND {PLACE}
    ORDER BY s.id DESC LIMIT most""",
    planned=True,
)
BY_SIGN = "ledger_looks_by(of_city integer, posts bigint[], names text[], since uuid, before uuid, most integer)"
BY = search_sql(
    BY_SIGN,
    ROWS,
    f"""{SHOWN} WHERE {LOOKED} AND s.post = ANY (posts) AND {PLACE} ORDER BY s.id DESC LIMIT most""",
    planned=True,
)
INDEX_AT = """CREATE INDEX ledger_step_looked_at ON ledger_step (city, (data->>'matter'), id)
    WHERE kind IN ('account', 'client') AND data ? 'matter'"""
INDEX_BY = """CREATE INDEX ledger_step_looked_by ON ledger_step (city, post, id)
    WHERE kind IN ('account', 'client')"""
NO_INDEXES = ["DROP INDEX ledger_step_looked_at", "DROP INDEX ledger_step_looked_by"]


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_kept")]
    operations = [
        migrations.RunSQL([INDEX_AT, INDEX_BY], NO_INDEXES),
        migrations.RunSQL(AT, "DROP FUNCTION ledger_looks_at(integer, text, text[], uuid, uuid, integer)"),
        migrations.RunSQL(BY, "DROP FUNCTION ledger_looks_by(integer, bigint[], text[], uuid, uuid, integer)"),
    ]
