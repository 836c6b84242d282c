"""Steps by what happened: what was asked to be removed, and what was removed, the newest first."""

from django.db import migrations

from gantang.kit.scope import search_sql

NAMES = "('removal_asked', 'erased', 'file_removed')"
INDEX = f"CREATE INDEX ledger_step_removed ON ledger_step (city, id) WHERE name IN {NAMES}"
SIGN = "ledger_removed(of_cities integer[], since uuid, most integer)"
BODY = f"""SELECT s.id, s.seq, s.name, s.data, s.client, s.account, s.post, s.happened_at, s.stream
    FROM ledger_step s WHERE s.name IN {NAMES} AND s.city = ANY (of_cities) AND s.id >= since
    ORDER BY s.id DESC LIMIT most"""
ROWS = """TABLE (id uuid, seq integer, name text, data jsonb, client text, account bigint, post bigint,
    happened_at timestamptz, stream uuid)"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_verification")]
    operations = [
        migrations.RunSQL(INDEX, "DROP INDEX ledger_step_removed"),
        migrations.RunSQL(
            search_sql(SIGN, ROWS, BODY, planned=True), "DROP FUNCTION ledger_removed(integer[], uuid, integer)"
        ),
    ]
