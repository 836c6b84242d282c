"""Which streams there are: a list of ids for the rebuild, which then reads each of them by name."""

from django.db import migrations

from gantang.kit.scope import search_sql

STREAMS = search_sql(
    "ledger_streams(of_kind text, of_city integer, after uuid, most integer)",
    "SETOF uuid",
    """
    SELECT stream FROM ledger_streamhead
    WHERE city = of_city AND kind = of_kind AND stream > after ORDER BY stream LIMIT most
    """,
)
COUNTS = search_sql(
    "ledger_stream_counts(of_kind text)",
    "TABLE (city smallint, count bigint)",
    "SELECT city, count(*) FROM ledger_streamhead WHERE kind = of_kind GROUP BY city ORDER BY city",
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        migrations.RunSQL(STREAMS, ["DROP FUNCTION ledger_streams(text, integer, uuid, integer)"]),
        migrations.RunSQL(COUNTS, ["DROP FUNCTION ledger_stream_counts(text)"]),
    ]
