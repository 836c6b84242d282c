"""What a unit takes part in is found by the role a post can fill, and of that what is open, without reading all
that the unit ever took part in."""

from django.db import migrations, models

from gantang.kit.scope import search_sql

_SIGNATURE = (
    "of bigint, roles text[], ground text, after_due timestamptz, after_id uuid, before_due timestamptz,"
    " before_id uuid, among integer, most integer"
)
_MINE = "s.unit = of AND s.until IS NULL"
# The newest of each role by itself: each has an index that ends where there are enough. A leader's has all.
OPEN = search_sql(
    f"matter_shared_open({_SIGNATURE})",
    "SETOF uuid",
    f"""
    SELECT m.id FROM matter m JOIN (
      SELECT DISTINCT found.id FROM (
        (SELECT DISTINCT s.matter_id AS id FROM matter_share s WHERE roles IS NULL AND {_MINE}
         ORDER BY s.matter_id DESC LIMIT among)
        UNION ALL
        SELECT each.id FROM unnest(roles) AS one (role) CROSS JOIN LATERAL (
          SELECT s.matter_id AS id FROM matter_share s WHERE {_MINE} AND s.role = one.role
          ORDER BY s.matter_id DESC LIMIT among) AS each
      ) AS found ORDER BY found.id DESC LIMIT among
    ) AS mine ON m.id = mine.id
    WHERE m.ended_at IS NULL AND starts_with(m.scope, ground)
      AND (after_id IS NULL OR (m.due_at, m.id) > (after_due, after_id))
      AND (before_id IS NULL OR (m.due_at, m.id) < (before_due, before_id))
    ORDER BY m.due_at, m.id LIMIT most
    """,
)
_DROP = (
    "DROP FUNCTION matter_shared_open"
    "(bigint, text[], text, timestamptz, uuid, timestamptz, uuid, integer, integer)"
)


class Migration(migrations.Migration):

    dependencies = [("matters", "0020_askings")]

    operations = [
        migrations.AddIndex(
            model_name="share",
            index=models.Index(
                condition=models.Q(("until", None)),
                fields=["unit", "role", "-matter_id"],
                name="matter_share_role",
            ),
        ),
        migrations.RunSQL(OPEN, [_DROP]),
    ]
