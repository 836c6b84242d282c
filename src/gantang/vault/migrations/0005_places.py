"""Which matters, bookings and notices have a data key, and how many keys each master key wraps: ids and counts.

A rotation used to go by the matters of the ledger alone and passed over the keys of bookings and notices, so the
last one of each kind goes over all of them once more.
"""

from django.db import migrations

from gantang.kit.scope import search_sql

PLACES = search_sql(
    "vault_places(of_city integer, after uuid, most integer)",
    "SETOF uuid",
    "SELECT matter_id FROM vault_key WHERE city = of_city AND matter_id > after ORDER BY matter_id LIMIT most",
)
COUNTS = search_sql(
    "vault_place_counts()",
    "TABLE (city smallint, count bigint)",
    "SELECT city, count(*) FROM vault_key GROUP BY city ORDER BY city",
)
NEXT = search_sql(
    "vault_next_city(after integer)", "smallint", "SELECT min(city) FROM vault_key WHERE city > after"
)
#: Bytes 1 and 2 of a wrapped key are the master's number (``kit.crypto.wrap``).
MASTERS = search_sql(
    "vault_masters()",
    "TABLE (number integer, count bigint)",
    """
    SELECT get_byte(wrapped, 1) * 256 + get_byte(wrapped, 2), count(*) FROM (
        SELECT wrapped FROM vault_key WHERE wrapped IS NOT NULL
        UNION ALL SELECT wrapped FROM vault_personkey WHERE wrapped IS NOT NULL
    ) AS held GROUP BY 1 ORDER BY 1
    """,
)
AGAIN = """
    UPDATE vault_rotation SET done_at = NULL, city = NULL, after = NULL, looked = 0
    WHERE id IN (SELECT DISTINCT ON (kind) id FROM vault_rotation ORDER BY kind, number DESC)
"""


class Migration(migrations.Migration):
    dependencies = [("vault", "0004_forgotten")]

    operations = [
        migrations.RunSQL(PLACES, ["DROP FUNCTION vault_places(integer, uuid, integer)"]),
        migrations.RunSQL(COUNTS, ["DROP FUNCTION vault_place_counts()"]),
        migrations.RunSQL(NEXT, ["DROP FUNCTION vault_next_city(integer)"]),
        migrations.RunSQL(MASTERS, ["DROP FUNCTION vault_masters()"]),
        migrations.RunSQL(AGAIN, migrations.RunSQL.noop),
    ]
